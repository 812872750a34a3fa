"""The queue finds by kind, state, owner, account, amount and age, and only what is one's own."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from backend.treasury.desk import acts, items, queue
from backend.treasury.desk.acts import Share
from backend.treasury.desk.queue import State, Wanted
from backend.treasury.models import Discrepancy
from tests import kept
from tests.cast import Cast
from tests.treasury.desk.scene import explain, line
from tests.treasury.house import AT, House

pytestmark = pytest.mark.money
LATER = AT + dt.timedelta(days=8)


@pytest.fixture(scope="module")
def kept_desk(kept_house: House, kept_cast: Cast) -> House:
    """Four of a kind and a shortfall: mine, one that waits for another person, one resolved."""
    house, cast = kept_house, kept_cast
    house.expect(1)
    house.pay(1, "480.00")
    for amount in ("10.00", "30000.00", "7.00"):
        line(house, amount)
    mine, large, over = Discrepancy.objects.filter(kind="unexplained").order_by("id")
    items.assign(discrepancy=mine, owner=cast.finance, by=cast.finance, at=AT)
    for one in (large, over):
        assert one.line is not None
        explain(cast, one.line, Share(fund=house.own, payer="Soci"))
    return kept.checked(house)


@pytest.fixture
def desk(kept_desk: House, copied: kept.Copied, db: None) -> House:
    return copied(kept_desk)


class TestFind:
    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            ({}, ["20.00", "10.00", "30000.00"]),
            ({"kind": "short"}, ["20.00"]),
            ({"state": State.ASKED}, ["30000.00"]),
            ({"state": State.RESOLVED}, ["7.00"]),
            ({"state": State.ALL}, ["20.00", "10.00", "30000.00", "7.00"]),
            ({"owner": queue.MINE}, ["10.00"]),
            ({"owner": queue.NOBODY}, ["20.00", "30000.00"]),
            ({"least": Decimal(20)}, ["20.00", "30000.00"]),
            ({"most": Decimal(20)}, ["20.00", "10.00"]),
            ({"older_than_days": 7}, ["20.00", "10.00", "30000.00"]),
            ({"older_than_days": 8}, []),
        ],
        ids=str,
    )
    def test_finds_what_is_wanted(
        self, desk: House, cast: Cast, wanted: dict[str, Any], expected: list[str]
    ) -> None:
        found = queue.find(wanted=Wanted(**wanted), to=cast.finance, at=LATER)

        assert [f"{one.amount.amount:.2f}" for one in found] == expected

    def test_finds_those_of_an_account_and_of_a_person(self, desk: House, cast: Cast) -> None:
        at_restricted = Wanted(account=desk.restricted.pk)
        of_finance = Wanted(owner=str(cast.finance.pk))

        assert queue.find(wanted=at_restricted, to=cast.owner, at=AT).get().kind == "short"
        assert queue.find(wanted=of_finance, to=cast.owner, at=AT).get().owner == cast.finance

    def test_shows_strangers_nothing(self, desk: House, cast: Cast) -> None:
        everything = Wanted(state=State.ALL)

        assert not queue.find(wanted=everything, to=cast.stranger, at=AT).exists()

    def test_finds_what_another_person_must_give_up(self, desk: House, cast: Cast) -> None:
        desk.expect(2, "2000.00")
        desk.pay(2, "10.00")
        short = Discrepancy.objects.latest("id")

        acts.give_up(discrepancy=short, by=cast.finance, at=AT, reason="Waived.")

        asked = queue.find(wanted=Wanted(state=State.ASKED), to=cast.finance, at=AT)
        assert [one for one in asked if one.kind == "short"] == [short]
