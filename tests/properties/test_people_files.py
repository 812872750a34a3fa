"""People who are housed already, from a file: tried by the same rules, taken over whole or not at all."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.core.users import SYSTEM
from properties import arrears, people_files, rents
from properties.models import Household, HousingOutcome, PastRent, RentCharge, Tenancy
from properties.people_files import FileFaulty
from tests import kept
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

HEADER = (
    "code,referred_by,referred_on,people_35_54,isee,unit,contract_no,kind,rent,starts_on,ends_on,"
    "end_reason,outcomes,rents_until,rents_owed"
)


def row(code: str, unit: str, starts_on: str, **other: str) -> str:
    told = {
        "code": code,
        "referred_by": "Servizi sociali",
        "referred_on": "2024-01-08",
        "people": "2",
        "isee": "to_10310",
        "unit": unit,
        "contract_no": f"C-{code}-{unit}",
        "kind": "3+2",
        "rent": "260.00",
        "starts_on": starts_on,
        "ends_on": "",
        "end_reason": "",
        "outcomes": "",
        "rents_until": "",
        "rents_owed": "",
    }
    return ",".join((told | other).values())


def file(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


@pytest.fixture(scope="module")
def kept_homes(kept_scene: Scene) -> Scene:
    """Three homes of ours since early 2025; today it is the end of that year."""
    for code, occupancy in (("A1", "FREE"), ("A2", "FREE"), ("A3", "DEBTOR_FAMILY")):
        kept_scene.buy(kept_scene.unit(code, occupancy=occupancy))
    kept_scene.day = dt.date(2025, 12, 1)
    return kept.checked(kept_scene)


@pytest.fixture
def homes(kept_homes: Scene, copied: kept.Copied, db: None) -> Scene:
    return copied(kept_homes)


GOOD = (
    row("F1", "A2", "2025-07-01"),
    row("F1", "A1", "2025-02-03", ends_on="2025-07-01", end_reason="moved within",
        outcomes="2025-06-30 KEPT_NO_AID"),
    row("F2", "A3", "2025-02-03"),
)  # fmt: skip
BAD = {
    "ends_on": row("B1", "A1", "2025-09-01", ends_on="2025-09-01"),
    "unit": row("B2", "Z9", "2025-03-03"),
    "people": row("B3", "A1", "2025-03-03", people="0"),
    "referred_on": row("B6", "A1", "2025-03-03", referred_on="2099-01-01"),
    "rents_until": row("B7", "A1", "2025-09-01", rents_until="2025-12"),
    "rents_owed": row("B8", "A1", "2025-09-01", rents_until="2025-11", rents_owed="2025-10 260.01"),
    "contract_no": row("B9", "A1", "2025-03-03", contract_no="C-F2-A3"),
    "code": row("F2", "A1", "2025-08-01"),
    "starts_on": row("B4", "A1", "2024-06-03"),
    "outcomes": row("B5", "A1", "2025-03-03", outcomes="2025-06-30 FINE"),
}


class TestTakeIn:
    def test_a_household_that_moved_is_one_with_two_leases(self, homes: Scene) -> None:
        found = people_files.take_in(raw=file(*GOOD), by=homes.cast.caseworker, at=homes.at)

        assert (found.households, found.stays) == (2, 3)
        leases = Tenancy.objects.order_by("household__code", "starts_on")
        assert [(each.household.code, each.unit.code, each.track) for each in leases] == [
            ("F1", "A1", "FREE"),
            ("F1", "A2", "FREE"),
            ("F2", "A3", "OCCUPIED"),
        ]
        assert HousingOutcome.objects.get().source == people_files.SOURCE
        kept = Household.objects.get(code="F2").was_living_in
        assert kept is not None
        assert kept.code == "A3"

    @pytest.mark.parametrize("name", BAD)
    def test_what_the_rules_refuse_is_told_by_line_and_nothing_is_applied(
        self, homes: Scene, name: str
    ) -> None:
        with pytest.raises(FileFaulty) as refusal:
            people_files.take_in(raw=file(*GOOD, BAD[name]), by=homes.cast.caseworker, at=homes.at)

        [fault] = refusal.value.facts["faults"]
        assert (fault["line"], fault["field"]) == (5, name)
        assert not Household.objects.exists()

    def test_two_in_one_home_and_one_in_two_homes_are_faults(self, homes: Scene) -> None:
        again = (row("F3", "A2", "2025-08-01"), row("F2", "A1", "2025-08-01"))

        found = people_files.look(raw=file(*GOOD, *again), by=homes.cast.caseworker, at=homes.at)

        assert [(fault.line, fault.field) for fault in found.faults] == [(5, "unit"), (6, "code")]

    def test_rents_of_before_stand_in_the_ledger_and_what_is_owed_is_waited_for(
        self, homes: Scene
    ) -> None:
        owed = "2025-10 60.00; 2025-11 260.00"
        told = row("F1", "A1", "2025-02-03", rents_until="2025-11", rents_owed=owed)
        people_files.take_in(raw=file(told), by=homes.cast.caseworker, at=homes.at)

        rents.charge_month(
            organisation=homes.cast.issuer, month=dt.date(2025, 9, 1), by=SYSTEM, at=homes.at
        )

        tenancy = Tenancy.objects.get()
        months = arrears.ledger([tenancy.pk], as_of=homes.day)[tenancy.pk]
        assert len(months) == 9
        assert [(due.due_on.month, due.amount, due.received) for due in months[:3]] == [
            (11, 26_000, 0),
            (10, 26_000, 20_000),
            (9, 26_000, 26_000),
        ]
        sums = arrears.accounts(organisation=homes.cast.issuer.pk, as_of=homes.day)
        assert sums == [(tenancy.pk, 9 * 26_000, 7 * 26_000 + 20_000)]
        charge = RentCharge.objects.get(month=dt.date(2025, 10, 1))
        homes.bank((charge.expectation, charge.expectation.amount))
        assert sum(due.owed for due in arrears.dues([tenancy.pk], as_of=homes.day)) == 26_000

    def test_the_same_file_again_is_told_line_by_line(self, homes: Scene) -> None:
        raw, by = file(*GOOD), homes.cast.caseworker
        people_files.take_in(raw=raw, by=by, at=homes.at)

        found = people_files.look(raw=raw, by=by, at=homes.at)

        assert {fault.line for fault in found.faults} == {2, 3, 4}
        assert Household.objects.count() == 2


class TestLedger:
    def test_is_read_on_the_page_and_by_the_endpoint(self, homes: Scene) -> None:
        told = row("F1", "A1", "2025-02-03", rents_until="2025-10")
        people_files.take_in(raw=file(told), by=homes.cast.caseworker, at=homes.at)
        client, tenancy = Client(), Tenancy.objects.get()
        client.force_login(homes.cast.caseworker)

        page = client.get(reverse("household-page", args=[tenancy.household_id]))
        rows = client.get(f"/api/v1/tenancies/{tenancy.pk}/rents/").json()["results"]

        [(_lease, months)] = page.context["stays"]
        assert len(months) == len(rows) == 8
        assert rows[0]["received"] == {"amount": "260.00", "currency": "EUR"}

    def test_what_was_paid_before_stays_as_it_was_told(self, homes: Scene) -> None:
        told = row("F1", "A1", "2025-02-03", rents_until="2025-10")
        people_files.take_in(raw=file(told), by=homes.cast.caseworker, at=homes.at)

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            PastRent.objects.update(amount="1.00")


class TestPageAndEndpoint:
    def test_a_caseworker_looks_and_then_applies(self, homes: Scene) -> None:
        client, address = Client(), reverse("people-file")
        client.force_login(homes.cast.caseworker)

        looked = client.post(address, {"file": SimpleUploadedFile("p.csv", file(*GOOD))})

        assert (looked.context["outcome"].stays, Tenancy.objects.count()) == (3, 0)
        client.post(address, {"file": SimpleUploadedFile("p.csv", file(*GOOD)), "is_real": "on"})
        assert Tenancy.objects.count() == 3

    def test_the_empty_file_can_be_handed_in(self, homes: Scene) -> None:
        client = Client()
        client.force_login(homes.cast.caseworker)
        raw = client.get(reverse("people-file-empty")).content.replace(b"T-01", b"A1")

        answer = client.post(
            "/api/v1/households/files/", {"file": SimpleUploadedFile("p.csv", raw), "dry_run": "1"}
        )

        assert [fault["field"] for fault in answer.json()["faults"]] == ["starts_on"]
