"""The API of homes and people, as the demo calls it: one road from a home to its published figures."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.response import Response
from rest_framework.test import APIClient

from backend.core import clock, jobs
from backend.core.models import User
from backend.core.money import euro as amount_of
from backend.treasury.models import Expectation
from properties.models import CostLine, Snapshot
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

UNIT = {
    "code": "M1",
    "address": "Via Inventata 1",
    "district": 6,
    "rooms": 3,
    "area_m2": "58.00",
    "source": "court_auction",
    "occupancy": "DEBTOR_FAMILY",
}
HOUSEHOLD = {
    "code": "F-01",
    "referred_by": "Servizi sociali",
    "referred_on": "2024-12-01",
    "people": {"6_17": 2, "35_54": 2},
    "ethos": "EL7x",
    "isee": "to_10310",
}


def euro(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


class Caller:
    """One person at the API; every POST carries a key of its own unless one is given."""

    def __init__(self, user: User) -> None:
        self.client = APIClient()
        self.client.force_authenticate(user)

    def post(self, path: str, body: dict[str, Any], key: str = "") -> Response:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        answer: Response = self.client.post(f"/api/v1/{path}", body, headers=headers)
        return answer

    def get(self, path: str) -> Response:
        answer: Response = self.client.get(f"/api/v1/{path}")
        return answer


@pytest.fixture
def manager(scene: Scene) -> Caller:
    return Caller(scene.cast.owner)


def bought(scene: Scene, manager: Caller) -> int:
    """A past purchase, recorded and approved; its id."""
    unit = manager.post("units/", UNIT).data["id"]
    body = {
        "unit": unit,
        "route": "court_auction",
        "fund": scene.raised.code,
        "title": "DECREE",
        "title_on": "2024-12-20",
        "possession_on": "2024-12-22",
        "max_price": euro("31250.00"),
    }
    acquisition = manager.post("acquisitions/recorded/", body).data["id"]
    asked = manager.post(f"acquisitions/{acquisition}/request-approval/", {}).data["approval"]
    Caller(scene.cast.colleague).post(f"approvals/{asked}/approve/", {})
    return int(acquisition)


class TestUnits:
    def test_a_home_is_entered_and_read(self, manager: Caller) -> None:
        made = manager.post("units/", UNIT)

        assert made.status_code == 201
        assert manager.get(f"units/{made.data['id']}/").data["district_name"].startswith("Barriera")
        assert made.data["synthetic"] is True

    def test_a_taken_code_is_a_conflict_with_a_code(self, manager: Caller) -> None:
        manager.post("units/", UNIT)

        again = manager.post("units/", UNIT)

        assert (again.status_code, again.data["code"]) == (409, "unit.code_taken")

    def test_what_is_not_there_is_named_by_field(self, manager: Caller) -> None:
        answer = manager.post("units/", {"code": "M1"})

        assert answer.status_code == 422
        assert {"address", "district", "rooms"} <= set(answer.data["errors"])


class TestAcquisitions:
    def test_a_purchase_goes_its_way(self, scene: Scene, manager: Caller) -> None:
        unit = manager.post("units/", UNIT).data["id"]
        body = {"unit": unit, "route": "court_auction", "fund": scene.raised.code}
        body |= {"base_price": euro("36000.00"), "max_price": euro("36000.00")}
        made = manager.post("acquisitions/", body).data

        moved = manager.post(
            f"acquisitions/{made['id']}/moves/", {"to": "REPORT_REVIEWED", "on": "2025-01-07"}
        )

        assert moved.data["state"] == "REPORT_REVIEWED"
        assert "APPROVED" in moved.data["next_states"]
        assert moved.data["missing"]

    def test_a_cost_is_committed_once_per_key(self, scene: Scene, manager: Caller) -> None:
        acquisition = bought(scene, manager)
        body = {"kind": "acquisition.price", "amount": euro("31250.00"), "due_on": "2025-01-10"}
        first = manager.post(f"acquisitions/{acquisition}/costs/", body, key="one")
        again = manager.post(f"acquisitions/{acquisition}/costs/", body, key="one")

        assert (first.status_code, again.status_code) == (201, 201)
        assert first.data["reference"] == again.data["reference"]
        assert CostLine.objects.count() == 1

    def test_a_cost_without_a_key_is_refused(self, scene: Scene, manager: Caller) -> None:
        acquisition = bought(scene, manager)

        answer = manager.client.post(f"/api/v1/acquisitions/{acquisition}/costs/", {})

        assert (answer.status_code, answer.data["code"]) == (400, "idempotency.key_missing")

    def test_raised_capital_for_works_is_refused(self, scene: Scene, manager: Caller) -> None:
        acquisition = bought(scene, manager)
        body = {"kind": "works", "amount": euro("10.00"), "due_on": "2025-01-10"}

        answer = manager.post(f"acquisitions/{acquisition}/costs/", body)

        assert (answer.status_code, answer.data["code"]) == (409, "cost.fund_does_not_pay")

    def test_a_fund_of_somebody_else_is_unknown(self, scene: Scene) -> None:
        stranger = Caller(scene.cast.stranger)
        unit = stranger.post("units/", UNIT).data["id"]

        answer = stranger.post(
            "acquisitions/", {"unit": unit, "route": "market", "fund": scene.raised.code}
        )

        assert answer.data["code"] == "fund.unknown"


class TestHouseholds:
    def test_a_household_lives_stays_and_is_asked(self, scene: Scene, manager: Caller) -> None:
        bought(scene, manager)
        worker = Caller(scene.cast.caseworker)
        household = worker.post("households/", HOUSEHOLD).data["id"]
        unit = worker.get("units/").data["results"][0]["id"]
        tenancy = worker.post(
            "tenancies/",
            {
                "unit": unit,
                "household": household,
                "track": "OCCUPIED",
                "contract_no": "C-1",
                "kind": "3+2",
                "rent": euro("260.00"),
                "starts_on": "2024-12-22",
            },
        )
        outcome = worker.post(
            f"households/{household}/outcomes/", {"code": "KEPT_NO_AID", "on": "2025-01-06"}
        )

        assert (tenancy.status_code, outcome.status_code) == (201, 201)
        assert worker.get(f"households/{household}/").data["size"] == 4

    def test_nobody_in_it_is_refused(self, scene: Scene) -> None:
        answer = Caller(scene.cast.caseworker).post("households/", {**HOUSEHOLD, "people": {}})

        assert (answer.status_code, answer.data["code"]) == (422, "household.nobody_in_it")

    def test_a_manager_takes_nobody_in(self, manager: Caller) -> None:
        assert manager.post("households/", HOUSEHOLD).status_code == 403


class TestRentCharges:
    def test_the_month_is_charged_once_and_listed_with_references(
        self, scene: Scene, manager: Caller
    ) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, scene.household("H1"))
        lists = [manager.post("rent-charges/", {"month": "2025-02-01"}).data for _ in range(2)]

        assert lists[0] == lists[1]
        assert lists[0][0]["amount"] == euro("320.00")
        assert lists[0][0]["reference"].startswith("RF")


class TestSnapshots:
    def test_figures_are_taken_reviewed_and_published(self, scene: Scene, manager: Caller) -> None:
        bought(scene, manager)
        day = "2025-01-07"
        assert manager.post("snapshots/", {"as_of": day}).status_code == 202
        jobs.drain_all(at=scene.at.replace(year=2030))
        [taken] = manager.get(f"snapshots/?as_of={day}").data["results"]
        path = f"snapshots/{taken['id']}/moves/"
        manager.post(path, {"to": "submitted"})
        city = Caller(scene.cast.city_reviewer)
        city.post(path, {"to": "accepted", "text": "In order."})

        published = manager.post(path, {"to": "published"})

        assert published.data["state"] == "published"
        assert published.data["reviewed_by_city"] is True
        assert Snapshot.objects.get().published_at is not None

    def test_the_issuer_does_not_accept_for_the_city(self, scene: Scene, manager: Caller) -> None:
        manager.post("snapshots/", {"as_of": "2025-01-07"})
        jobs.drain_all(at=scene.at.replace(year=2030))
        path = f"snapshots/{Snapshot.objects.get().pk}/moves/"
        manager.post(path, {"to": "submitted"})

        assert manager.post(path, {"to": "accepted"}).status_code == 403

    def test_a_day_that_is_none_is_named(self, manager: Caller) -> None:
        assert manager.get("snapshots/?as_of=yesterday").status_code == 422


class TestSales:
    def test_a_home_is_sold(self, scene: Scene, manager: Caller) -> None:
        unit = scene.unit("S1")
        scene.buy(unit)
        body = {"price": euro("45000.00"), "due_on": "2025-03-01"}
        made = manager.post(f"units/{unit.pk}/sales/", body)
        [asked] = Caller(scene.cast.colleague).get("approvals/").data["results"]
        Caller(scene.cast.colleague).post(f"approvals/{asked['id']}/approve/", {})
        [part] = manager.get(f"units/{unit.pk}/sales/").data["results"][0]["parts"]
        scene.bank((Expectation.objects.get(reference=part["reference"]), amount_of("45000.00")))

        closed = manager.post(f"sales/{made.data['id']}/close/", {"deed_on": str(clock.today())})

        assert part["fund"] == scene.raised.code
        assert closed.data["state"] == "closed"

    def test_a_sale_is_given_up(self, scene: Scene, manager: Caller) -> None:
        unit = scene.unit("S1")
        scene.buy(unit)
        body = {"price": euro("45000.00"), "due_on": "2025-03-01"}
        made = manager.post(f"units/{unit.pk}/sales/", body).data

        ended = manager.post(f"sales/{made['id']}/cancel/", {"reason": "No loan"})

        assert ended.data["state"] == "cancelled"


class TestWorks:
    def test_works_are_opened_moved_varied_and_paid(self, scene: Scene, manager: Caller) -> None:
        unit = scene.unit("W1")
        scene.buy(unit)
        told = {"unit": unit.pk, "description": "Boiler", "budget": euro("5000.00")}
        made = manager.post("works/", told | {"fund": "own", "started_on": "2025-01-07"}).data
        path = f"works/{made['id']}"

        moved = manager.post(f"{path}/moves/", {"to": "WORKS", "on": "2025-01-08"})
        asked = manager.post(
            f"{path}/variations/", {"amount": euro("100.00"), "less": True, "reason": "Cheaper"}
        )
        cost = manager.post(f"{path}/costs/", {"amount": euro("400.00"), "due_on": "2025-01-20"})

        assert (moved.data["state"], asked.status_code, cost.status_code) == ("WORKS", 201, 201)
        assert manager.get(f"{path}/").data["committed"]["amount"] == "400.00"


class TestCosts:
    def test_a_cost_is_planned_owed_and_dropped(self, scene: Scene, manager: Caller) -> None:
        purchase = scene.buy(scene.unit("C1"))
        body = {"kind": "acquisition.taxes", "amount": euro("900.00"), "due_on": "2025-02-01"}

        line = manager.post(f"acquisitions/{purchase.pk}/costs/", {**body, "planned": True}).data
        owed = manager.post(f"costs/{line['id']}/owe/", {}).data
        dropped = manager.post(f"costs/{line['id']}/drop/", {"reason": "Twice"})

        assert (line["reference"], bool(owed["reference"])) == ("", True)
        assert dropped.status_code == 204

    def test_only_a_default_is_settled(self, scene: Scene, manager: Caller) -> None:
        purchase = scene.buy(scene.unit("C1"))
        body = {"price": euro("75.00"), "due_on": "2025-02-01"}

        answer = manager.post(f"acquisitions/{purchase.pk}/default/", body)

        assert answer.data["code"] == "default.not_defaulted"


class TestPapers:
    def test_keys_certificates_and_documents_are_kept(self, scene: Scene, manager: Caller) -> None:
        unit = scene.unit("P1")
        days = {"issued_on": "2025-01-07", "expires_on": "2035-01-07"}
        manager.post(f"units/{unit.pk}/keys/", {"on": "2025-01-07", "begun": [{"sheet": "9"}]})
        manager.post(f"units/{unit.pk}/certificates/", {"energy_class": "C", **days})
        file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 invented")
        kept = manager.client.post(
            f"/api/v1/units/{unit.pk}/documents/",
            {"kind": "cadastral", "title": "Plan", "file": file},
            format="multipart",
        )

        found = manager.get(f"units/{unit.pk}/").data
        raw = manager.get(f"home-documents/{kept.data['id']}/")

        assert found["energy_class"] == "C"
        assert found["cadastral_keys"][0]["sheet"] == "9"
        assert b"".join(raw.streaming_content) == b"%PDF-1.7 invented"  # type: ignore[attr-defined]
