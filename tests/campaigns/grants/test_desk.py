"""Grants, invoices and own money at the desk and over the API."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from backend.core import clock
from backend.core.models import User
from campaigns.models import Grant, Invoice, RunningCost
from tests import undone
from tests.campaigns.grants import given
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.money
API = "/api/v1"


def browser(user: User) -> Client:
    one = Client(headers={"Accept-Language": "en"})
    one.force_login(user)
    return one


def api(user: User, key: str = "k") -> APIClient:
    one = APIClient(headers={"Idempotency-Key": key})
    one.force_authenticate(user)
    return one


def cost_of(scene: Scene, invoice: Invoice, **more: Any) -> dict[str, Any]:
    return {
        "invoice": invoice.pk,
        "purpose": "works",
        "incurred_on": scene.day.isoformat(),
        "due_on": (scene.day + dt.timedelta(days=5)).isoformat(),
        "bank_account": scene.ordinary.pk,
        **more,
    }


class TestPages:
    def test_a_grant_is_written_down_and_charged(self, scene: Scene) -> None:
        finance, day = browser(scene.cast.finance), clock.today()
        scene.day = day
        told = {
            "code": "bando", "title": "Bando", "grantor": "Fondazione", "agreement": "1",
            "amount": "6000", "starts_on": day, "ends_on": day + dt.timedelta(days=9),
            "pay_until": day + dt.timedelta(days=9), "kinds": ["works"],
            "bank_account": scene.ordinary.pk, "first_amount": "6000", "first_due_on": day,
        }  # fmt: skip
        finance.post(reverse("grants"), told)
        grant = Grant.objects.get()

        address = reverse("grant-desk", args=[grant.pk])
        finance.post(address, cost_of(scene, given.invoice(scene), amount="1500"))

        assert "4,500" in finance.get(address).content.decode()

    def test_a_refusal_stands_at_its_field(self, scene: Scene) -> None:
        grant = given.grant(scene)
        told = cost_of(scene, given.invoice(scene), amount="1500", purpose="insurance")

        page = browser(scene.cast.finance).post(reverse("grant-desk", args=[grant.pk]), told)

        assert "does not pay for" in page.content.decode()
        assert not RunningCost.objects.exists()

    def test_an_invoice_is_kept_and_read_again(self, scene: Scene) -> None:
        finance = browser(scene.cast.finance)
        told = {
            "supplier": "Impresa", "supplier_tax_code": "X1", "number": "9", "total": "100",
            "issued_on": scene.day,
            "paper": SimpleUploadedFile("i.pdf", b"%PDF-1", "application/pdf"),
        }  # fmt: skip
        finance.post(reverse("invoices"), told)

        paper = finance.get(reverse("invoice-paper", args=[Invoice.objects.get().pk]))
        assert paper.content == b"%PDF-1"

    def test_own_money_pays_what_runs(self, scene: Scene) -> None:
        finance = browser(scene.cast.finance)
        told = cost_of(scene, given.invoice(scene), amount="1500", fund=scene.own_fund.pk)

        finance.post(reverse("own-money"), told)

        page = finance.get(reverse("own-money")).content.decode()
        assert RunningCost.objects.get().expectation.reference in page  # type: ignore[union-attr]

    def test_a_cost_charged_in_haste_is_undone_from_the_message(self, scene: Scene) -> None:
        finance = browser(scene.cast.finance)
        told = cost_of(scene, given.invoice(scene), amount="50", fund=scene.own_fund.pk)
        page = finance.post(reverse("own-money"), told, follow=True)

        finance.post(*undone.form(page))

        assert RunningCost.objects.get().cancelled_at is not None

    @pytest.mark.parametrize("form", ["pdf", "csv"])
    def test_the_statement_is_a_file(self, scene: Scene, form: str) -> None:
        grant = given.grant(scene)
        address = reverse("grant-statement", args=[grant.pk, form])

        assert browser(scene.cast.auditor).get(address).status_code == 200
        assert browser(scene.cast.stranger).get(address).status_code == 404


class TestApi:
    def test_tells_how_a_grant_stands(self, scene: Scene) -> None:
        scene.day = clock.today()
        grant = given.grant(scene)
        given.charge(scene, grant)

        told = api(scene.cast.auditor).get(f"{API}/grants/{grant.pk}/").data

        assert told["remains"] == {"amount": "4500.00", "currency": "EUR"}
        assert [row["amount"]["amount"] for row in told["instalments"]] == ["4000.00", "2000.00"]
        assert told["costs"][0]["sha256"] == Invoice.objects.get().sha256

    def test_writes_a_grant_down(self, scene: Scene) -> None:
        day, money = scene.day.isoformat(), {"amount": "100.00", "currency": "EUR"}
        told = {
            "code": "g", "title": "G", "grantor": "F", "agreement": "1", "amount": money,
            "starts_on": day, "ends_on": day, "pay_until": day, "kinds": ["works"],
            "bank_account": scene.ordinary.pk, "instalments": [{"amount": money, "due_on": day}],
        }  # fmt: skip
        answers = [
            api(scene.cast.finance).post(f"{API}/grants/", told, format="json") for _ in range(2)
        ]

        assert [one.status_code for one in answers] == [201, 409]
        assert api(scene.cast.stranger).get(f"{API}/grants/").data["count"] == 0

    def test_charges_orders_and_cancels(self, scene: Scene) -> None:
        finance = api(scene.cast.finance)
        money = {"amount": "1500.00", "currency": "EUR"}
        told = cost_of(scene, given.invoice(scene), amount=money, fund=scene.own_fund.code)
        made = finance.post(f"{API}/running-costs/", told, format="json")
        assert made.status_code == 201, made.data

        day = {"execute_on": scene.day.isoformat()}
        finance = api(scene.cast.finance, "k2")
        ordered = finance.post(f"{API}/running-costs/orders/", day, format="json")
        path = f"{API}/running-costs/{made.data['id']}/cancel/"
        cancelled = api(scene.cast.finance, "k3").post(path, {"reason": "No."}, format="json")

        assert (ordered.status_code, ordered.data["transfers"]) == (201, 1)
        assert (cancelled.status_code, cancelled.data["code"]) == (409, "running_cost.not_open")

    def test_tells_own_money(self, scene: Scene) -> None:
        scene.own_money("70.00")

        told = api(scene.cast.finance).get(f"{API}/own-money/").data

        assert (told["cash"]["amount"], told["owed"]["amount"]) == ("70.00", "0.00")
