"""How far the return of a campaign's money is: every refund at one stage, counted and summed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.money import ZERO
from backend.treasury.models import CreditTransfer, PaymentOrder
from campaigns import destinations
from campaigns.models import Campaign, Pledge, Refund
from campaigns.returns.orders import subject_of

RETURNED, PROVIDER, NO_ACCOUNT = "returned", "provider", "no_account"
TO_ORDER, TO_APPROVE, AT_BANK, FAILED = "to_order", "to_approve", "at_bank", "failed"
STAGES: dict[str, str | Promise] = {
    RETURNED: _("returned"),
    PROVIDER: _("asked of the card provider"),
    AT_BANK: _("ordered at the bank"),
    TO_APPROVE: _("waits for another person's approval"),
    TO_ORDER: _("to be ordered"),
    NO_ACCOUNT: _("no account known"),
    FAILED: _("came back, owed again"),
}


@dataclass
class Stage:
    """The refunds at one stage."""

    code: str
    count: int = 0
    sum: Money = ZERO
    refunds: list[Refund] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(STAGES[self.code])


@dataclass(frozen=True)
class Progress:
    """All stages in their order; `owed` is what must go back in all, `returned` what did."""

    stages: dict[str, Stage]

    @property
    def owed(self) -> Money:
        return sum((stage.sum for stage in self.stages.values()), ZERO)

    @property
    def returned(self) -> Money:
        return self.stages[RETURNED].sum

    @property
    def is_done(self) -> bool:
        return self.owed == self.returned


def of(campaign: Campaign) -> Progress:
    """The stage of each refund of a campaign; the same few queries however many."""
    found = list(current(campaign))
    waiting = [one for one in found if one.reference and not one.returned_at and not one.failed_at]
    stages = {code: Stage(code) for code in STAGES}
    ordered, reachable = _ordered(campaign), destinations.of(waiting)
    for refund in found:
        stage = stages[stage_of(refund, ordered, reachable)]
        stage.count += 1
        stage.sum += refund.amount
        stage.refunds.append(refund)
    return Progress(stages)


def wants_account(pledge: Pledge) -> bool:
    """Whether money of a pledge goes back by bank, and there is no account that takes it."""
    rows = Refund.objects.filter(payment__pledge=pledge, returned_at=None, replaced_by=None)
    owed = rows.filter(Q(failed_at__isnull=False) | ~Q(reference=""))
    found = list(owed.select_related("payment__pledge__investor"))
    return bool(found) and len(destinations.of(found)) < len(found)


def current(campaign: Campaign) -> QuerySet[Refund]:
    """The refunds of a campaign, but for those that a later one took the place of."""
    rows = Refund.objects.filter(payment__pledge__campaign=campaign, replaced_by=None)
    return rows.select_related("payment__pledge__investor").order_by("id")


def stage_of(refund: Refund, ordered: Mapping[str, str], reachable: Mapping[int, object]) -> str:
    """The stage of one refund; `ordered` is the state of its order by reference."""
    if refund.returned_at is not None:
        return RETURNED
    if refund.failed_at is not None:
        return FAILED
    if not refund.reference:
        return PROVIDER
    if refund.reference in ordered:
        is_approved = ordered[refund.reference] == PaymentOrder.State.APPROVED
        return AT_BANK if is_approved else TO_APPROVE
    return TO_ORDER if refund.pk in reachable else NO_ACCOUNT


def _ordered(campaign: Campaign) -> dict[str, str]:
    live = CreditTransfer.objects.filter(ended_at=None, order__subject=subject_of(campaign))
    return dict(live.values_list("end_to_end_id", "order__state"))
