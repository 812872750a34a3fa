"""What must go by night: papers about former owners, logs of access; and what a body needs to go live."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from backend.core import alerts, clock
from backend.core.models import AuditEvent
from backend.core.money import euro
from properties import (
    documents,
    households,
    identities,
    lettings,
    nightly,
    privacy,
    releases,
    retention,
    support,
    vitals,
)
from properties.documents import NewDocument
from properties.models import (
    Debt,
    EvictionCase,
    HomeDocument,
    Household,
    PrivacyRecord,
    Tenancy,
    Unit,
)
from tests.properties.scene import Scene
from tests.properties.threats import threaten

pytestmark = pytest.mark.money

PDF = b"%PDF-1.7\n" + b"Signor Debitore, nato a Torino\n" * 8 + b"%%EOF"
ROSSI = {"name": "Maria Rossi"}


def keep(scene: Scene, unit: Unit, kind: str = "expert_report") -> HomeDocument:
    new = NewDocument(kind=kind, title="Perizia Debitore", raw=PDF)
    return documents.keep(unit=unit, new=new, by=scene.cast.owner, at=scene.at)


def night(scene: Scene, days: int, *, dry_run: bool = False) -> dict[str, int]:
    on = scene.day + dt.timedelta(days=days)
    return nightly.run(on=on, at=clock.start_of(on), dry_run=dry_run)[retention.KIND]


class TestDebtorFiles:
    def test_are_emptied_when_the_time_of_limitation_is_over(self, scene: Scene) -> None:
        unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
        scene.buy(unit)
        report, plan = keep(scene, unit), keep(scene, unit, "cadastral")

        assert night(scene, 365 * 9)["debtor_files"] == 0
        assert night(scene, 3700, dry_run=True)["debtor_files"] == 1
        assert night(scene, 3700)["debtor_files"] == 1
        assert night(scene, 3701)["debtor_files"] == 0

        report.refresh_from_db()
        plan.refresh_from_db()
        assert (bytes(report.content), report.title, bool(report.sha256)) == (b"", "", True)
        assert b"Debitore" in bytes(plan.content)
        assert report not in HomeDocument.objects.visible_to(scene.cast.owner)

    def test_of_a_home_that_never_came_go_after_a_year(self, scene: Scene) -> None:
        auction = scene.auction(scene.unit("A1"))
        keep(scene, auction.unit)
        assert night(scene, 400)["debtor_files"] == 0
        scene.move(auction, "WITHDRAWN_BEFORE_OFFER")

        assert night(scene, 300)["debtor_files"] == 0
        assert night(scene, 400)["debtor_files"] == 1

    def test_do_not_come_back_by_the_same_file(self, scene: Scene) -> None:
        auction = scene.auction(scene.unit("A1"))
        keep(scene, auction.unit)
        scene.move(auction, "WITHDRAWN_BEFORE_OFFER")
        night(scene, 400)

        with pytest.raises(documents.PurgedAlready):
            keep(scene, auction.unit)


class TestGone:
    def test_the_name_goes_two_years_after_the_last_follow_up_and_the_rents_stay(
        self, scene: Scene
    ) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        household = scene.household("H1", identity=ROSSI)
        tenancy = scene.tenancy(unit, household)
        scene.wait(300)
        lettings.end(
            tenancy=tenancy, on=scene.day, reason="moved", by=scene.cast.caseworker, at=scene.at
        )
        scene.wait(180)
        told = households.NewOutcome(code="MOVED_MARKET", on=scene.day, source="telephone")
        households.record_outcome(
            household=household, new=told, by=scene.cast.caseworker, at=scene.at
        )

        assert night(scene, 700)["households"] == 0
        assert night(scene, 760)["households"] == 1
        assert night(scene, 761)["households"] == 0
        household.refresh_from_db()
        assert (household.code, household.size) == (f"gone-{household.pk}", 3)
        assert Tenancy.objects.get().contract_no


class TestFoundWithoutLease:
    """Who was found in a home lived with us, though they never signed a lease (P18, not P17)."""

    def left(self, scene: Scene) -> Household:
        scene.buy(unit := scene.unit("A1", occupancy="DEBTOR_FAMILY"))
        household = scene.household("H1", was_living_in=unit, identity=ROSSI)
        scene.wait(60)
        gone = releases.NewRelease(on=scene.day, how="AGREED")
        releases.record(unit=unit, new=gone, by=scene.cast.caseworker, at=scene.at)
        return household

    def test_is_kept_as_long_as_who_had_one(self, scene: Scene) -> None:
        household, by = self.left(scene), scene.cast.caseworker
        households.close(household=household, reason="WITHDREW", on=scene.day, by=by, at=scene.at)

        assert night(scene, 400) == dict.fromkeys(retention.REMOVES, 0)
        assert night(scene, 760)["households"] == 1

    def test_is_kept_while_they_live_there(self, scene: Scene) -> None:
        scene.buy(unit := scene.unit("A1", occupancy="DEBTOR_FAMILY"))
        scene.household("H1", was_living_in=unit, identity=ROSSI)

        assert night(scene, 2000)["households"] == 0

    def test_does_not_stay_for_ever(self, scene: Scene) -> None:
        household = self.left(scene)

        assert night(scene, 760)["households"] == 1
        household.refresh_from_db()
        assert household.code == f"gone-{household.pk}"


class TestWordsTyped:
    def test_go_with_the_name_and_were_never_in_the_trail(self, scene: Scene) -> None:
        by = scene.cast.caseworker
        household = scene.household("H1", identity=ROSSI)
        support.find_debt(
            household=household, creditor="Banca di Maria Rossi", owed=euro("900.00"),
            on=scene.day, by=by, at=scene.at,
        )  # fmt: skip
        threaten(scene, household, "Rossi padre")
        keep(scene, scene.unit("A1"))
        households.close(household=household, reason="CRITERIA", on=scene.day, by=by, at=scene.at)

        assert night(scene, 400)["referrals"] == 1

        assert set(Debt.objects.values_list("creditor", flat=True)) == {""}
        assert set(EvictionCase.objects.values_list("landlord", flat=True)) == {""}
        told = str(list(AuditEvent.objects.values("reason", "facts")))
        assert "Rossi" not in told
        assert "Perizia" not in told


class TestAccessLog:
    def read(self, scene: Scene) -> None:
        household = scene.household("H1", identity=ROSSI)
        identities.read(
            household=household, purpose="To call", by=scene.cast.caseworker, at=scene.at
        )

    def test_goes_after_two_years_and_nothing_else_of_the_trail(self, scene: Scene) -> None:
        self.read(scene)
        others = AuditEvent.objects.exclude(action="identity.read").count()
        assert night(scene, 740)["access_logs"] == 0, "the trail itself is not that old"
        scene.wait(740)
        scene.unit("A1")

        assert night(scene, 1)["access_logs"] == 1
        assert night(scene, 2)["access_logs"] == 0
        assert AuditEvent.objects.count() == others + 1

    def test_is_kept_by_the_database_until_then(self, scene: Scene) -> None:
        self.read(scene)

        for rows in (AuditEvent.objects.filter(action="identity.read"), AuditEvent.objects.all()):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                rows.delete()
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AuditEvent.objects.filter(action="identity.read").update(reason="")


class TestGoLive:
    def record(self, scene: Scene, kind: str, text: str = "What we keep, and why.") -> None:
        PrivacyRecord.objects.create(
            organisation=scene.cast.issuer,
            kind=kind,
            title="Register",
            text=text,
            reviewed_on=scene.day,
        )

    def test_fails_until_register_and_assessment_are_written(self, scene: Scene) -> None:
        issuer = scene.cast.issuer
        assert privacy.missing(issuer, on=scene.day) == ["register", "dpia"]
        self.record(scene, "register")
        self.record(scene, "dpia", text="  ")
        assert privacy.missing(issuer, on=scene.day) == ["dpia"]
        self.record(scene, "dpia")

        assert privacy.missing(issuer, on=scene.day) == []
        assert privacy.missing(issuer, on=scene.day + privacy.MAX_AGE) == ["register", "dpia"]

    def test_the_command_names_who_may_not(self, scene: Scene) -> None:
        said = StringIO()

        with pytest.raises(CommandError):
            call_command("golive", stdout=said)

        assert f"{scene.cast.issuer}: register, dpia" in said.getvalue()

    def test_real_people_are_taken_in_by_nobody_without_them(self, scene: Scene) -> None:
        scene.cast.issuer.is_synthetic = False
        scene.cast.issuer.save()
        scene.cast.caseworker.refresh_from_db()
        new = households.NewHousehold(
            caseworker=scene.cast.caseworker,
            code="H1",
            referred_by="Servizi sociali",
            referred_on=scene.day,
            people={"35_54": 1},
        )
        with pytest.raises(privacy.NotReady):
            households.register(new=new, by=scene.cast.caseworker, at=scene.at)
        for kind in ("register", "dpia"):
            self.record(scene, kind)

        assert households.register(new=new, by=scene.cast.caseworker, at=scene.at).pk


class TestNightsWatched:
    """A night that was not done, or that never removes anything, is a figure with limits (P21)."""

    def read(self, at: dt.datetime) -> dict[str, float]:
        found = {vital.name: vital for vital in vitals.VITALS}
        told = found["mattone_night_age_seconds"].read(at)
        return told | {"silent": found["mattone_retention_silent"].read(at)[""]}

    def test_says_how_long_ago_each_job_was_done(self, scene: Scene) -> None:
        assert self.read(scene.at) == {"silent": 0}
        night(scene, 1)

        later = self.read(clock.start_of(scene.day + dt.timedelta(days=4)))

        assert set(later) == {*nightly.JOBS, "silent"}
        assert later["retention"] == 3 * 86_400

    def test_mails_once_when_a_night_is_missed(self, scene: Scene) -> None:
        night(scene, 1)
        at = clock.start_of(scene.day + dt.timedelta(days=3))

        told = [alert.name for alert in alerts.watch(at=at)]
        again = [alert.name for alert in alerts.watch(at=at)]

        assert "mattone_night_age_seconds" in told
        assert "mattone_night_age_seconds" not in again
