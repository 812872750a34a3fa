"""Raised capital buys homes: every other door is tried, and each must be shut."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from backend.core.models import Approval
from backend.core.money import euro
from backend.ledger.balances import balance
from backend.ledger.models import Account
from backend.treasury import lines
from backend.treasury.models import BankLine, Expectation
from properties import acquisitions, deposits, guards, limits
from properties.acquisitions import Step
from properties.models import Acquisition, CostLine, Unit
from tests.properties.scene import Scene
from tests.threads import at_once

pytestmark = pytest.mark.money

DEPOSIT, PRICE = "acquisition.deposit", "acquisition.price"


def approved(scene: Scene, price: str = "40000.00") -> Acquisition:
    acquisition = scene.auction(scene.unit(f"A{Unit.objects.count()}"), price=price)
    scene.move(acquisition, "REPORT_REVIEWED")
    scene.approve(acquisition)
    return acquisition


def awarded(scene: Scene, opened: str = "SINGLE_OFFER") -> Acquisition:
    """Won for 40,000; the deposit of 4,000 is owed and not yet seen at the bank."""
    acquisition = approved(scene)
    scene.commit(acquisition, DEPOSIT, "4000.00")
    scene.move(acquisition, "OFFER_FILED", "40000.00")
    scene.move(acquisition, opened)
    return acquisition


def accepted(scene: Scene) -> Acquisition:
    """A market purchase for which 40,000 were offered and accepted."""
    new = acquisitions.NewAcquisition(
        unit=scene.unit("M1"), route="market", fund=scene.raised, max_price=euro("40000.00")
    )
    acquisition = acquisitions.record(new=new, by=scene.cast.owner, at=scene.at)
    scene.move(acquisition, "DUE_DILIGENCE")
    scene.approve(acquisition)
    scene.move(acquisition, "OFFER", "40000.00")
    scene.move(acquisition, "ACCEPTED", "40000.00")
    return acquisition


class TestWhatWasApproved:
    def test_is_the_most_that_price_and_deposit_cost(self, scene: Scene) -> None:
        acquisition = approved(scene)
        scene.commit(acquisition, DEPOSIT, "4000.00")

        with pytest.raises(limits.OverApproved):
            scene.commit(acquisition, PRICE, "36000.01")

        scene.commit(acquisition, PRICE, "36000.00")

    def test_is_the_price_on_the_title_where_all_was_entered_afterwards(self, scene: Scene) -> None:
        acquisition = scene.buy(scene.unit("A1"), price="40000.00")

        with pytest.raises(limits.OverApproved):
            scene.commit(acquisition, PRICE, "0.01")

    def test_is_nothing_for_a_gift(self, scene: Scene) -> None:
        new = acquisitions.NewAcquisition(
            unit=scene.unit("G1"), route="donation", fund=scene.raised
        )
        gift = acquisitions.record(new=new, by=scene.cast.owner, at=scene.at)
        scene.approve(gift)

        with pytest.raises(limits.OverApproved):
            scene.commit(gift, PRICE, "1.00")

    def test_does_not_outlive_the_purchase(self, scene: Scene) -> None:
        acquisition = approved(scene)
        scene.move(acquisition, "WITHDRAWN_BEFORE_OFFER")

        with pytest.raises(limits.PurchaseEnded):
            scene.commit(acquisition, DEPOSIT, "4000.00")

    def test_is_never_said_by_who_asked(self, scene: Scene) -> None:
        acquisition = scene.auction(scene.unit("A1"))
        owner = scene.cast.owner
        asked = acquisitions.request_approval(acquisition=acquisition, by=owner, at=scene.at)
        client = Client()
        client.force_login(owner)

        path = f"/api/v1/approvals/{asked.pk}/approve/"
        by_api = client.post(path, content_type="application/json")
        client.post(f"/approvals/{asked.pk}/approve/")
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.filter(pk=asked.pk).update(
                decision="approved", decided_by=owner, decided_at=scene.at
            )

        assert by_api.status_code == 409
        asked.refresh_from_db()
        assert asked.decision == ""


class TestWhatIsThere:
    def test_is_not_promised_twice(self, scene: Scene) -> None:
        scene.commit(approved(scene, "200000.00"), PRICE, "200000.00")

        with pytest.raises(limits.NotEnough):
            scene.commit(approved(scene, "200000.00"), PRICE, "100000.01")

    def test_comes_free_with_what_is_paid_back(self, scene: Scene) -> None:
        acquisition = approved(scene, "300000.00")
        scene.pay(scene.commit(acquisition, DEPOSIT, "300000.00"))
        scene.move(acquisition, "OFFER_FILED", "300000.00")
        scene.move(acquisition, "CONTEST")
        scene.move(acquisition, "LOST")
        [back] = Expectation.objects.filter(owner_kind=deposits.BACK)
        scene.bank((back, back.amount))

        assert scene.commit(approved(scene, "300000.00"), PRICE, "300000.00").pk

    def test_is_in_euro(self, scene: Scene) -> None:
        acquisition = approved(scene)
        client = Client()
        client.force_login(scene.cast.owner)
        told = {"kind": PRICE, "amount": {"amount": "10.00", "currency": "USD"}}

        answer = client.post(
            f"/api/v1/acquisitions/{acquisition.pk}/costs/",
            told | {"due_on": str(scene.day)},
            content_type="application/json",
            headers={"Idempotency-Key": "usd"},
        )

        assert answer.status_code == 422
        assert not CostLine.objects.exists()


class TestKinds:
    def api(self, scene: Scene, acquisition: Acquisition, **told: object) -> str:
        client = Client()
        client.force_login(scene.cast.owner)
        body = {"kind": "works", "amount": {"amount": "10.00", "currency": "EUR"}, **told}
        answer = client.post(
            f"/api/v1/acquisitions/{acquisition.pk}/costs/",
            body | {"due_on": str(scene.day)},
            content_type="application/json",
            headers={"Idempotency-Key": f"{told}"},
        )
        return str(answer.json().get("code"))

    def test_that_the_policy_does_not_name_are_not_paid(self, scene: Scene) -> None:
        acquisition = approved(scene)

        assert self.api(scene, acquisition) == "cost.fund_does_not_pay"
        assert self.api(scene, acquisition, kind="gold") == "input.invalid"
        assert self.api(scene, acquisition, fund="raised:other") == "fund.unknown"

    def test_changed_by_hand_are_found_and_not_booked(self, scene: Scene) -> None:
        """Somebody with SQL leads a price to the use account of works: the books do not follow."""
        line = scene.commit(approved(scene), PRICE, "100.00")
        works = Account.objects.create(
            code="works:by-hand", kind="use", fund=scene.raised, purpose="works"
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO treasury_expectation (reference, key, is_ours, direction, amount,"
                " amount_currency, counterparty, bank_account_id, source_id, target_id, owner_kind,"
                " owner_key, state, opened_at) SELECT 'HANDMADE01', 'HANDMADE01', false, direction,"
                " amount, 'EUR', '', bank_account_id, source_id, %s, owner_kind, owner_key, 'open',"
                " opened_at FROM treasury_expectation WHERE id = %s",
                [works.pk, line.expectation_id],
            )
        by_hand = Expectation.objects.get(reference="HANDMADE01")

        scene.bank((by_hand, by_hand.amount))

        assert balance(works) == euro("0.00")
        assert not BankLine.objects.latest("id").allocations.exists()

    def test_of_a_home_are_not_paid_for_no_home(self, scene: Scene) -> None:
        """Who explains a line by hand pays no purchase that a second person never saw."""
        told = scene.commit(approved(scene), PRICE, "100.00").expectation
        assert told is not None
        told.reference = "nothing that anybody knows"
        scene.bank((told, euro("100.00")))

        with pytest.raises(lines.BadClassification):
            lines.classify(
                line=BankLine.objects.select_related("account").latest("id"),
                fund=scene.raised,
                purpose=PRICE,
                by=scene.cast.finance,
                at=scene.at,
                reason="It was for a home.",
            )


class TestDepositsThatTheBankShowsLate:
    def test_of_a_default_are_borne_by_own_money_all_the_same(self, scene: Scene) -> None:
        acquisition = awarded(scene)
        scene.move(acquisition, "AWARDED", "40000.00")
        scene.move(acquisition, "BALANCE_DUE", balance_due_on=scene.day)
        scene.wait(1)
        scene.move(acquisition, "DEFAULTED")

        scene.pay(acquisition.costs.get())

        assert balance(Account.objects.get(kind="due", fund=scene.raised)) == euro("4000.00")

    def test_of_a_lost_auction_come_back_all_the_same(self, scene: Scene) -> None:
        acquisition = awarded(scene, "CONTEST")
        scene.move(acquisition, "LOST")

        scene.pay(acquisition.costs.get())

        [back] = Expectation.objects.filter(owner_kind=deposits.BACK)
        assert back.amount == euro("4000.00")

    def test_come_back_with_the_price_when_the_award_is_revoked(self, scene: Scene) -> None:
        acquisition = awarded(scene)
        [deposit] = acquisition.costs.all()
        scene.pay(deposit, scene.commit(acquisition, PRICE, "36000.00"))
        scene.move(acquisition, "AWARDED", "40000.00")

        scene.move(acquisition, "REVOKED")

        back = Expectation.objects.filter(owner_kind=deposits.BACK)
        assert sorted(each.amount for each in back) == [euro("4000.00"), euro("36000.00")]

    def test_in_two_parts_are_borne_part_by_part(self, scene: Scene) -> None:
        acquisition = awarded(scene)
        [line] = acquisition.costs.all()
        assert line.expectation is not None
        scene.bank((line.expectation, euro("1000.00")))
        scene.move(acquisition, "AWARDED", "40000.00")
        scene.move(acquisition, "BALANCE_DUE", balance_due_on=scene.day)
        scene.wait(1)
        scene.move(acquisition, "DEFAULTED")

        scene.bank((line.expectation, euro("3000.00")))

        assert balance(Account.objects.get(kind="due", fund=scene.raised)) == euro("4000.00")


class TestAward:
    @pytest.mark.parametrize("to", ["AWARDED", "DEED"])
    def test_is_never_above_what_was_approved(self, scene: Scene, to: str) -> None:
        acquisition = awarded(scene) if to == "AWARDED" else accepted(scene)

        with pytest.raises(guards.OfferTooHigh):
            acquisitions.move(
                acquisition=acquisition,
                step=Step(to=to, on=scene.day, amount=euro("40000.01")),
                by=scene.cast.owner,
                at=scene.at,
            )


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def scene(self, new_scene: Scene) -> Scene:
        return new_scene

    def test_a_default_and_its_late_deposit_leave_nothing_unowed(self, scene: Scene) -> None:
        acquisition = awarded(scene)
        scene.move(acquisition, "AWARDED", "40000.00")
        scene.move(acquisition, "BALANCE_DUE", balance_due_on=scene.day)
        scene.wait(1)

        raised = at_once(
            lambda: scene.pay(acquisition.costs.get()),
            lambda: scene.move(acquisition, "DEFAULTED"),
        )

        assert raised == [None, None]
        assert balance(Account.objects.get(kind="due", fund=scene.raised)) == euro("4000.00")

    def test_two_purchases_never_promise_the_same_money(self, scene: Scene) -> None:
        both = [approved(scene, "200000.00") for _number in range(2)]

        raised = at_once(*(lambda one=one: scene.commit(one, PRICE, "200000.00") for one in both))

        assert [type(problem) for problem in raised if problem] == [limits.NotEnough]
