"""Market rents by zone: taken in from a file, looked up for a home, the reference of its lease."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backend.core.money import euro
from properties import corrections, omi
from properties.models import OmiQuotation, Unit
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

HEADER = "Zona;LinkZona;Semestre;Descr_Tipologia;Stato;Compr_min;Compr_max;Loc_min;Loc_max"
ROWS = (
    "D2;TO1;20241;Abitazioni di tipo economico;NORMALE;800;1.200,00;4,0;6,0",
    "D2;TO1;20242;Abitazioni di tipo economico;NORMALE;800;1.200,00;4,8;7,2",
    "D2;TO1;20242;Abitazioni civili;NORMALE;900;1.300,00;5,0;8,0",
    "D3;TO2;20242;Abitazioni di tipo economico;NORMALE;700;900,00;0;0",
)


def file(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def take_in(scene: Scene, *rows: str) -> omi.Outcome:
    return omi.take_in(
        raw=file(*rows), organisation=scene.cast.issuer, by=scene.cast.owner, at=scene.at
    )


def home(scene: Scene, zone: str = "D2") -> Unit:
    unit = scene.unit("A1")
    told = {"omi_zone": zone}
    return corrections.correct(
        unit=unit, told=told, reason="Looked up", by=scene.cast.owner, at=scene.at
    )


class TestTakeIn:
    def test_the_same_file_again_brings_nothing_new(self, scene: Scene) -> None:
        first, again = take_in(scene, *ROWS), take_in(scene, *ROWS)

        assert (first.new, first.same) == (4, 0)
        assert (again.new, again.same) == (0, 4)

    def test_every_wrong_row_is_told_and_none_applied(self, scene: Scene) -> None:
        wrong = (
            "D2;TO1;2024-3;Abitazioni civili;NORMALE;900;1300;5;8",
            "D2;TO1;20242;Abitazioni civili;NORMALE;900;1300;8;5",
        )

        with pytest.raises(omi.FileFaulty) as refusal:
            take_in(scene, *ROWS, *wrong)

        told = [(fault["line"], fault["field"]) for fault in refusal.value.facts["faults"]]
        assert told == [(6, "half_year"), (7, "rent_max")]
        assert not OmiQuotation.objects.exists()


class TestReference:
    @pytest.mark.parametrize(
        ("on", "low", "high"),
        [
            (dt.date(2025, 3, 1), "300.00", "450.00"),
            (dt.date(2024, 9, 1), "250.00", "375.00"),
            (dt.date(2024, 6, 30), None, None),
        ],
    )
    def test_is_the_newest_half_year_that_was_over(
        self, scene: Scene, on: dt.date, low: str | None, high: str | None
    ) -> None:
        take_in(scene, *ROWS)

        found = omi.reference(home(scene), on=on)

        told = (found.low, found.high) if found else None
        assert told == (None if low is None or high is None else (euro(low), euro(high)))

    def test_a_rent_of_zero_was_not_told(self, scene: Scene) -> None:
        take_in(scene, *ROWS)

        assert omi.reference(home(scene, "D3"), on=dt.date(2025, 3, 1)) is None

    def test_a_lease_takes_it_where_none_was_told(self, scene: Scene) -> None:
        take_in(scene, *ROWS)
        unit = home(scene)
        scene.buy(unit)

        tenancy = scene.tenancy(unit, scene.household("H1"))

        assert tenancy.market_rent == euro("375.00")
        assert tenancy.market_source == "Agenzia Entrate - OMI, D2, 2024-2"


class TestPageAndEndpoint:
    def test_a_manager_hands_in_a_file_and_sees_the_zones(self, scene: Scene) -> None:
        client = Client()
        client.force_login(scene.cast.owner)
        paper = SimpleUploadedFile("omi.csv", file(*ROWS))

        client.post(reverse("omi-file"), {"file": paper})

        page = client.get(reverse("omi"))
        assert [row.half_year for row in page.context["page"]] == ["2024-2"] * 3
        refused = client.post(reverse("omi-file"), {"file": SimpleUploadedFile("x.csv", b"a\n1")})
        assert refused.context["form"].errors["file"]

    def test_the_endpoints_take_it_and_answer_for_a_home(self, scene: Scene) -> None:
        client = Client()
        client.force_login(scene.cast.owner)
        unit = home(scene)
        path = f"/api/v1/units/{unit.pk}/market-rent/"
        before = client.get(path).json()["found"]

        client.post("/api/v1/omi/files/", {"file": SimpleUploadedFile("omi.csv", file(*ROWS))})

        assert before is False
        assert client.get("/api/v1/omi/").json()["count"] == 3
        assert client.get(path).json()["found"] is True
