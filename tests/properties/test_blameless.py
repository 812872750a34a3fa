"""Why a household fell into arrears, and what a claim for blameless arrears lacks (housing.md 3.5)."""

import dataclasses
import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.money import euro
from properties import blameless, evictions, households, identities, retention, support
from properties.blameless import Facts
from properties.models import Hardship, Household
from tests.properties.scene import Scene
from tests.properties.threats import threaten

pytestmark = pytest.mark.money

WHOLE = Facts(
    causes=frozenset({"DISMISSAL"}), isee="to_26000", has_contract=True, is_notice_served=True
)


class TestFindings:
    @pytest.mark.parametrize(
        ("changed", "lacks"),
        [
            ({}, 0),
            ({"causes": frozenset({"SEPARATION", "DEBT"})}, 1),
            ({"isee": "over_26000"}, 1),
            ({"isee": "REFUSED"}, 1),
            ({"has_contract": False, "is_notice_served": False}, 2),
        ],
    )
    def test_tell_what_is_missing(self, changed: dict[str, object], lacks: int) -> None:
        facts = dataclasses.replace(WHOLE, **changed)  # type: ignore[arg-type]

        assert len(blameless.findings(facts, isee_most=euro("26000.00"))) == lacks

    def test_a_lower_limit_shuts_brackets_out(self) -> None:
        assert blameless.findings(WHOLE, isee_most=euro("10310.00"))


class TestTell:
    def tell(self, scene: Scene, household: Household) -> Hardship:
        return blameless.tell(
            household=household,
            cause="ILLNESS",
            on=scene.day,
            by=scene.cast.caseworker,
            at=scene.at,
        )

    def test_each_cause_once_a_day(self, scene: Scene) -> None:
        household = scene.household("H1")
        self.tell(scene, household)

        with pytest.raises(blameless.ToldAlready):
            self.tell(scene, household)

    def test_a_claim_is_whole_with_cause_isee_contract_and_notice(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        household = scene.household("H1", isee="to_10310")
        assert len(blameless.lacks(household, on=scene.day)) == 3
        self.tell(scene, household)
        scene.tenancy(unit, household)
        by, at = scene.cast.caseworker, scene.at
        case = threaten(scene, household)
        assert len(blameless.lacks(household, on=scene.day)) == 1
        step = evictions.Step(to="INTIMAZIONE", on=scene.day)
        evictions.move(case=case, step=step, by=by, at=at)

        assert blameless.lacks(household, on=scene.day) == []


class TestGranted:
    def test_is_twelve_thousand_at_most(self, scene: Scene) -> None:
        household, by = scene.household("H1"), scene.cast.caseworker
        aid = support.ask_for_aid(
            household=household, kind="INCOLPEVOLE", on=scene.day, by=by, at=scene.at
        )
        with pytest.raises(support.BadAmount):
            support.decide_aid(aid=aid, granted=euro("12000.01"), on=scene.day, by=by, at=scene.at)

        support.decide_aid(aid=aid, granted=euro("12000.00"), on=scene.day, by=by, at=scene.at)

        assert aid.amount == euro("12000.00")


class TestPageAndEndpoint:
    def test_its_caseworker_writes_it_and_opens_it_for_a_purpose(self, scene: Scene) -> None:
        household, client = scene.household("H1", identity={"name": "Maria Rossi"}), Client()
        client.force_login(scene.cast.caseworker)
        path = f"/api/v1/households/{household.pk}/hardships/"
        told = {"cause": "SEPARATION", "on": "2025-01-07"}

        answer = client.post(path, told, content_type="application/json")
        tell = reverse("household-tell", args=[household.pk, "hardship"])
        client.post(tell, {"cause": "ILLNESS", "on": "2025-01-07"})

        assert (answer.status_code, len(answer.json()["claim_lacks"])) == (201, 4)
        page = client.get(reverse("household-support", args=[household.pk])).content.decode()
        assert page.count("si apre con il nome") == 2
        opened = identities.read(
            household=household, purpose="To claim", by=scene.cast.caseworker, at=scene.at
        )
        assert len(opened.special) == 2

    def test_it_goes_when_the_household_is_forgotten(self, scene: Scene) -> None:
        household = scene.household("H1")
        blameless.tell(
            household=household, cause="DEBT", on=scene.day, by=scene.cast.caseworker, at=scene.at
        )
        households.close(
            household=household,
            reason="NO_HOME",
            on=scene.day,
            by=scene.cast.caseworker,
            at=scene.at,
        )

        retention.purge(on=scene.day + dt.timedelta(days=400), at=scene.at)

        assert not Hardship.objects.exists()
