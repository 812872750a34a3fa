"""Proofs: issued with the shares, equal to the ledger, replaced when what they state changes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from backend.core.money import euro
from backend.core.roles import Role
from backend.core.users import SYSTEM
from campaigns import certificates, issuer_statuses, members, refunds
from campaigns.issuer_statuses import Status
from campaigns.members import Change
from campaigns.models import Allotment, Certificate
from tests.campaigns.scene import Scene
from tests.campaigns.test_members import pass_on, succeeded
from tests.cast import person

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(succeeded)]


def issue(scene: Scene, allotment: Allotment, kind: str, scheme: str = "") -> Certificate:
    return certificates.issue(
        allotment=allotment, kind=kind, scheme=scheme, by=scene.cast.owner, at=scene.at
    )


def start_up(scene: Scene, allotment: Allotment, years: int = 1) -> None:
    since = scene.day - dt.timedelta(days=365 * years)
    told = Status("innovative_startup", since, "visura 1")
    issuer = allotment.campaign.issuer
    issuer_statuses.record(issuer=issuer, told=told, by=SYSTEM, at=scene.at)


def give_back(scene: Scene, allotment: Allotment, amount: str) -> None:
    """Money returned after the allotment, as a bank does it."""
    payment = allotment.pledge.payments.get()
    (refund,) = refunds.return_surplus(
        payment=payment, surplus=euro(amount), by=SYSTEM, at=scene.at
    )
    scene.bank(scene.restricted, (-refund.amount, refund.reference))


class TestIssueFirst:
    def test_contract_and_subscription_come_with_the_shares(self, scene: Scene) -> None:
        allotment = succeeded(scene)

        scene.jobs()

        found = Certificate.objects.order_by("number")
        assert [each.kind for each in found] == ["contract", "subscription"]
        assert all(bytes(each.pdf).startswith(b"%PDF") for each in found)
        assert all(certificates.hash_of(each.data) == each.content_hash for each in found)
        assert found[1].number == f"S-{allotment.campaign_id}-1-1"
        assert found[1].data["facts"]["paid"] == "3000.00"


class TestIssue:
    def test_the_same_again_is_the_same_proof(self, scene: Scene) -> None:
        allotment = succeeded(scene)

        first = issue(scene, allotment, "subscription")

        assert issue(scene, allotment, "subscription") == first

    def test_the_tax_relief_states_the_rate_of_its_day(self, scene: Scene) -> None:
        allotment = succeeded(scene)
        start_up(scene, allotment)

        ordinary = issue(scene, allotment, "tax_relief").data["facts"]
        other = issue(scene, allotment, "tax_relief", "de_minimis").data["facts"]

        year = {"year": allotment.pledge.payments.get().received_at.year, "paid": "3000.00"}
        assert ordinary["years"] == [
            year | {"rate_percent": "30", "yearly_ceiling": "1000000.00", "relief": "900.00"}
        ]
        assert other["years"] == [
            year | {"rate_percent": "65", "yearly_ceiling": "100000.00", "relief": "1950.00"}
        ]
        assert Certificate.objects.standing().get().data["facts"]["scheme"] == "de_minimis"

    @pytest.mark.parametrize("years", [0, 6])
    def test_no_relief_without_status_or_after_five_years(self, scene: Scene, years: int) -> None:
        allotment = succeeded(scene)
        if years:
            start_up(scene, allotment, years)

        with pytest.raises(certificates.NotEligible):
            issue(scene, allotment, "tax_relief")

    def test_the_higher_relief_ends_with_the_third_year(self, scene: Scene) -> None:
        allotment = succeeded(scene)
        start_up(scene, allotment, 4)

        assert issue(scene, allotment, "tax_relief")
        with pytest.raises(certificates.NotEligible):
            issue(scene, allotment, "tax_relief", "de_minimis")


class TestFollow:
    def test_a_part_returned_replaces_the_proof(self, scene: Scene) -> None:
        allotment = succeeded(scene)
        first = issue(scene, allotment, "subscription")

        give_back(scene, allotment, "500.00")

        second = Certificate.objects.standing().get()
        assert (second.replaces, second.data["facts"]["paid"]) == (first, "2500.00")
        assert second.number.endswith("-2")

    def test_all_returned_makes_it_void(self, scene: Scene) -> None:
        allotment = succeeded(scene)
        issue(scene, allotment, "subscription")

        give_back(scene, allotment, "3000.00")

        assert not Certificate.objects.standing().exists()
        with pytest.raises(certificates.NothingStands):
            issue(scene, allotment, "subscription")


class TestWithdraw:
    def test_once_with_a_reason(self, scene: Scene) -> None:
        made = issue(scene, succeeded(scene), "subscription")

        with pytest.raises(certificates.ReasonMissing):
            certificates.withdraw(certificate=made, reason=" ", by=SYSTEM, at=scene.at)
        certificates.withdraw(certificate=made, reason="wrong name", by=SYSTEM, at=scene.at)
        with pytest.raises(certificates.WithdrawnBefore):
            certificates.withdraw(certificate=made, reason="again", by=SYSTEM, at=scene.at)

    def test_a_proof_is_never_rewritten(self, scene: Scene) -> None:
        made = issue(scene, succeeded(scene), "subscription")

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Certificate.objects.filter(pk=made.pk).update(number="X")


class TestFollowChange:
    def test_both_sides_get_a_proof_of_what_they_hold_now(self, scene: Scene) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        scene.jobs()

        pass_on(scene, allotment, taker, 10)

        standing = Certificate.objects.standing().filter(kind="holding").order_by("id")
        assert [each.data["facts"]["shares"] for each in standing] == [20, 10]
        assert [each.data["facts"]["investor"] for each in standing] == [
            allotment.pledge.investor.name,
            taker.name,
        ]
        assert "paid" not in standing[1].data["facts"]
        gone = Certificate.objects.get(kind="subscription")
        assert gone.withdrawal.reason == "replaced: shares passed on"

    def test_each_sees_their_own_alone(self, scene: Scene) -> None:
        user = person("heir", Role.INVESTOR)
        allotment, taker = succeeded(scene), scene.investor(user)
        scene.jobs()

        pass_on(scene, allotment, taker, 30)

        (own,) = Certificate.objects.visible_to(user)
        assert (own.kind, own.holder) == ("holding", taker)
        (giver,) = allotment.pledge.investor.representations.all()
        kinds = Certificate.objects.visible_to(giver.user).order_by("id").values_list("kind")
        assert [kind for (kind,) in kinds] == ["contract", "subscription"]

    def test_the_subscription_is_not_proved_again(self, scene: Scene) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        pass_on(scene, allotment, taker, 1)
        scene.jobs()

        with pytest.raises(certificates.PassedOn):
            issue(scene, allotment, "subscription")
        assert Certificate.objects.filter(kind="contract").count() == 1

    @pytest.mark.parametrize(("kind", "stands"), [("sale", False), ("inheritance", True)])
    def test_a_sale_within_three_years_voids_the_tax_relief(
        self, scene: Scene, kind: str, stands: bool
    ) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        start_up(scene, allotment)
        issue(scene, allotment, "tax_relief")

        pass_on(scene, allotment, taker, 1, kind)

        relief = Certificate.objects.standing().filter(kind="tax_relief")
        assert relief.exists() is stands
        if not stands:
            with pytest.raises(certificates.NotEligible):
                issue(scene, allotment, "tax_relief")

    def test_who_got_a_gift_and_sells_it_voids_the_giver_s(self, scene: Scene) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        start_up(scene, allotment)
        issue(scene, allotment, "tax_relief")
        relief = Certificate.objects.standing().filter(kind="tax_relief")

        pass_on(scene, allotment, taker, 10, "gift")
        assert relief.exists()
        sale = Change(allotment, taker, scene.investor(), 1, "sale", scene.day, "deed 13/2026")
        members.change_holder(change=sale, by=SYSTEM, at=scene.at)

        assert not relief.exists()

    def test_money_that_went_back_whole_voids_them_too(self, scene: Scene) -> None:
        allotment, taker = succeeded(scene), scene.investor()
        pass_on(scene, allotment, taker, 1)

        give_back(scene, allotment, "3000.00")

        assert not Certificate.objects.standing().filter(kind="holding").exists()
