"""People found in a home who leave it before any lease: the home is vacant, they are counted as lost."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from backend.core import audit
from backend.core.errors import RuleBroken
from properties import evictions, figures, lettings, releases, voids
from properties.indicators import BY_CODE, Result
from properties.models import EvictionCase, Household, Tenancy, Unit
from properties.releases import NewRelease
from tests import undone
from tests.properties.scene import Scene
from tests.properties.threats import threaten

pytestmark = pytest.mark.money


def found(scene: Scene, code: str = "A1") -> tuple[Unit, Household]:
    """A home bought with a family in it."""
    unit = scene.unit(code, occupancy="DEBTOR_FAMILY")
    scene.buy(unit)
    return unit, scene.household(f"H-{code}", was_living_in=unit)


def release(scene: Scene, unit: Unit, how: str = "AGREED", *, ago: int = 0) -> None:
    new = NewRelease(on=scene.day - dt.timedelta(days=ago), how=how)
    releases.record(unit=unit, new=new, by=scene.cast.caseworker, at=scene.at)


def figure(scene: Scene, code: str) -> Result:
    facts = figures.facts(scene.cast.issuer, as_of=scene.day)
    return BY_CODE[code].compute(facts, scene.day)


class TestRecord:
    def test_the_home_is_vacant_from_that_day_and_may_be_let(self, scene: Scene) -> None:
        unit, _family = found(scene)
        scene.wait(40)
        release(scene, unit, ago=10)

        [void] = voids.standing(Unit.objects.all(), on=scene.day, reader=scene.cast.owner)
        tenancy = scene.tenancy(unit, scene.household("H2"))

        assert (void.since, void.because) == (scene.day - dt.timedelta(days=10), "RELEASED")
        assert tenancy.track == Tenancy.Track.FREE
        assert figure(scene, "void_days_median").each == (10,)

    def test_no_lease_begins_before_that_day(self, scene: Scene) -> None:
        unit, family = found(scene)
        scene.wait(40)
        before, scene.day = scene.day, scene.day + dt.timedelta(days=10)
        release(scene, unit)
        scene.day = before

        with pytest.raises(lettings.NotEmpty):
            scene.tenancy(unit, family)

    @pytest.mark.parametrize(
        ("world", "code"),
        [
            ("free", "release.nobody_in_it"),
            ("leased", "release.under_lease"),
            ("twice", "release.already"),
            ("future", "household.in_the_future"),
        ],
    )
    def test_is_refused(self, scene: Scene, world: str, code: str) -> None:
        unit, family = found(scene)
        if world == "free":
            unit = scene.unit("A2")
        if world == "leased":
            scene.tenancy(unit, family)
        if world == "twice":
            release(scene, unit)

        with pytest.raises(RuleBroken) as refusal:
            release(scene, unit, ago=-1 if world == "future" else 0)

        assert refusal.value.code == code


class TestTakeBack:
    def test_those_found_live_there_still(self, scene: Scene) -> None:
        unit, _family = found(scene)
        scene.wait(200)
        release(scene, unit, ago=100)
        by = scene.cast.caseworker

        releases.take_back(unit=unit, reason="The wrong door", by=by, at=scene.at)

        assert figure(scene, "sustained_6").cells == (1, 0, 0, 0)
        assert releases.may_be(unit)
        trail = audit.history(unit).last()
        assert trail is not None
        assert (trail.reason, trail.facts["before"]["how"]) == ("The wrong door", "AGREED")
        with pytest.raises(releases.NotReleased):
            releases.take_back(unit=unit, reason="The wrong door", by=by, at=scene.at)

    def test_not_once_somebody_got_the_keys(self, scene: Scene) -> None:
        unit, _family = found(scene)
        scene.wait(40)
        release(scene, unit)
        scene.tenancy(unit, scene.household("H2"))

        with pytest.raises(releases.UnderLease):
            releases.take_back(
                unit=unit, reason="The wrong door", by=scene.cast.caseworker, at=scene.at
            )

    def test_is_done_on_the_page_of_the_home_and_by_a_program(self, scene: Scene) -> None:
        unit, client = found(scene)[0], Client()
        client.force_login(scene.cast.caseworker)
        path = reverse("home-release-undo", args=[unit.pk])
        release(scene, unit)

        client.post(path, {"reason": "The wrong door"})
        again = client.post(path, {"reason": "The wrong door"})
        release(scene, unit)
        api = f"/api/v1/units/{unit.pk}/release/undo/"
        answer = client.post(api, {"reason": "The wrong door"}, content_type="application/json")

        assert again.context["take_back_form"].errors
        assert answer.status_code == 204
        assert releases.may_be(unit)


class TestPageAndEndpoint:
    def test_a_wrong_door_is_undone_from_the_message(self, scene: Scene) -> None:
        unit, client = found(scene)[0], Client()
        client.force_login(scene.cast.caseworker)
        told = {"on": scene.day.isoformat(), "how": "AGREED"}
        page = client.post(reverse("home-release", args=[unit.pk]), told, follow=True)

        client.post(*undone.form(page))

        assert releases.may_be(unit)

    def test_a_caseworker_writes_it_down_on_the_page_of_the_home(self, scene: Scene) -> None:
        unit, client = found(scene)[0], Client()
        client.force_login(scene.cast.caseworker)
        path = reverse("home-release", args=[unit.pk])

        refused = client.post(path, {"on": "2999-01-01", "how": "AGREED"})
        client.post(path, {"on": scene.day.isoformat(), "how": "AGREED"})

        assert refused.context["release_form"].errors["on"]
        page = client.get(reverse("home-page", args=[unit.pk]))
        assert page.context["void"].because == "RELEASED"
        assert "release_form" not in page.context

    def test_the_endpoint_takes_it_once_with_its_audit_row(self, scene: Scene) -> None:
        unit, client = found(scene)[0], Client()
        client.force_login(scene.cast.caseworker)
        path = f"/api/v1/units/{unit.pk}/release/"
        told = {"on": scene.day.isoformat(), "how": "EXECUTED", "document": "verbale.pdf"}

        answers = [client.post(path, told, content_type="application/json") for _time in range(2)]

        assert [answer.status_code for answer in answers] == [201, 409]
        [row] = audit.history(unit).filter(action="unit.released")
        assert (row.by_label, row.reason) == (scene.cast.caseworker.username, "EXECUTED")


@pytest.mark.indicator("14", "19", "20", "21", "23")
class TestFiguresOfThoseFound:
    def test_who_has_no_lease_yet_is_counted_from_the_title(self, scene: Scene) -> None:
        found(scene)
        scene.wait(182)

        assert figure(scene, "individuals_housed").value == 3
        assert figure(scene, "sustained_6").cells == (1, 0, 0, 0)
        assert figure(scene, "housing_spending").members == ()
        assert figure(scene, "units_available").value == 0

    def test_who_left_before_a_lease_weighs_in(self, scene: Scene) -> None:
        unit, _family = found(scene)
        stayed, kept = found(scene, "A2")
        scene.wait(30)
        scene.tenancy(stayed, kept)
        release(scene, unit, "ABANDONED")
        scene.wait(152)

        assert figure(scene, "sustained_6").cells == (1, 0, 0, 1)
        assert figure(scene, "positive_exits").cells == (0, 0, 0, 1)
        assert figure(scene, "kept_the_home").cells == (0, 1, 0)

    def test_a_release_by_enforcement_is_an_eviction(self, scene: Scene) -> None:
        unit, _family = found(scene)
        scene.wait(30)
        release(scene, unit, "EXECUTED")

        assert (figure(scene, "evicted").value, figure(scene, "evicted").of) == (3, 3)

    def test_so_is_the_last_step_of_the_clock(self, scene: Scene) -> None:
        _unit, family = found(scene)
        scene.wait(30)
        case = threaten(scene, family, "us")
        EvictionCase.objects.update(state=EvictionCase.State.ACCESS)
        case.refresh_from_db()
        step = evictions.Step(to="EXECUTED", on=scene.day)
        evictions.move(case=case, step=step, by=scene.cast.caseworker, at=scene.at)

        assert figure(scene, "evicted").value == 3
        assert figure(scene, "positive_exits").cells == (0, 0, 0, 1)

    @pytest.mark.parametrize(("threatened", "cells"), [(40, (0, 0, 0, 1)), (-5, (1, 0, 0, 0))])
    def test_who_was_removed_under_a_lease_is_housed_no_more(
        self, scene: Scene, threatened: int, cells: tuple[int, ...]
    ) -> None:
        """Removed from our home; not where another landlord's case was older than our keys."""
        scene.buy(unit := scene.unit("A1"))
        household, keys_on = scene.household("H1"), scene.day
        scene.wait(threatened)
        case = threaten(scene, household)
        scene.day = keys_on
        scene.tenancy(unit, household)
        scene.wait(100)
        EvictionCase.objects.update(state=EvictionCase.State.ACCESS)
        case.refresh_from_db()
        step = evictions.Step(to="EXECUTED", on=scene.day)
        evictions.move(case=case, step=step, by=scene.cast.caseworker, at=scene.at)
        scene.wait(100)

        assert figure(scene, "sustained_6").cells == cells

    @pytest.mark.parametrize(
        ("why", "code", "cells"),
        [
            ("EVICTED_ARREARS", "evicted", (3, 0)),
            ("EVICTED_ARREARS", "positive_exits", (0, 0, 0, 1)),
            ("MOVED_PRIVATE", "positive_exits", (0, 1, 0, 0)),
            ("DIED", "positive_exits", (0, 0, 0, 0)),
            ("OTHER", "positive_exits", (0, 0, 1, 0)),
        ],
    )
    def test_the_end_of_a_lease_tells(
        self, scene: Scene, why: str, code: str, cells: tuple[int, ...]
    ) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        tenancy = scene.tenancy(unit, scene.household("H1"))
        scene.wait(90)
        lettings.end(
            tenancy=tenancy,
            on=scene.day,
            reason="",
            code=why,
            by=scene.cast.caseworker,
            at=scene.at,
        )

        assert figure(scene, code).cells == cells
