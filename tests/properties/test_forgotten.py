"""What figures, live or frozen, say of those who were forgotten: as much as before, and of nobody."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import clock
from backend.core.money import euro
from properties import (
    figures,
    freezing,
    invariants,
    lettings,
    nightly,
    retention,
    reviews,
    snapshots,
    support,
    tallies,
)
from properties.disclosure import AUDIENCES, CITY
from properties.indicators import BY_CODE, REGISTRY, About, Facts, is_far, shapes
from properties.models import Household, Snapshot, Tenancy, Trait, Unit
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def night(scene: Scene, days: int) -> dict[str, int]:
    on = scene.day + dt.timedelta(days=days)
    return nightly.run(on=on, at=clock.start_of(on), dry_run=False)[retention.KIND]


def housed(scene: Scene, said: str) -> Household:
    """A household with an answer of a sensitive trait and an income, in a home of its own."""
    by = scene.cast.caseworker
    scene.buy(unit := scene.unit(f"A{Unit.objects.count()}"))
    household = scene.household(f"H{unit.code}", identity={"name": "Maria Rossi"})
    scene.tenancy(unit, household)
    trait = support.NewTrait(
        kind="DISABILITY", said=said, service="lift", legal_basis="GDPR 9(2)(b)",
        source="told", on=scene.day,
    )  # fmt: skip
    support.tell_trait(household=household, new=trait, by=by, at=scene.at)
    lives_on = support.NewIncome(on=scene.day, monthly=euro("700.00"), allowance=euro("0.00"))
    support.tell_income(household=household, new=lives_on, by=by, at=scene.at)
    return household


class TestFigures:
    """What was told of a day stands when those whom it counts are forgotten."""

    def told(self, scene: Scene, on: dt.date) -> dict[str, tuple[int, ...]]:
        facts = figures.facts(scene.cast.issuer, as_of=on)
        return {code: BY_CODE[code].compute(facts, on).cells for code in tallies.CODES}

    def test_of_past_quarters_stay_as_they_were(self, scene: Scene) -> None:
        first, second = housed(scene, "YES"), housed(scene, "NO")
        scene.wait(200)
        for tenancy in Tenancy.objects.filter(household__in=[first, second]):
            lettings.end(
                tenancy=tenancy, on=scene.day, reason="m", by=scene.cast.caseworker, at=scene.at
            )
        days = [dt.date(2025, 3, 31), dt.date(2025, 6, 30), dt.date(2025, 9, 30)]
        before = [self.told(scene, day) for day in days]

        assert night(scene, 800)["households"] == 2

        assert [self.told(scene, day) for day in days] == before
        assert before[0] == {
            "with_disability": (1, 1, 0), "displaced": (0, 0, 2), "overburdened": (2, 0),
        }  # fmt: skip
        assert before[2]["overburdened"] == (0, 0)
        assert not Trait.objects.exists()

    def test_go_on_counting_them_today(self, scene: Scene) -> None:
        household = housed(scene, "YES")
        tenancy = Tenancy.objects.get(household=household)
        scene.wait(200)
        lettings.end(
            tenancy=tenancy, on=scene.day, reason="m", by=scene.cast.caseworker, at=scene.at
        )
        night(scene, 800)

        assert self.told(scene, scene.day + dt.timedelta(900))["with_disability"] == (1, 0, 0)


class TestFrozen:
    """What was published stands for ever, so it must hold nobody's answer from the start (P18)."""

    def published(self, scene: Scene, reason: str = "") -> Snapshot:
        by, at = scene.cast.owner, scene.at
        taken = snapshots.take(
            organisation=scene.cast.issuer, as_of=scene.day, by=by, at=at, reason=reason
        )
        snapshots.submit(snapshot=taken, by=by, at=at)
        reviews.accept(snapshot=taken, text="", by=scene.cast.city_reviewer, at=at)
        snapshots.publish(snapshot=taken, by=by, at=at)
        return Snapshot.objects.get(pk=taken.pk)

    def leave(self, scene: Scene) -> None:
        for tenancy in Tenancy.objects.filter(ends_on=None):
            lettings.end(
                tenancy=tenancy, on=scene.day, reason="m", by=scene.cast.caseworker, at=scene.at
            )

    def test_figures_tell_of_no_household_what_it_answered(self, scene: Scene) -> None:
        housed(scene, "YES")
        self.published(scene)
        housed(scene, "NO")
        scene.wait(30)
        second = self.published(scene)

        rests_on = [
            one
            for row in second.data["indicators"]
            if row["code"] in tallies.CODES
            for one in (row["inside"], *row["basis"].values())
        ]
        assert len(rests_on) >= len(tallies.CODES)
        assert all(one["members"] == one["each"] == [] for one in rests_on)
        disability = next(
            row for row in second.data["indicators"] if row["code"] == "with_disability"
        )
        assert disability["inside"]["cells"] == [1, 1, 0], "how many they were is kept"

    def test_figures_stand_with_their_hash_when_all_are_forgotten(self, scene: Scene) -> None:
        for number in range(6):
            housed(scene, "YES" if number else "NO")
        scene.wait(200)
        first = self.published(scene)
        views = [freezing.view(first.data, each) for each in AUDIENCES]
        self.leave(scene)

        assert night(scene, 800)["households"] == 6

        kept = Snapshot.objects.get(pk=first.pk)
        assert invariants.snapshots_are_as_taken() == []
        assert kept.content_hash == snapshots.content_hash(kept.data) == first.content_hash
        assert [freezing.view(kept.data, each) for each in AUDIENCES] == views

    def test_what_is_removed_is_all_told_by_splits(self) -> None:
        """A new figure of a trait must be one too, or its snapshots would keep each answer."""
        codes = {row.code for row in REGISTRY if row.about is About.SENSITIVE} | set(tallies.CODES)

        assert all(BY_CODE[code].compute(Facts(), dt.date(2026, 1, 1)).is_split for code in codes)


CELLS = st.dictionaries(st.integers(0, 40), st.integers(0, 3), max_size=40)


class TestIsFar:
    @given(CELLS, CELLS)
    def test_without_knowing_who_tells_nothing_new_of_fewer_than_k(
        self, before: dict[int, int], after: dict[int, int]
    ) -> None:
        last, now = shapes.split(before, 4), shapes.split(after, 4)
        moved = sum(before.get(one) != after.get(one) for one in before.keys() | after.keys())

        far = is_far(now, last.without_members(), k=CITY.k)

        assert far == is_far(now, last, k=CITY.k)
        assert not far or moved >= CITY.k
