"""A failed offer whose money goes back, and the bank that executes, returns, or does not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.core import approvals
from backend.core.models import Approval
from backend.simulators.bank import ibans
from backend.treasury.models import CreditTransfer, PaymentOrder
from campaigns import lifecycle
from campaigns.models import Campaign, Pledge, Refund, ReturnAccount
from campaigns.returns import accounts, orders
from tests.campaigns import ahead
from tests.campaigns.scene import Scene

PAPER = b"%PDF-1.7 a letter of the bank (synthetic)"


@dataclass
class Returning:
    """A campaign that failed, with what is done about its refunds."""

    scene: Scene
    campaign: Campaign

    def draft(self) -> PaymentOrder:
        scene = self.scene
        by, at, day = scene.cast.finance, scene.at, scene.day
        return orders.draft(campaign=self.campaign, execute_on=day, by=by, at=at)

    def order(self) -> PaymentOrder:
        """Draft what waits and have the manager approve it."""
        made = self.draft()
        self.approve(made)
        made.refresh_from_db()
        return made

    def approve(self, subject: PaymentOrder | ReturnAccount | CreditTransfer) -> None:
        waiting = Approval.objects.filter(decision="", subject_id=str(subject.pk))
        asked = waiting.get(subject_kind=subject._meta.label_lower)
        approvals.approve(approval=asked, by=self.scene.cast.owner, at=self.scene.at)

    def execute(self, *transfers: CreditTransfer) -> None:
        """The bank's lines of transfers, the end-to-end id in its field and nothing in the text."""
        account = self.campaign.restricted_account
        assert account is not None
        lines = [
            replace(self.scene.line(-one.amount, ""), end_to_end_id=one.end_to_end_id)
            for one in transfers
        ]
        self.scene.bank(account, *lines)

    def send_back(self, transfer: CreditTransfer, reason: str = "AC04") -> None:
        """The payee's bank does not take a transfer that was executed."""
        account = self.campaign.restricted_account
        assert account is not None
        line = replace(
            self.scene.line(transfer.amount, "RESO"),
            end_to_end_id=transfer.end_to_end_id,
            return_reason=reason,
        )
        self.scene.bank(account, line)

    def tell_account(self, pledge: Pledge, number: int = 77) -> ReturnAccount:
        """Another account of the investor, with a paper; nobody looked at it yet."""
        told = accounts.Told(ibans.synthetic_iban(number), pledge.investor.name, PAPER)
        by, at = self.scene.cast.finance, self.scene.at
        return accounts.tell(pledge=pledge, told=told, by=by, at=at)

    def confirm_account(self, pledge: Pledge, number: int = 77) -> ReturnAccount:
        account = self.tell_account(pledge, number)
        by, at = self.scene.cast.finance, self.scene.at
        accounts.check(account=account, evidence="Called her on the known number.", by=by, at=at)
        self.approve(account)
        account.refresh_from_db()
        return account


@ahead.act
def failed_offer(scene: Scene, pledgers: int = 3) -> Returning:
    """An offer that did not reach its minimum; each paid 500 euro by bank transfer."""
    campaign = scene.open_campaign()
    found = [scene.pledge(campaign) for _ in range(pledgers)]
    for pledge in found:
        scene.transfer(pledge)
    by, at = scene.cast.owner, scene.at
    lifecycle.cancel(campaign=campaign, by=by, at=at, reason="Too little came.")
    return Returning(scene, scene.fresh(campaign))


def pledges_of(campaign: Campaign) -> Sequence[Pledge]:
    return list(campaign.pledges.select_related("investor", "payer", "campaign").order_by("pk"))


def refund_of(pledge: Pledge) -> Refund:
    """The refund of a pledge that stands now."""
    return Refund.objects.get(payment__pledge=pledge, replaced_by=None)
