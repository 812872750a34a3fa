"""A failed offer's money goes back by bank: ordered, executed, sent back, sent again; nobody twice."""

import pytest
from django.db import IntegrityError, transaction

from backend.core.models import Notice
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import balances
from backend.simulators.bank import ibans
from backend.treasury import returned_payments
from backend.treasury.models import BankLine, CreditTransfer
from backend.treasury.payment_orders import NothingToPay
from campaigns import figures, payments, purses, refunds, works
from campaigns.models import Pledge, Refund
from campaigns.returns import progress
from tests.campaigns.provider import Provider
from tests.campaigns.returns import bank
from tests.campaigns.returns.bank import Returning
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(bank.failed_offer)]


@pytest.fixture
def offer(scene: Scene) -> Returning:
    return bank.failed_offer(scene)


def stages(offer: Returning) -> dict[str, int]:
    found = progress.of(offer.campaign).stages.values()
    return {stage.code: stage.count for stage in found if stage.count}


def transfers(offer: Returning) -> list[CreditTransfer]:
    return list(CreditTransfer.objects.order_by("order", "number"))


class TestDraft:
    def test_orders_each_refund_to_where_it_came_from(self, offer: Returning) -> None:
        order = offer.order()

        came = set(BankLine.objects.values_list("counterparty_iban", flat=True))
        assert {one.iban for one in order.transfers.all()} == came
        assert stages(offer) == {"at_bank": 3}

    def test_asked_again_there_is_nothing_left(self, offer: Returning) -> None:
        offer.draft()

        with pytest.raises(NothingToPay):
            offer.draft()

        assert stages(offer) == {"to_approve": 3}

    def test_goes_on_after_a_part(self, offer: Returning, scene: Scene) -> None:
        offer.order()
        offer.execute(*transfers(offer)[:2])
        assert stages(offer) == {"returned": 2, "at_bank": 1}

        offer.execute(transfers(offer)[2])

        assert progress.of(offer.campaign).is_done
        assert balances.balance(purses.held(offer.campaign)) == ZERO
        found = figures.of_pledges(bank.pledges_of(offer.campaign))
        assert {one.paid for one in found.values()} == {ZERO}

    def test_asks_for_an_account_where_the_bank_told_none(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        late = scene.pledge(scene.open_campaign())
        account = scene.restricted
        line = scene.line(late.amount, late.reference)
        scene.bank(account, type(line)(**{**vars(line), "iban": ""}))

        refunds.return_all(pledges=[late], by=SYSTEM, at=scene.at, reason="a test")

        assert Notice.objects.filter(template="account_wanted").count() == 1
        assert stages(Returning(scene, late.campaign)) == {"no_account": 1}
        assert stages(offer) == {"to_order": 1}


class TestSentBack:
    @pytest.fixture
    def first(self, offer: Returning) -> CreditTransfer:
        offer.order()
        offer.execute(*transfers(offer))
        first = transfers(offer)[0]
        offer.send_back(first)
        return first

    def pledge_of(self, transfer: CreditTransfer) -> Pledge:
        refund = Refund.objects.get(reference=transfer.end_to_end_id)
        return refund.payment.pledge

    def test_owes_it_again_and_asks_where_to(self, offer: Returning, first: CreditTransfer) -> None:
        assert stages(offer) == {"returned": 2, "failed": 1}
        assert figures.of_pledge(self.pledge_of(first)).paid == euro("500.00")
        assert Notice.objects.filter(template="account_wanted").count() == 1

    def test_is_not_sent_to_the_same_account_again(
        self, offer: Returning, first: CreditTransfer, scene: Scene
    ) -> None:
        refund = bank.refund_of(self.pledge_of(first))

        with pytest.raises(refunds.NoAccount):
            refunds.ask_again(refund=refund, by=scene.cast.finance, at=scene.at)

    def test_goes_to_the_account_that_two_people_confirmed(
        self, offer: Returning, first: CreditTransfer
    ) -> None:
        offer.confirm_account(self.pledge_of(first))
        assert stages(offer) == {"returned": 2, "to_order": 1}

        offer.order()
        again = transfers(offer)[-1]
        offer.execute(again)

        assert again.iban == ibans.synthetic_iban(77)
        assert again.end_to_end_id != first.end_to_end_id
        assert progress.of(offer.campaign).is_done

    def test_may_go_there_again_when_the_account_was_not_at_fault(
        self, offer: Returning, scene: Scene
    ) -> None:
        offer.order()
        offer.execute(*transfers(offer))
        first = transfers(offer)[0]
        offer.send_back(first, reason="MS03")

        refund = bank.refund_of(self.pledge_of(first))
        refunds.ask_again(refund=refund, by=scene.cast.finance, at=scene.at)
        offer.order()

        assert transfers(offer)[-1].iban == first.iban

    def test_is_asked_again_once(
        self, offer: Returning, first: CreditTransfer, scene: Scene
    ) -> None:
        refund = bank.refund_of(self.pledge_of(first))
        offer.confirm_account(self.pledge_of(first))

        with pytest.raises(refunds.NotFailed):
            refunds.ask_again(refund=refund, by=scene.cast.finance, at=scene.at)

        with pytest.raises(IntegrityError), transaction.atomic():
            Refund.objects.create(
                payment=refund.payment, amount=refund.amount, requested_at=scene.at
            )


class TestNotExecuted:
    def test_is_owed_again_after_two_people_said_so(self, offer: Returning, scene: Scene) -> None:
        offer.order()
        lost = transfers(offer)[0]
        by, at = scene.cast.finance, scene.at
        returned_payments.ask_to_give_up(transfer=lost, by=by, at=at, reason="RJCT in pain.002")
        offer.approve(lost)
        assert stages(offer) == {"at_bank": 2, "failed": 1}

        failed = Refund.objects.get(failure=returned_payments.NOT_EXECUTED)
        refunds.ask_again(refund=failed, by=by, at=at)
        offer.order()
        offer.execute(*[one for one in transfers(offer) if one.ended_at is None])

        assert progress.of(offer.campaign).is_done


class TestByProvider:
    def test_card_money_goes_back_by_the_provider(self, scene: Scene, provider: Provider) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        pledge = scene.pledge(scene.open_campaign())
        provider.pay(payments.start(pledge=pledge, by=SYSTEM, at=scene.at))
        provider.deliver()
        scene.jobs()

        refunds.return_all(pledges=[pledge], by=SYSTEM, at=scene.at, reason="a test")

        assert stages(Returning(scene, pledge.campaign)) == {"provider": 1}
        before = works.card_refunds(pledge.campaign)
        scene.jobs()
        after = works.card_refunds(pledge.campaign)

        assert [(one.state, one.done, one.due) for one in (before, after)] == [
            ("running", 0, 1),
            ("done", 1, 1),
        ]
        assert stages(offer) == {"to_order": 1}
