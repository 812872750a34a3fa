"""Many writers on the same accounts, on real connections: no circle of waiting, no cent too many."""

from collections.abc import Callable, Iterator

import pytest

from backend.core.users import SYSTEM
from backend.ledger import checks, posting, seals
from backend.ledger.models import Entry
from backend.ledger.posting import DifferentContent, FundRule
from tests.ledger.chart import AT, DAY, Chart
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def books_hold() -> Iterator[None]:
    yield
    assert [check for check in checks.run() if not check.ok] == []


@pytest.fixture
def rich(books: Chart) -> Chart:
    """100 at the issuer's bank."""
    books.move("payer", "held", "100.00")
    books.release()
    books.move("held", "holding", "100.00")
    return books


class TestManyWriters:
    def test_to_and_fro_and_round_about_none_waits_for_ever(self, rich: Chart) -> None:
        ways = [
            (("holding", "price", "0.01"), ("price", "holding", "0.01")),
            (("price", "holding", "0.01"), ("holding", "price", "0.01")),
            (("holding", "taxes", "0.01"), ("taxes", "holding", "0.01")),
            (("payer", "held", "0.01"), ("held", "payer", "0.01")),
        ]
        rich.post(("holding", "price", "1.00"), ("holding", "taxes", "1.00"))

        def write(name: int) -> Callable[[], object]:
            legs = ways[name % len(ways)]
            return lambda: [rich.post(*legs, key=f"{name}:{number}") for number in range(12)]

        assert at_once(*map(write, range(8))) == [None] * 8
        assert (rich.balance("holding"), rich.balance("price")) == ("98.00", "1.00")

    def test_what_is_there_once_is_spent_once(self, rich: Chart) -> None:
        def spend(number: int) -> Callable[[], object]:
            return lambda: rich.move("holding", "price", "30.00", key=f"spend:{number}")

        raised = at_once(*map(spend, range(10)))

        assert sum(problem is None for problem in raised) == 3
        assert {type(problem) for problem in raised if problem} == {FundRule}
        assert rich.balance("holding") == "10.00"

    def test_seals_miss_nobody_who_writes_meanwhile(self, rich: Chart) -> None:
        def write(name: int) -> Callable[[], object]:
            return lambda: [
                rich.move("holding", "price", "0.01", key=f"{name}:{number}")
                for number in range(10)
            ]

        assert at_once(*map(write, range(4)), *[lambda: seals.seal(at=AT)] * 3) == [None] * 7
        seals.seal(at=AT)


class TestTheSameKey:
    def test_is_one_entry_for_all(self, rich: Chart) -> None:
        found: list[Entry] = []

        raised = at_once(
            *[lambda: found.append(rich.move("holding", "price", "30.00", key="one"))] * 6
        )

        assert raised == [None] * 6
        assert len({entry.pk for entry in found}) == 1
        assert rich.balance("holding") == "70.00"

    def test_with_another_amount_is_refused(self, rich: Chart) -> None:
        def spend(amount: str) -> Callable[[], object]:
            return lambda: rich.move("holding", "price", amount, key="one")

        raised = at_once(*map(spend, ["10.00", "20.00", "30.00"]))

        assert [type(problem) for problem in raised if problem] == [DifferentContent] * 2

    def test_is_reversed_once(self, rich: Chart) -> None:
        entry = rich.move("holding", "price", "30.00")

        def undo() -> Entry:
            return posting.reverse(entry=entry, reason="wrong", by=SYSTEM, at=AT, on=DAY)

        assert at_once(*[undo] * 4) == [None] * 4
        assert rich.balance("holding") == "100.00"
