"""Names of households: encrypted, counted once, rotated, gone when they must go."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from backend.core import clock, encryption
from properties import households, identities, nightly, retention
from properties.identities import CountedTwice
from properties.models import HouseholdIdentity, NightlyRun
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

ROSSI = {"name": "Maria Rossi", "phone": "011 555", "tax_code": "RSSMRA80A41L219X"}


class TestSeal:
    def test_nothing_readable_stands_in_the_table(self, scene: Scene) -> None:
        scene.household("H1", identity=ROSSI)

        row = HouseholdIdentity.objects.get()

        assert "Rossi" not in row.sealed
        assert "RSSMRA" not in f"{row.sealed} {row.fingerprint}"

    def test_a_household_is_not_counted_twice(self, scene: Scene) -> None:
        scene.household("H1", identity=ROSSI)

        with pytest.raises(CountedTwice):
            scene.household("H2", identity={"name": "M. Rossi", "tax_code": "rssmra80a41l219x"})

    def test_the_database_refuses_it_too(self, scene: Scene) -> None:
        scene.household("H1", identity=ROSSI)
        other = scene.household("H2")
        taken = HouseholdIdentity.objects.get().fingerprint

        with pytest.raises(IntegrityError), transaction.atomic():
            HouseholdIdentity.objects.create(household=other, sealed="x", fingerprint=taken)


class TestRotateAll:
    def test_every_name_opens_with_the_new_key_alone(self, own_keys: None, scene: Scene) -> None:
        household = scene.household("H1", identity=ROSSI)
        said = StringIO()

        call_command("rotate_keys", "--new", "--retire", stdout=said)

        found = identities.read(
            household=household, purpose="To call", by=scene.cast.caseworker, at=scene.at
        )
        assert found.name == "Maria Rossi"
        # The household, and the three investors of the scene.
        assert said.getvalue().startswith("4 identities, factors and secrets, 1 keys")

    def test_a_household_is_still_found_by_its_code(self, own_keys: None, scene: Scene) -> None:
        scene.household("H1", identity=ROSSI)
        encryption.add_key()
        with pytest.raises(CountedTwice):
            scene.household("H2", identity=ROSSI)

        identities.rotate_all(by=scene.cast.administrator, at=scene.at)

        with pytest.raises(CountedTwice):
            scene.household("H3", identity=ROSSI)


def run(scene: Scene, on: dt.date, *, dry_run: bool = False) -> dict[str, int]:
    return nightly.run(on=on, at=clock.start_of(on), dry_run=dry_run)[retention.KIND]


class TestPurge:
    def refused(self, scene: Scene) -> None:
        household = scene.household("H1", identity=ROSSI)
        households.close(
            household=household,
            reason="CRITERIA",
            on=scene.day,
            by=scene.cast.caseworker,
            at=scene.at,
        )

    def test_a_referral_that_came_to_nothing_is_forgotten_after_a_year(self, scene: Scene) -> None:
        self.refused(scene)
        assert run(scene, scene.day + dt.timedelta(days=360))["referrals"] == 0

        found = run(scene, scene.day + dt.timedelta(days=370))

        assert found["referrals"] == 1
        assert not HouseholdIdentity.objects.exists()

    def test_a_dry_run_counts_and_removes_nothing(self, scene: Scene) -> None:
        self.refused(scene)
        later = scene.day + dt.timedelta(days=370)

        assert run(scene, later, dry_run=True)["referrals"] == 1
        assert HouseholdIdentity.objects.exists()
        assert not NightlyRun.objects.exists()

    def test_the_same_night_again_removes_nothing_and_tells_of_the_first(
        self, scene: Scene
    ) -> None:
        self.refused(scene)
        later = scene.day + dt.timedelta(days=370)
        run(scene, later)

        assert run(scene, later)["referrals"] == 0
        assert NightlyRun.objects.get(kind=retention.KIND).counts["referrals"] == 1

    def test_who_lives_with_us_keeps_a_name(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, scene.household("H1", identity=ROSSI))

        found = run(scene, scene.day + dt.timedelta(days=3000))

        assert found["referrals"] == found["households"] == 0

    def test_one_part_that_fails_neither_undoes_nor_hides_the_others(self, scene: Scene) -> None:
        self.refused(scene)
        later = scene.day + dt.timedelta(days=370)

        def fail(**_told: object) -> dict[str, int]:
            raise ArithmeticError("no such plan")

        with pytest.raises(nightly.Unfinished, match="plans: no such plan") as failed:
            nightly.run(on=later, at=clock.start_of(later), jobs={**nightly.JOBS, "plans": fail})

        assert failed.value.found[retention.KIND]["referrals"] == 1
        assert not HouseholdIdentity.objects.exists()
        assert set(NightlyRun.objects.values_list("kind", flat=True)) == (
            nightly.JOBS.keys() - {"plans"}
        )

    def test_a_job_that_never_removes_anything_rings(self, scene: Scene) -> None:
        for days in (0, 89):
            run(scene, scene.day + dt.timedelta(days=days))

        assert retention.is_silent(on=scene.day + dt.timedelta(days=89))
        assert not retention.is_silent(on=scene.day + dt.timedelta(days=20))
