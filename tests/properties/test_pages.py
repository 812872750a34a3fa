"""The pages of homes and people, walked as their people walk them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.models import AuditEvent, User
from properties import households, reviews, snapshots
from properties.models import Acquisition, Household, Snapshot, Tenancy, Unit
from properties.models.household import AGE_BANDS
from tests import undone
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

HOME = {
    "code": "T1",
    "address": "Via Inventata 1",
    "district": "6",
    "source": "court_auction",
    "occupancy": "FREE",
    "rooms": "3",
    "area_m2": "60",
}


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestHomes:
    def test_an_empty_portfolio_says_what_will_be_here(self, scene: Scene) -> None:
        page = browser(scene.cast.owner).get(reverse("homes"))

        assert page.status_code == 200
        assert reverse("home-new") in page.content.decode()

    def test_a_manager_enters_a_home_and_begins_its_purchase(self, scene: Scene) -> None:
        client = browser(scene.cast.owner)
        client.post(reverse("home-new"), HOME)
        unit = Unit.objects.get()
        answer = client.post(
            reverse("purchase-start", args=[unit.pk]),
            {"route": "court_auction", "fund": scene.raised.pk, "max_price": "40.000,00"},
        )

        assert answer.status_code == 302
        assert Acquisition.objects.get().state == "IDENTIFIED"

    def test_a_refused_home_keeps_what_was_typed(self, scene: Scene) -> None:
        scene.unit("T1")

        page = browser(scene.cast.owner).post(reverse("home-new"), HOME)

        assert page.status_code == 200
        assert "Via Inventata 1" in page.content.decode()

    def test_a_past_purchase_lists_what_is_missing(self, scene: Scene) -> None:
        client, unit = browser(scene.cast.owner), scene.unit("T1")
        client.post(
            reverse("purchase-record", args=[unit.pk]),
            {
                "route": "market",
                "fund": scene.raised.pk,
                "title": "DEED",
                "title_on": "2024-11-04",
                "possession_on": "2024-11-05",
            },
        )

        page = client.get(reverse("home-page", args=[unit.pk])).content.decode()

        assert "missing" in page
        assert Acquisition.objects.get().is_recorded_afterwards

    def test_a_cost_that_its_fund_may_not_pay_is_an_error_at_its_field(self, scene: Scene) -> None:
        acquisition = scene.buy(scene.unit("T1"))

        page = browser(scene.cast.owner).post(
            reverse("purchase-cost", args=[acquisition.pk]),
            {"kind": "works", "fund": scene.raised.pk, "amount": "10", "due_on": "2025-05-01"},
        )

        assert page.status_code == 200
        assert page.context["cost_form"].errors["kind"]

    def test_a_cost_too_many_is_undone_from_the_message(self, scene: Scene) -> None:
        acquisition = scene.buy(scene.unit("T1"))
        before, manager = acquisition.costs.count(), browser(scene.cast.owner)
        told = {
            "kind": "acquisition.notary",
            "fund": scene.raised.pk,
            "amount": "10",
            "due_on": "2025-05-01",
        }
        page = manager.post(
            reverse("purchase-cost", args=[acquisition.pk]),
            {**told, "is_planned": "on"},
            follow=True,
        )
        assert acquisition.costs.count() == before + 1

        manager.post(*undone.form(page))

        assert acquisition.costs.count() == before

    def test_a_step_is_written_down(self, scene: Scene) -> None:
        acquisition = scene.auction(scene.unit("T1"))

        browser(scene.cast.owner).post(
            reverse("purchase-move", args=[acquisition.pk]),
            {"to": "REPORT_REVIEWED", "on": scene.day.isoformat()},
        )

        acquisition.refresh_from_db()
        assert acquisition.state == "REPORT_REVIEWED"

    def test_a_caseworker_sees_no_amount(self, scene: Scene) -> None:
        unit = scene.unit("T1")
        scene.buy(unit, price="38765.00")

        for name, args in (("homes", []), ("home-page", [unit.pk])):
            page = browser(scene.cast.caseworker).get(reverse(name, args=args))
            assert "38.765" not in page.content.decode()

    def test_a_stranger_does_not_find_the_home(self, scene: Scene) -> None:
        unit = scene.unit("T1")

        page = browser(scene.cast.stranger).get(reverse("home-page", args=[unit.pk]))

        assert page.status_code == 404

    def test_the_list_costs_the_same_for_more_homes(
        self, scene: Scene, django_assert_max_num_queries: object
    ) -> None:
        for number in range(6):
            scene.buy(scene.unit(f"T{number}"), price="10000.00")
        client = browser(scene.cast.owner)

        with django_assert_max_num_queries(18):  # type: ignore[operator]
            client.get(reverse("homes"))


class TestHouseholds:
    def test_a_household_is_taken_in_with_its_name_apart(self, scene: Scene) -> None:
        client = browser(scene.cast.caseworker)
        typed = {f"people_{band}": "0" for band in AGE_BANDS}
        typed |= {"people_35_54": "2", "code": "H1", "referred_by": "City", "name": "Rossi"}
        typed |= {"referred_on": scene.day.isoformat(), "ethos": "EL7x", "isee": "UNKNOWN"}

        client.post(reverse("household-new"), typed)

        household = Household.objects.get()
        page = client.get(reverse("household-page", args=[household.pk]))
        assert household.size == 2
        assert "Rossi" not in page.content.decode()

    def test_a_name_opens_with_a_purpose_that_is_written_down(self, scene: Scene) -> None:
        household = scene.household("H1", identity={"name": "Rossi"})

        page = browser(scene.cast.caseworker).post(
            reverse("household-identity", args=[household.pk]), {"purpose": "To call them today"}
        )

        assert "Rossi" in page.content.decode()
        assert AuditEvent.objects.get(action="identity.read").reason == "To call them today"

    def test_the_day_shows_whom_to_call(self, scene: Scene) -> None:
        household = scene.household("H1")
        households.plan_next(
            household=household,
            step="Call about the plan",
            by_when=dt.date(2025, 1, 8),
            by=scene.cast.caseworker,
            at=scene.at,
        )

        page = browser(scene.cast.caseworker).get(reverse("households"))

        assert "Call about the plan" in [task.what for task in page.context["due"]]

    def test_keys_are_given_and_taken_back(self, scene: Scene) -> None:
        unit, household = scene.unit("T1"), scene.household("H1")
        scene.buy(unit)
        client = browser(scene.cast.caseworker)
        client.post(
            reverse("household-tenancy", args=[household.pk]),
            {
                "unit": unit.pk,
                "contract_no": "C1",
                "kind": "3+2",
                "rent": "310,00",
                "starts_on": scene.day.isoformat(),
            },
        )
        tenancy = Tenancy.objects.get()
        later = scene.day + dt.timedelta(days=90)
        client.post(
            reverse("tenancy-end", args=[tenancy.pk]),
            {"on": later.isoformat(), "reason": "moved"},
        )

        tenancy.refresh_from_db()
        assert tenancy.ends_on == later

    @pytest.mark.parametrize("name", ["household-plan", "household-action", "household-outcome"])
    def test_what_is_not_filled_in_comes_back_with_its_error(self, scene: Scene, name: str) -> None:
        household = scene.household("H1")

        page = browser(scene.cast.caseworker).post(reverse(name, args=[household.pk]), {})

        assert page.status_code == 200

    def test_a_restricted_household_is_hidden_from_the_manager(self, scene: Scene) -> None:
        household = scene.household("H1", is_restricted=True)

        page = browser(scene.cast.owner).get(reverse("household-page", args=[household.pk]))

        assert page.status_code == 404


class TestReviewDesk:
    def test_the_city_reads_asks_and_accepts(self, scene: Scene) -> None:
        snapshot = _submitted(scene)
        client = browser(scene.cast.city_reviewer)
        assert client.get(reverse("review-desk")).context["waiting"] == [snapshot]
        client.post(reverse("review-act", args=[snapshot.pk, "return"]), {"text": "Why so few?"})
        browser(scene.cast.owner).post(
            reverse("review-act", args=[snapshot.pk, "submit"]), {"text": "One sale was off."}
        )
        client.post(reverse("review-act", args=[snapshot.pk, "accept"]), {"text": ""})

        page = client.get(reverse("review-snapshot", args=[snapshot.pk])).content.decode()
        snapshot.refresh_from_db()
        assert snapshot.state == "accepted"
        assert "One sale was off." in page

    def test_only_what_changed_stands_on_top(self, scene: Scene) -> None:
        first = _submitted(scene)
        reviews.accept(snapshot=first, text="", by=scene.cast.city_reviewer, at=scene.at)
        scene.wait(10)
        scene.buy(scene.unit("T1"))
        second = _submitted(scene)

        page = browser(scene.cast.city_reviewer).get(reverse("review-snapshot", args=[second.pk]))

        codes = {figure["standard"] for figure in page.context["changed"]}
        assert codes == {"IRIS PI7233", "IRIS FP9573", "IRIS PI5965", "IRIS PD2532", "-"}

    def test_a_draft_is_not_on_the_citys_desk(self, scene: Scene) -> None:
        snapshot = _taken(scene)

        page = browser(scene.cast.city_reviewer).get(reverse("review-snapshot", args=[snapshot.pk]))

        assert page.status_code == 404

    def test_the_issuer_cannot_accept_its_own_figures(self, scene: Scene) -> None:
        snapshot = _submitted(scene)

        page = browser(scene.cast.owner).post(reverse("review-act", args=[snapshot.pk, "accept"]))

        assert page.status_code == 403


def _taken(scene: Scene) -> Snapshot:
    return snapshots.take(
        organisation=scene.cast.issuer, as_of=scene.day, by=scene.cast.owner, at=scene.at
    )


def _submitted(scene: Scene) -> Snapshot:
    return snapshots.submit(snapshot=_taken(scene), by=scene.cast.owner, at=scene.at)
