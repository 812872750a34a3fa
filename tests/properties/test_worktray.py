"""What to do next for whom and by when, from every clock of a household; what the city is told."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro
from properties import (
    amendments,
    households,
    lettings,
    referrals,
    releases,
    repayments,
    support,
    worktray,
)
from properties.disclosure import CITY
from properties.models import Household, PlanCheck
from properties.referrals import Referral
from tests.properties.scene import Scene
from tests.properties.test_repayments import agree, owing

pytestmark = pytest.mark.money

__all__ = ["owing"]

QUARTER_END = dt.date(2025, 3, 31)


def kinds(scene: Scene, on: dt.date | None = None) -> list[str]:
    rows = Household.objects.visible_to(scene.cast.caseworker)
    return [task.kind for task in worktray.tasks(rows, on=on or scene.day)]


class TestTasks:
    def test_a_referral_asks_for_an_answer_until_the_keys(self, scene: Scene) -> None:
        household = scene.household("H1")
        assert kinds(scene) == ["answer"]
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, household)

        assert kinds(scene) == []

    def test_who_stays_is_led_step_by_step(self, scene: Scene) -> None:
        unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
        scene.buy(unit)
        household = scene.household("H1", was_living_in=unit)
        seen = []
        for kind in ("CONTACT", "NEEDS", "DEBT_REVIEW", "AGREEMENT"):
            seen += kinds(scene)
            support.pass_milestone(
                household=household,
                kind=kind,
                on=scene.day,
                by=scene.cast.caseworker,
                at=scene.at,
            )

        assert seen == ["CONTACT", "NEEDS", "DEBT_REVIEW", "AGREEMENT"]
        assert kinds(scene) == ["lease"]

    @pytest.mark.parametrize(("days", "found"), [(181, []), (182, ["follow_up"])])
    def test_a_follow_up_is_due_after_half_a_year(
        self, scene: Scene, days: int, found: list[str]
    ) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, scene.household("H1"))

        assert kinds(scene, scene.day + dt.timedelta(days=days)) == found

    @pytest.mark.parametrize(
        ("asked", "found"), [(151, ["follow_up"]), (152, []), (182, []), (200, [])]
    )
    def test_an_answer_shortly_before_its_day_is_one(
        self, scene: Scene, asked: int, found: list[str]
    ) -> None:
        scene.buy(unit := scene.unit("A1"))
        household, keys_on = scene.household("H1"), scene.day
        scene.tenancy(unit, household)
        scene.wait(asked)
        told = households.NewOutcome(code="KEPT_NO_AID", on=scene.day, source="telephone")
        households.record_outcome(
            household=household, new=told, by=scene.cast.caseworker, at=scene.at
        )

        assert kinds(scene, keys_on + dt.timedelta(days=max(asked, 182))) == found
        assert kinds(scene, keys_on + dt.timedelta(days=365)) == ["follow_up"]

    def test_where_people_were_found_the_clock_starts_with_the_title(self, scene: Scene) -> None:
        unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
        scene.buy(unit)
        household, half_a_year = scene.household("H1", was_living_in=unit), dt.timedelta(days=182)
        title = scene.day
        scene.wait(100)
        scene.tenancy(unit, household)

        assert kinds(scene, title + half_a_year) == ["follow_up"]
        died = households.NewOutcome(code="DECEASED", on=scene.day, source="the family")
        by, at = scene.cast.caseworker, scene.at
        households.record_outcome(household=household, new=died, by=by, at=at)
        assert kinds(scene, title + half_a_year) == []

    def test_who_left_a_released_home_is_asked_and_led_no_further(self, scene: Scene) -> None:
        unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
        scene.buy(unit)
        scene.household("H1", was_living_in=unit)
        title = scene.day
        scene.wait(100)
        new = releases.NewRelease(on=scene.day, how="AGREED")
        releases.record(unit=unit, new=new, by=scene.cast.caseworker, at=scene.at)

        assert kinds(scene, title + dt.timedelta(days=182)) == ["follow_up"]

    def test_a_broken_plan_asks_for_a_call(self, scene: Scene, owing: object) -> None:
        agree(scene, owing)  # type: ignore[arg-type]  # the fixture's tenancy
        repayments.check_all(on=dt.date(2025, 4, 6), at=scene.at)

        assert PlanCheck.objects.last().state == "BREACHED"  # type: ignore[union-attr]  # just written
        assert "plan" in kinds(scene)

    def test_a_late_rent_asks_for_a_talk_until_a_plan_pays_it_off(
        self, scene: Scene, owing: object
    ) -> None:
        rows = Household.objects.visible_to(scene.cast.caseworker)
        late = [task for task in worktray.tasks(rows, on=scene.day) if task.kind == "late_rent"]

        assert [task.by_when.day for task in late] == [25], "twenty days after the fifth"
        agree(scene, owing)  # type: ignore[arg-type]  # the fixture's tenancy
        assert "late_rent" not in kinds(scene)

    def test_nobody_elses_household_is_there(self, scene: Scene) -> None:
        scene.household("H1")
        rows = Household.objects.visible_to(scene.cast.other_caseworker)

        assert worktray.tasks(rows, on=scene.day) == []


class TestDossier:
    def test_few_referrals_are_not_told_one_by_one(self, scene: Scene) -> None:
        for number in range(5):
            scene.household(f"H{number}", is_referred_by_city=True)

        found = referrals.dossier(organisation=scene.cast.issuer.pk, as_of=QUARTER_END)

        assert found.total.telling == "fewer_than"
        assert {row.shown.telling for row in found.rows} == {"withheld"}

    def test_many_are_told_where_nothing_can_be_worked_out(self, scene: Scene) -> None:
        for number in range(9):
            scene.household(f"H{number}", is_referred_by_city=True)
        waiting = scene.household("H9", is_referred_by_city=True)
        Household.objects.filter(pk=waiting.pk).update(
            closed_on=scene.day, closed_reason="CRITERIA"
        )

        found = referrals.dossier(organisation=scene.cast.issuer.pk, as_of=QUARTER_END)

        told = {row.code: row.shown.value for row in found.rows}
        assert found.total.value == 10
        assert told["CRITERIA"] is None
        assert told["WAITING"] is None

    def test_says_of_which_day_its_counts_are(self, scene: Scene) -> None:
        scene.wait(60)
        for number in range(9):
            scene.household(f"H{number}", is_referred_by_city=True)
        days = (QUARTER_END - dt.timedelta(days=1), QUARTER_END, QUARTER_END + dt.timedelta(days=1))

        found = [referrals.dossier(organisation=scene.cast.issuer.pk, as_of=day) for day in days]

        before = dt.date(2024, 12, 31)
        assert [each.as_of for each in found] == [before, QUARTER_END, QUARTER_END]
        assert [each.total.value for each in found] == [None, 9, 9]


class TestToldLate:
    """What is told late of a quarter that is over shows with the next: nobody sees one household."""

    def referred(self, scene: Scene, number: int) -> list[Household]:
        return [scene.household(f"H{n}", is_referred_by_city=True) for n in range(number)]

    def told(self, scene: Scene, as_of: dt.date) -> dict[str, int | None]:
        found = referrals.dossier(organisation=scene.cast.issuer.pk, as_of=as_of)
        return {row.code: row.shown.value for row in found.rows} | {"": found.total.value}

    def test_keys_and_ends_leave_the_past_quarter_as_it_was(self, scene: Scene) -> None:
        cases, by = self.referred(scene, 20), scene.cast.caseworker
        scene.buy(unit := scene.unit("A1"))
        before, keys_on = self.told(scene, QUARTER_END), scene.day
        scene.day = QUARTER_END + dt.timedelta(days=20)
        lease = lettings.NewTenancy(
            unit=unit, household=cases[0], contract_no="C1", kind="3+2", rent=euro("300.00"),
            starts_on=keys_on,
        )  # fmt: skip
        lettings.let(new=lease, by=by, at=scene.at)
        for case in cases[1:6]:
            households.close(household=case, reason="WITHDREW", on=keys_on, by=by, at=scene.at)
        scene.household("H99", is_referred_by_city=True)

        assert self.told(scene, QUARTER_END) == before
        assert {row.closed_on for row in referrals.all_of(scene.cast.issuer.pk)} == {
            None, scene.day,
        }  # fmt: skip

    def test_a_corrected_day_of_the_keys_moves_no_past_quarter(self, scene: Scene) -> None:
        cases = self.referred(scene, 9)
        for number, case in enumerate(cases[:4]):
            scene.buy(unit := scene.unit(f"A{number}"))
            lease = scene.tenancy(unit, case)
        before = self.told(scene, QUARTER_END)
        scene.wait(120)

        amendments.amend_lease(
            tenancy=lease, told={"starts_on": dt.date(2025, 4, 10)}, reason="Other keys",
            by=scene.cast.caseworker, at=scene.at,
        )  # fmt: skip

        assert self.told(scene, QUARTER_END) == before


class TestDossierOverTime:
    """Today's counts and tomorrow's: three or more moved, or none was told, whatever the day (P6)."""

    DAY = dt.date(2025, 1, 10)

    def rows(self, *sizes: int) -> list[Referral]:
        """So many referrals of the city in each fortnight, a day each, none answered yet."""
        days = [
            self.DAY + dt.timedelta(days=14 * n + each)
            for n, size in enumerate(sizes)
            for each in range(size)
        ]
        return [Referral(n, True, day, None, "", None) for n, day in enumerate(days)]

    @given(st.lists(st.integers(0, 9), min_size=1, max_size=24))
    def test_a_total_moves_by_three_or_not_at_all(self, sizes: list[int]) -> None:
        rows = self.rows(*sizes)
        days = (self.DAY + dt.timedelta(days=each) for each in range(400))

        totals = [sum(referrals.fates(rows, referrals.told_on(rows, day)).cells) for day in days]

        told = [total for total in totals if total >= 2 * CITY.k]
        assert all(b - a == 0 or b - a >= CITY.k for a, b in pairwise(told))
