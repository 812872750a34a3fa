"""Homes from a file: five thousand rows with thirty-seven wrong ones, twice the same, XLSX, the page."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from rest_framework.test import APIClient

from backend.core import cells, tables
from backend.core.models import AuditEvent
from backend.core.roles import MayNot
from properties import unit_files, unit_rows
from properties.models import Building, CadastralKey, EnergyCertificate, Unit
from properties.unit_files import FileFaulty, Outcome, Upload
from tests.properties.scene import Scene

pytestmark = pytest.mark.django_db

HEADER = "code,address,district,rooms,area_m2,source,foglio,particella,subalterno,classe_energetica"


def row(number: int, **other: str) -> str:
    told = {
        "code": f"H{number}",
        "address": f"Via Inventata {number // 4}",
        "district": "6",
        "rooms": "3",
        "area_m2": "62,50",
        "source": "asta giudiziaria" if number % 2 else "court_auction",
        "sheet": f"{number // 100}",
        "parcel": f"{number}",
        "subunit": "1",
        "energy": "F",
    }
    return ";".join((told | other).values())


def file(*rows: str) -> bytes:
    return "\n".join([HEADER.replace(",", ";"), *rows]).encode()


def look(scene: Scene, raw: bytes) -> Outcome:
    upload = Upload(scene.cast.issuer, raw, "homes.csv")
    return unit_files.look(upload=upload, by=scene.cast.owner, at=scene.at)


def take_in(scene: Scene, raw: bytes) -> Outcome:
    upload = Upload(scene.cast.issuer, raw, "homes.csv")
    return unit_files.take_in(upload=upload, by=scene.cast.owner, at=scene.at)


WRONG: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("district", lambda n: row(n, district="9")),
    ("rooms", lambda n: row(n, rooms="three")),
    ("area_m2", lambda n: row(n, area_m2="-1")),
    ("source", lambda n: row(n, source="found")),
    ("code", lambda n: row(n, code="H0")),
    ("energy_class", lambda n: row(n, energy="H")),
    ("cadastral_sheet", lambda n: row(n, sheet="0", parcel="0")),
    ("address", lambda n: row(n, address="")),
)


class TestTakeIn:
    def test_five_thousand_rows_with_37_wrong_ones_are_all_told_and_none_applied(
        self, scene: Scene, django_assert_max_num_queries: Any
    ) -> None:
        rows = [row(number) for number in range(5_000)]
        wrong = {100 + 131 * place: WRONG[place % len(WRONG)] for place in range(37)}
        for number, (_field, spoil) in wrong.items():
            rows[number] = spoil(number)

        with django_assert_max_num_queries(12), pytest.raises(FileFaulty) as refusal:
            take_in(scene, file(*rows))

        told = {(fault["line"], fault["field"]) for fault in refusal.value.facts["faults"]}
        assert told == {(number + 2, field) for number, (field, _spoil) in wrong.items()}
        assert not Unit.objects.exists()
        assert not Building.objects.exists()

    def test_five_thousand_homes_are_entered_in_a_few_statements(
        self, scene: Scene, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(25):
            outcome = take_in(scene, file(*(row(number) for number in range(5_000))))

        assert (outcome.new, outcome.same) == (5_000, 0)
        assert Building.objects.count() == 1_250
        assert CadastralKey.objects.count() == EnergyCertificate.objects.count() == 5_000
        assert AuditEvent.objects.filter(action="unit.registered").count() == 5_000
        assert AuditEvent.objects.get(action="units.taken_in").facts["new"] == 5_000

    def test_a_file_applied_twice_changes_nothing(self, scene: Scene) -> None:
        raw = file(row(1), row(2))
        take_in(scene, raw)

        outcome = take_in(scene, file(row(1), row(2), row(3)))

        assert (outcome.new, outcome.same) == (1, 2)

    def test_a_known_code_with_other_facts_is_a_fault(self, scene: Scene) -> None:
        take_in(scene, file(row(1)))

        outcome = look(scene, file(row(1, rooms="5")))

        assert [(fault.line, fault.field) for fault in outcome.faults] == [
            (2, "code"),
            (2, "cadastral_sheet"),
        ]

    def test_a_look_keeps_nothing(self, scene: Scene) -> None:
        assert look(scene, file(row(1))).new == 1
        assert not Unit.objects.exists()

    def test_the_first_file_that_is_handed_out_can_be_handed_in(self, scene: Scene) -> None:
        assert take_in(scene, unit_files.empty_file().encode()).new == 1

    def test_a_spreadsheet_is_read_too(self, scene: Scene) -> None:
        book, raw = Workbook(), io.BytesIO()
        sheet = book.active
        assert sheet is not None
        sheet.append(HEADER.split(","))
        sheet.append(["H1", "Via Inventata 1", 6, 3, 62.5, "donation", 1, 2, 3, "F"])
        book.save(raw)

        assert take_in(scene, raw.getvalue()).new == 1

    def test_an_unknown_and_a_missing_column_are_told_at_line_one(self, scene: Scene) -> None:
        outcome = look(scene, b"code,colour\nA,red\n")

        assert {fault.line for fault in outcome.faults} == {1}
        assert {"colour", "address", "rooms"} <= {fault.field for fault in outcome.faults}

    def test_who_only_reads_enters_nothing(self, scene: Scene) -> None:
        upload = Upload(scene.cast.issuer, file(row(1)))

        with pytest.raises(MayNot):
            unit_files.take_in(upload=upload, by=scene.cast.finance, at=scene.at)


class TestPageAndEndpoint:
    def test_the_page_shows_what_a_file_would_do_and_then_does_it(self, scene: Scene) -> None:
        client = Client()
        client.force_login(scene.cast.owner)
        address = reverse("home-file")

        looked = client.post(address, {"file": upload(file(row(1), row(2, rooms="x")))})
        done = client.post(address, {"file": upload(file(row(1))), "is_real": "on"})

        assert [fault.field for fault in looked.context["outcome"].faults] == ["rooms"]
        assert done.status_code == 302
        assert Unit.objects.count() == 1

    def test_the_endpoint_tells_every_fault(self, scene: Scene) -> None:
        client = APIClient()
        client.force_authenticate(scene.cast.owner)

        body = {"file": upload(file(row(1, district="9"))), "dry_run": "true"}
        looked = client.post("/api/v1/units/files/", body, format="multipart")
        body = {"file": upload(file(row(1, district="9")))}
        refused = client.post("/api/v1/units/files/", body, format="multipart")

        assert looked.data["faults"][0]["line"] == 2
        assert refused.status_code == 422
        assert refused.data["facts"]["faults"][0]["field"] == "district"


class TestColumns:
    def test_no_name_is_of_two_columns(self) -> None:
        names = [name for one in unit_rows.COLUMNS for name in (one.name, *one.also)]

        assert len(names) == len(set(names))

    @pytest.mark.parametrize("cell", ["1.234,50", "1,234.50", "1234,5", "1234.5"])
    def test_an_amount_is_read_as_either_language_writes_it(self, cell: str) -> None:
        table = tables.read(f"a;b\nx;{cell}\n".encode())
        columns = (cells.Column("a", cells.text(9)), cells.Column("b", cells.euro))

        (read,), faults = cells.read(table=table, columns=columns)

        assert faults == []
        assert f"{read.values['b'].amount:.2f}" == "1234.50"


def upload(raw: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("homes.csv", raw)
