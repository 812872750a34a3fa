"""The books as of a day where finance looks: page, statement, file, and the same by API."""

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from backend.ledger import seals
from tests.cast import Cast
from tests.treasury.files import DAY
from tests.treasury.house import House

pytestmark = pytest.mark.money
DAYS = {"from_on": DAY.isoformat(), "to_on": DAY.isoformat()}


@pytest.fixture
def paid(house: House) -> House:
    house.expect(1)
    house.pay(1)
    return house


@pytest.fixture
def finance(cast: Cast) -> Client:
    one = Client(headers={"Accept-Language": "en"})
    one.force_login(cast.finance)
    return one


@pytest.fixture
def api(cast: Cast) -> APIClient:
    one = APIClient()
    one.force_authenticate(cast.finance)
    return one


class TestPages:
    def test_show_every_account_and_the_seal(self, paid: House, finance: Client) -> None:
        page = finance.get(reverse("treasury-balances"), DAYS).content.decode()

        assert paid.held.code in page
        assert "all who paid in" in page
        assert seals.head() in page

    def test_show_the_statement_of_an_account(self, paid: House, finance: Client) -> None:
        page = finance.get(reverse("treasury-account", args=[paid.held.pk]), DAYS).content.decode()

        assert "500.00" in page

    def test_hide_the_accounts_of_others(self, paid: House, cast: Cast, finance: Client) -> None:
        finance.force_login(cast.stranger)

        assert (
            finance.get(reverse("treasury-account", args=[paid.held.pk]), DAYS).status_code == 404
        )
        assert (
            paid.held.code not in finance.get(reverse("treasury-balances"), DAYS).content.decode()
        )

    def test_hand_over_a_file(self, paid: House, finance: Client) -> None:
        answer = finance.post(reverse("treasury-export"), {**DAYS, "form": "accounts.csv"})

        assert paid.held.code in b"".join(answer).decode()


class TestApi:
    def test_gives_balances_and_statements(self, paid: House, api: APIClient) -> None:
        rows = api.get("/api/v1/books/balances/", DAYS).data["results"]
        one = api.get(f"/api/v1/books/accounts/{paid.held.pk}/", DAYS).data["results"]

        assert {row["account"]: row["closing"]["amount"] for row in rows}[paid.held.code] == (
            "500.00"
        )
        assert (one["closing"]["amount"], len(one["movements"])) == ("500.00", 1)

    def test_gives_a_file(self, paid: House, api: APIClient) -> None:
        answer = api.post(
            "/api/v1/books/exports/", {**DAYS, "form": "books.beancount"}, format="json"
        )

        assert b"balance Assets:Held" in b"".join(answer)

    def test_wants_days(self, paid: House, api: APIClient) -> None:
        assert api.get("/api/v1/books/balances/").status_code == 422
