"""Checks of owners and of large orders: written down with their day, and what the law makes of them."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backend.core import clock
from backend.core.models import AuditEvent
from campaigns import cases, checklist, checks, obstacles
from campaigns.cases import Case, Finding
from campaigns.models import Campaign, OwnerCheck, Pledge
from investors.models import Investor
from tests.campaigns.scene import Scene
from tests.campaigns.test_orders_api import browse

GOOD: dict[str, object] = {
    "is_consumer": False,
    "has_clean_record": True,
    "is_in_listed_country": False,
    "exit_years": 3,
    "publishes_agreements": True,
}


ONCE: dict[str, Any] = {
    "content_type": "application/json",
    "headers": {"Idempotency-Key": "check-1"},
}


def record(scene: Scene, campaign: Campaign, **changes: object) -> OwnerCheck:
    told = checks.OwnerFinding("The platform", scene.day, "papers", **(GOOD | changes))  # type: ignore[arg-type]  # the tests' own words
    return checks.record_owner(campaign=campaign, found=told, by=scene.cast.owner, at=scene.at)


def finding(scene: Scene, campaign: Campaign, rule: str) -> Finding:
    found = cases.find(rule, Case(campaign, scene.at))
    assert found is not None
    return found


class TestRecordOwner:
    @pytest.mark.rule("R1", "R6", "R7", "I2")
    @pytest.mark.parametrize("rule", ["R1", "R6", "R7", "I2"])
    def test_the_rules_hold_by_a_good_check_and_say_nothing_before(
        self, scene: Scene, rule: str
    ) -> None:
        campaign = scene.draft()
        assert finding(scene, campaign, rule).holds is None

        record(scene, campaign)

        assert finding(scene, campaign, rule).holds is True

    @pytest.mark.parametrize(
        ("rule", "changes"),
        [
            ("R1", {"is_consumer": True}),
            ("R6", {"has_clean_record": None}),
            ("R6", {"is_in_listed_country": True}),
            ("R7", {"shareholding_percent": Decimal("20.00")}),
            ("R7", {"is_employee": True}),
            ("I2", {"exit_years": 2}),
            ("I2", {"publishes_agreements": False}),
        ],
    )
    def test_the_newest_counts(self, scene: Scene, rule: str, changes: dict[str, object]) -> None:
        campaign = scene.draft()
        record(scene, campaign)

        record(scene, campaign, **changes)

        assert finding(scene, campaign, rule).holds is False
        assert AuditEvent.objects.filter(action="owner.checked").count() == 2

    def test_under_a_fifth_is_not_too_close(self, scene: Scene) -> None:
        campaign = scene.draft()
        record(scene, campaign, shareholding_percent=Decimal("19.99"))

        assert finding(scene, campaign, "R7").holds is True

    @pytest.mark.parametrize(
        "changes", [{"checked_by": " "}, {"shareholding_percent": Decimal("100.01")}]
    )
    def test_what_cannot_be_is_refused(self, scene: Scene, changes: dict[str, object]) -> None:
        told = {"checked_by": "A", "checked_on": scene.day, "evidence": "b"} | changes
        found = checks.OwnerFinding(**told)  # type: ignore[arg-type]  # the tests' own words
        later = checks.OwnerFinding("A", scene.day + dt.timedelta(days=1), "b")

        for one in (found, later):
            with pytest.raises(checks.BadCheck):
                checks.record_owner(
                    campaign=scene.draft(), found=one, by=scene.cast.owner, at=scene.at
                )

    def test_a_check_is_never_rewritten(self, scene: Scene) -> None:
        record(scene, scene.draft())

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            OwnerCheck.objects.update(has_clean_record=True)


class TestChecklist:
    def test_a_live_offer_needs_it_an_invented_one_has_nobody_to_check(self, scene: Scene) -> None:
        campaign = scene.draft()
        assert "owner_check" not in {item.code for item in checklist.missing(campaign)}
        campaign.is_synthetic = False
        assert "owner_check" in {item.code for item in checklist.missing(campaign)}

        record(scene, campaign)

        assert "owner_check" not in {item.code for item in checklist.missing(campaign)}


@pytest.mark.rule("I5")
class TestLargeOrders:
    def consob(self, scene: Scene) -> Campaign:
        campaign = scene.open_campaign(min_shares=1)
        Campaign.objects.filter(pk=campaign.pk).update(regime="consob_2020")
        return scene.fresh(campaign)

    def test_above_the_bound_or_twice_in_a_year(self, scene: Scene) -> None:
        campaign = self.consob(scene)
        often = scene.investor()
        scene.pledge(campaign, 5)
        above = scene.pledge(campaign, 6)
        third = [scene.pledge(campaign, 4, often) for _ in range(3)]

        found = checks.large_orders(campaign)

        assert [each.pledge for each in found] == [above, *third]
        assert finding(scene, campaign, "I5").holds is False

    def test_an_appropriate_one_is_done(self, scene: Scene) -> None:
        campaign = self.consob(scene)
        pledge = scene.pledge(campaign, 6)

        told = checks.OrderFinding("The bank", scene.day, is_appropriate=True)
        checks.record_orders(pledges=[pledge], found=told, by=scene.cast.owner, at=scene.at)

        assert finding(scene, campaign, "I5").holds is True

    @pytest.mark.rule("I5.judged")
    def test_it_neither_succeeds_nor_fails_before_all_are_judged(self, scene: Scene) -> None:
        campaign = self.consob(scene)
        pledge, investor = scene.pledge(campaign, 10), Investor.objects.get()
        scene.professional(investor)
        scene.transfer(pledge)
        scene.wait(61)
        assert self.blocking(scene, campaign) == {"order_checks"}

        self.judge(scene, pledge, is_appropriate=False)
        assert self.blocking(scene, campaign) == {"order_checks"}
        self.judge(scene, pledge, is_appropriate=False, was_warned=True)

        assert self.blocking(scene, campaign) == set()

    def test_nobody_is_warned_of_what_is_appropriate(self, scene: Scene) -> None:
        pledge = scene.pledge(self.consob(scene), 6)

        with pytest.raises(checks.BadCheck):
            self.judge(scene, pledge, is_appropriate=True, was_warned=True)

    def test_european_offers_ask_for_none(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        scene.pledge(campaign, 10)

        assert checks.large_orders(campaign) == []

    def judge(self, scene: Scene, pledge: Pledge, **found: bool) -> None:
        told = checks.OrderFinding("The bank", scene.day, **found)
        checks.record_orders(pledges=[pledge], found=told, by=scene.cast.owner, at=scene.at)

    def blocking(self, scene: Scene, campaign: Campaign) -> set[str]:
        if campaign.state == Campaign.State.OPEN:
            Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.COLLECTING)
        campaign = scene.fresh(campaign)
        to = Campaign.State.SUCCEEDED
        return {each.code for each in obstacles.found(campaign=campaign, to=to, at=scene.at)}


class TestOverHttp:
    def test_api_and_page_take_a_check_of_the_owner(self, scene: Scene) -> None:
        campaign, client = scene.draft(), browse(scene.cast.owner)
        told = {"checked_by": "A", "checked_on": clock.today().isoformat(), "evidence": "papers"}
        api = f"/api/v1/campaigns/{campaign.slug}/owner-checks/"
        page = f"/desk/campaigns/{campaign.slug}/checks/"

        asked = client.post(api, told | GOOD, **ONCE)
        typed = client.post(page, told | {"shareholding_percent": "0", "has_clean_record": "yes"})

        assert asked.status_code == 201
        assert typed.status_code == 302
        found = client.get(api).json()["results"]
        assert [(each["has_clean_record"], each["is_consumer"]) for each in found] == [
            (True, None),
            (True, False),
        ]
        assert "papers" in client.get(page).content.decode()

    def test_api_and_page_take_a_check_of_an_order(self, scene: Scene) -> None:
        campaign = TestLargeOrders().consob(scene)
        pledge, client = scene.pledge(campaign, 6), browse(scene.cast.owner)
        told = {"checked_by": "The bank", "checked_on": clock.today().isoformat()}
        api = f"/api/v1/campaigns/{campaign.slug}/large-orders/"
        page = f"/desk/campaigns/{campaign.slug}/checks/"

        before = client.get(api).json()["results"]
        noted = client.post(
            api,
            told | {"pledges": [pledge.pk], "is_appropriate": False},
            **ONCE,
        )
        nothing = client.post(page, told | {"step": "order", "is_appropriate": "on"})
        client.post(page, told | {"step": "order", "pledges": [pledge.pk], "is_appropriate": "on"})

        assert noted.status_code == 201
        assert "Tick the orders" in nothing.content.decode()
        assert before == [
            {"pledge": pledge.pk, "amount": {"amount": "600.00", "currency": "EUR"}, "check": None}
        ]
        assert client.get(api).json()["results"][0]["check"]["is_appropriate"] is True
        assert "The bank" in client.get(page).content.decode()
