"""The API and the pages of people: every fact can be told, every audience reads its own."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from backend.core import audit
from backend.core.models import User
from properties import lettings, members
from properties.indicators import REGISTRY, Indicator
from properties.indicators.shapes import About
from properties.models import Consent, Debt, EvictionCase, Household
from tests.properties.scene import Scene
from tests.properties.test_repayments import owing

pytestmark = pytest.mark.money

__all__ = ["owing"]

SENSITIVE = [row for row in REGISTRY if row.about is About.SENSITIVE]


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: User, path: str, body: dict[str, Any]) -> HttpResponse:
    answer: Any = browser(user).post(
        f"/api/v1/{path}", body, content_type="application/json", headers={"Idempotency-Key": path}
    )
    return answer


def get(user: User, path: str) -> Any:
    return browser(user).get(f"/api/v1/{path}")


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


class TestHouseholdFacts:
    DAY = "2025-01-07"

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("outcomes", {"code": "INSTITUTION", "is_care": True}),
            ("actions", {"kind": "BUDGET_ADVICE"}),
            ("results", {"code": "STABLE"}),
            ("hardships", {"cause": "DISMISSAL"}),
            ("milestones", {"kind": "CONTACT"}),
            ("aids", {"kind": "LOCARE"}),
            ("debts", {"creditor": "Banca", "owed": money("900.00")}),
            ("incomes", {"monthly": money("900.00"), "allowance": money("0.00")}),
            ("answers", {"score": None}),
            ("evictions", {"landlord": "Altro", "rent_due_on": "2024-12-05"}),
            (
                "traits",
                {"kind": "DISABILITY", "said": "NO", "service": "lift", "legal_basis": "L. 104",
                 "source": "interview"},
            ),
        ],
    )  # fmt: skip
    def test_each_is_written_down_by_its_caseworker_alone(
        self, scene: Scene, kind: str, body: dict[str, Any]
    ) -> None:
        path = f"households/{scene.household('H1').pk}/{kind}/"
        body = {**body, "on": self.DAY}

        assert post(scene.cast.caseworker, path, body).status_code == 201
        assert post(scene.cast.other_caseworker, path, body).status_code == 404
        assert post(scene.cast.owner, path, body).status_code == 403

    @pytest.mark.parametrize(
        ("kind", "body", "readers"),
        [
            ("outcomes", {"code": "KEPT_NO_AID"}, "caseworker owner auditor"),
            ("debts", {"creditor": "Banca", "owed": money("900.00")}, "caseworker owner auditor"),
            ("incomes", {"monthly": money("900.00"), "allowance": money("0.00")}, "caseworker"),
            ("answers", {"score": 7}, "caseworker"),
        ],
    )
    def test_each_is_read_by_those_who_may(
        self, scene: Scene, kind: str, body: dict[str, Any], readers: str
    ) -> None:
        path = f"households/{scene.household('H1').pk}/{kind}/"
        post(scene.cast.caseworker, path, {**body, "on": self.DAY})

        told = {
            who: get(getattr(scene.cast, who), path)
            for who in ("caseworker", "owner", "auditor", "finance")
        }

        assert {who for who, answer in told.items() if answer.status_code == 200} == set(
            readers.split()
        )
        assert [row["id"] > 0 for row in told["caseworker"].json()["results"]] == [True]
        assert get(scene.cast.other_caseworker, path).status_code == 404

    def test_what_is_special_is_opened_for_a_purpose(self, scene: Scene) -> None:
        household = scene.household("H1")
        path = f"households/{household.pk}/"
        trait = {
            "kind": "DISABILITY", "said": "YES", "service": "lift", "legal_basis": "L. 104",
            "source": "interview", "on": self.DAY,
        }  # fmt: skip
        post(scene.cast.caseworker, f"{path}traits/", trait)

        listed = get(scene.cast.caseworker, f"{path}traits/")
        opened: Any = post(scene.cast.auditor, f"{path}special/", {"purpose": "A complaint"})

        assert "YES" not in listed.content.decode()
        assert [row["said"] for row in opened.json()["traits"]] == ["YES"]
        assert audit.history(household).last().action == "identity.read"  # type: ignore[union-attr]
        assert post(scene.cast.caseworker, f"{path}special/", {"purpose": ""}).status_code == 422
        assert post(scene.cast.owner, f"{path}special/", {"purpose": "A look"}).status_code == 403

    def test_what_is_decided_later_has_its_own_address(self, scene: Scene) -> None:
        who, household = scene.cast.caseworker, scene.household("H1").pk
        self.told(who, household)
        debt, consent = Debt.objects.get(), Consent.objects.get()

        settled = {"settled_for": money("300.00"), "on": self.DAY}
        step = {"to": "INTIMAZIONE", "on": self.DAY, "next_on": "2025-02-01"}
        case = EvictionCase.objects.get().pk
        assert post(who, f"debts/{debt.pk}/settlement/", settled).status_code == 201
        assert post(who, f"debts/{debt.pk}/settlement/", settled).status_code == 409
        for act in ("withdrawal", "removal"):
            assert post(who, f"consents/{consent.pk}/{act}/", {"on": self.DAY}).status_code == 201
        assert post(who, f"evictions/{case}/steps/", step).status_code == 201

    def told(self, who: User, household: int) -> None:
        facts: dict[str, dict[str, Any]] = {
            "debts": {"creditor": "Banca", "owed": money("900.00"), "on": self.DAY},
            "evictions": {"landlord": "Altro", "on": self.DAY, "rent_due_on": "2024-12-05"},
            "consents": {
                "scope": "CITY", "given_on": self.DAY, "ends_on": "2026-01-07", "document": "f. 3",
            },
        }  # fmt: skip
        for kind, body in facts.items():
            assert post(who, f"households/{household}/{kind}/", body).status_code == 201

    def test_a_name_is_opened_with_a_purpose(self, scene: Scene) -> None:
        path = f"households/{scene.household('H1', identity={'name': 'Rossi'}).pk}/identity/"

        answer: Any = post(scene.cast.caseworker, path, {"purpose": "To call about the lease"})

        assert answer.json()["name"] == "Rossi"
        assert post(scene.cast.caseworker, path, {"purpose": "x"}).status_code == 422


class TestRents:
    def test_arrears_are_told_by_contract_and_age(self, scene: Scene, owing: Any) -> None:
        for user in (scene.cast.finance, scene.cast.owner, scene.cast.caseworker):
            [row] = browser(user).get("/api/v1/arrears/").json()["results"]
            assert (row["contract_no"], row["owed"]) == (owing.contract_no, money("640.00"))
        assert browser(scene.cast.city_reviewer).get("/api/v1/arrears/").status_code == 403

    def test_a_plan_is_agreed_on_and_given_up(self, scene: Scene, owing: Any) -> None:
        who = scene.cast.caseworker
        body = {
            "tenancy": owing.pk, "instalment": money("80.00"), "frequency": "weekly",
            "starts_on": "2025-04-01",
        }  # fmt: skip

        plan: Any = post(who, "repayment-plans/", body)
        ended: Any = post(who, f"repayment-plans/{plan.json()['id']}/give-up/", {"reason": "moved"})

        assert (plan.status_code, ended.json()["state"]) == (201, "CANCELLED")

    def test_a_market_rent_needs_its_source(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        body = {
            "unit": unit.pk, "household": scene.household("H1").pk, "track": "FREE",
            "contract_no": "C1", "kind": "3+2", "rent": money("300.00"),
            "market_rent": money("500.00"), "starts_on": str(scene.day),
        }  # fmt: skip

        refused: Any = post(scene.cast.caseworker, "tenancies/", body)

        assert refused.json()["code"] == lettings.NoSource.code


class TestIndicators:
    def test_all_stand_on_the_page_and_lead_to_their_members(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, scene.household("H1"))
        scene.tenancy(self.bought(scene, "A2"), scene.household("H2", is_restricted=True))
        client = browser(scene.cast.owner)

        rows = client.get("/api/v1/indicators/?as_of=2025-01-31&page_size=200").json()["results"]
        listed = client.get(reverse("indicator-members", args=["households_housed"]))

        assert len(rows) == len(REGISTRY)
        assert next(r for r in rows if r["code"] == "households_housed")["value"] == 2
        assert [row.code for row in listed.context["rows"]] == ["H1"]

    @pytest.mark.parametrize("sensitive", SENSITIVE, ids=lambda row: row.code)
    @pytest.mark.parametrize("reader", ["owner", "auditor"])
    def test_nobody_is_listed_behind_a_sensitive_trait(
        self, scene: Scene, sensitive: Indicator, reader: str
    ) -> None:
        scene.tenancy(self.bought(scene, "A1"), scene.household("H1"))
        client = browser(getattr(scene.cast, reader))
        page = reverse("indicator-members", args=[sensitive.code])

        refused: Any = client.get(f"/api/v1/indicators/{sensitive.code}/members/")
        table = client.get(reverse("indicators")).content.decode()

        for day in ("2025-01-31", "2025-02-01"):
            path = f"/api/v1/indicators/?as_of={day}&page_size=200"
            told = {row["code"]: row for row in client.get(path).json()["results"]}
            row = told[sensitive.code]
            assert (row["suppressed"], row["value"], row["of"], row["members"]) == (
                True, None, None, None,
            )  # fmt: skip
            assert told["households_housed"]["suppressed"] is False
        assert (refused.status_code, refused.json()["code"]) == (403, members.NotListed.code)
        assert client.get(page).status_code == 403
        assert str(sensitive.name) in table
        assert page not in table
        assert reverse("indicator-members", args=["households_housed"]) in table

    def bought(self, scene: Scene, code: str) -> Any:
        unit = scene.unit(code)
        scene.buy(unit)
        return unit

    @pytest.mark.parametrize(
        "codes",
        [
            ("units_acquired", "households_housed", "void_days_median", "plans_kept"),
            pytest.param(
                tuple(r.code for r in REGISTRY if r not in SENSITIVE), marks=pytest.mark.thorough
            ),
        ],
        ids=("kinds", "all"),
    )
    def test_each_kind_of_member_has_its_list(self, scene: Scene, codes: tuple[str, ...]) -> None:
        client = browser(scene.cast.owner)

        answers = [client.get(f"/api/v1/indicators/{code}/members/") for code in codes]

        assert {answer.status_code for answer in answers} == {200}
        assert client.get("/api/v1/indicators/gold/members/").status_code == 404


class TestPages:
    def test_open_for_those_who_may(self, scene: Scene, owing: Any) -> None:
        household = Household.objects.get().pk
        pages = {
            reverse("households"): ("caseworker", "owner", "auditor"),
            reverse("household-support", args=[household]): ("caseworker", "owner"),
            reverse("arrears"): ("finance", "owner", "caseworker"),
            reverse("indicators"): ("owner", "auditor"),
            reverse("referrals"): ("city_reviewer", "owner"),
        }

        for path, names in pages.items():
            for name in names:
                assert browser(getattr(scene.cast, name)).get(path).status_code == 200

    def test_a_fact_is_typed_in_and_stands_there(self, scene: Scene) -> None:
        client, household = browser(scene.cast.caseworker), scene.household("H1").pk
        path = reverse("household-tell", args=[household, "debt"])

        bad = client.post(path, {"creditor": "Banca", "owed": "0", "on": "2025-01-07"})
        client.post(path, {"creditor": "Banca", "owed": "900", "on": "2025-01-07"})
        page = client.get(reverse("household-support", args=[household]))

        assert b"maggiore di zero" in bad.content
        assert "Banca" in page.content.decode()

    def test_a_manager_reads_and_types_nothing(self, scene: Scene) -> None:
        household = scene.household("H1").pk
        page = browser(scene.cast.owner).get(reverse("household-support", args=[household]))

        assert b"<form" not in page.content.split(b"<main")[1].split(b"</main")[0]
