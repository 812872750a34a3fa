"""Following how a statement is taken in: while its lines are looked at, and when that is over."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.core import jobs
from backend.treasury.models import BankStatement
from tests.cast import Cast
from tests.treasury.files import Move
from tests.treasury.house import AT, House, Owner

pytestmark = pytest.mark.money


@pytest.fixture
def finance(cast: Cast) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(cast.finance)
    return client


def taken_in(house: House) -> BankStatement:
    """A statement of two lines, one of which is expected."""
    known = Move("500.00", f"quota {house.expect(1).reference}")
    return house.bank(known, Move("7.00", "senza riferimento"))[0]


def read(finance: Client, one: BankStatement) -> str:
    return finance.get(reverse("work", args=["statement", one.pk])).content.decode()


class TestStatement:
    def test_is_followed_from_the_page_where_it_was_handed_in(
        self, house: House, owner: Owner, finance: Client
    ) -> None:
        one = taken_in(house)

        page = finance.get(reverse("treasury-statements")).content.decode()

        assert f'data-work="/work/statement/{one.pk}/"' in page
        assert "0 of 2 lines are recognised." in page

    def test_says_at_the_end_what_waits_for_a_person(
        self, house: House, owner: Owner, finance: Client
    ) -> None:
        one = taken_in(house)
        jobs.drain_all(at=AT)

        page = read(finance, one)

        assert 'data-state="done"' in page
        assert "1 of 2 lines are recognised." in page
        assert "1 line waits for a person." in page
        assert "data-work" not in finance.get(reverse("treasury-statements")).content.decode()

    def test_is_not_there_for_strangers(self, house: House, cast: Cast) -> None:
        one, stranger = taken_in(house), Client()
        stranger.force_login(cast.stranger)

        assert stranger.get(reverse("work", args=["statement", one.pk])).status_code == 404
