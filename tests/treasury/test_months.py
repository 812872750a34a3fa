"""Closing a month where a bank is: open work stands in the way, late lines go to the open month."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from rest_framework.test import APIClient

from backend.core import approvals
from backend.core.models import Approval, User
from backend.ledger import months
from backend.ledger.models import Entry, Month
from backend.treasury import open_work
from backend.treasury.models import BankLine
from tests.cast import Cast
from tests.treasury.files import DAY, Move
from tests.treasury.house import House

pytestmark = pytest.mark.money
AT = dt.datetime(2026, 6, 2, 9, tzinfo=dt.UTC)
FIRST = DAY.replace(day=1)
LAST = (FIRST + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def browser(user: User) -> Client:
    one = Client(headers={"Accept-Language": "en"})
    one.force_login(user)
    return one


def sentences(house: House) -> list[str]:
    with translation.override("en"):
        return [one.sentence for one in open_work.until(house.issuer, LAST)]


@pytest.fixture
def paid(house: House) -> House:
    """A pledge was paid, and the statements reach the end of the month."""
    house.expect(1)
    house.pay(1)
    house.bank(until=LAST)
    return house


def close(house: House, cast: Cast) -> Month:
    asked = months.ask_to_close(organisation=house.issuer, first_day=FIRST, by=cast.finance, at=AT)
    approvals.approve(approval=asked, by=cast.owner, at=AT)
    return Month.objects.get()


class TestUntil:
    def test_names_a_statement_that_is_missing(self, house: House) -> None:
        house.expect(1)
        house.pay(1)

        assert sentences(house) == [
            "The statements of Restricted do not reach the end of the month."
        ]

    def test_counts_lines_and_differences_of_the_time(self, paid: House) -> None:
        paid.bank(Move("7.00", text="?"), until=LAST)
        paid.run()

        assert sentences(paid) == [
            "1 bank line is not explained.",
            "1 difference is still open.",
        ]

    def test_is_empty_when_all_is_done(self, paid: House) -> None:
        assert sentences(paid) == []


class TestALineThatComesLate:
    def test_is_booked_on_the_first_open_day(self, paid: House, cast: Cast) -> None:
        close(paid, cast)

        paid.bank(Move("9.00", text="late"), until=LAST)

        line = BankLine.objects.latest("id")
        entry = Entry.objects.get(subject=f"bank_statement:{line.statement_id}")
        assert (line.booked_on, entry.on) == (DAY, LAST + dt.timedelta(days=1))


class TestPage:
    def test_asks_and_another_person_closes(self, paid: House, cast: Cast) -> None:
        page = reverse("treasury-months")
        assert "Ask for its close" in browser(cast.finance).get(page).content.decode()
        browser(cast.finance).post(page)

        browser(cast.owner).post(reverse("approval-approve", args=[Approval.objects.get().pk]))

        assert Month.objects.get().closed_at is not None
        assert "To be closed next" in browser(cast.finance).get(page).content.decode()

    def test_lists_what_stands_in_the_way(self, house: House, cast: Cast) -> None:
        house.bank(Move("7.00", text="?"))

        page = browser(cast.finance).get(reverse("treasury-months")).content.decode()

        assert "1 bank line is not explained." in page
        assert "Ask for its close" not in page


class TestApi:
    def test_refuses_with_what_stands_in_the_way(self, house: House, cast: Cast) -> None:
        house.bank(Move("7.00", text="?"))
        api = APIClient()
        api.force_authenticate(cast.finance)

        answer = api.post("/api/v1/books/months/", {"first_day": FIRST.isoformat()}, format="json")

        assert (answer.status_code, answer.data["code"]) == (409, "month.in_the_way")

    def test_asks_and_lists(self, paid: House, cast: Cast) -> None:
        api = APIClient()
        api.force_authenticate(cast.finance)

        asked = api.post("/api/v1/books/months/", {"first_day": FIRST.isoformat()}, format="json")
        found = api.get("/api/v1/books/months/").data["results"]

        assert asked.status_code == 201
        assert [(one["first_day"], one["closed_at"]) for one in found] == [
            (FIRST.isoformat(), None)
        ]
