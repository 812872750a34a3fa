"""Posting: keyed, safe to repeat, refused with a sentence, reversed once."""

import pytest

from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import posting
from backend.ledger.models import Entry
from backend.ledger.posting import DifferentContent, FundRule
from tests.ledger import raw
from tests.ledger.chart import AT, DAY, Chart

pytestmark = pytest.mark.django_db


class TestPost:
    def test_moves_the_balances_of_both_accounts(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")

        assert books.balance("payer") == "-500.00"
        assert books.balance("held") == "500.00"

    def test_returns_the_first_entry_when_posted_twice(self, books: Chart) -> None:
        first = books.move("payer", "held", "500.00", key="line:1")
        second = books.move("payer", "held", "500.00", key="line:1")

        assert first.pk == second.pk
        assert books.balance("held") == "500.00"

    def test_refuses_other_money_under_the_same_key(self, books: Chart) -> None:
        books.move("payer", "held", "500.00", key="line:1")

        with pytest.raises(DifferentContent):
            books.move("payer", "held", "480.00", key="line:1")

    def test_refuses_an_entry_without_a_transfer_at_commit(self, books: Chart) -> None:
        empty = posting.NewEntry("empty", "test", DAY, ())

        assert not raw.commits(lambda: posting.post(entry=empty, by=SYSTEM, at=AT))

    def test_leaves_the_transaction_usable_after_a_refusal(self, books: Chart) -> None:
        with pytest.raises(FundRule):
            books.move("held", "holding", "1.00")

        assert books.move("payer", "held", "1.00").pk


class TestReverse:
    def test_posts_the_counter_entry_once(self, books: Chart) -> None:
        entry = books.move("payer", "held", "500.00")

        first = posting.reverse(entry=entry, reason="typo", by=SYSTEM, at=AT, on=DAY)
        again = posting.reverse(entry=entry, reason="typo", by=SYSTEM, at=AT, on=DAY)

        assert first.pk == again.pk
        assert books.balance("held") == "0.00"

    def test_may_not_take_released_money_back_into_own_funds(self, books: Chart) -> None:
        entry = books.post(
            ("payer", "clearing", "500.00"),
            ("clearing", "due", "5.00"),
            ("owed", "own fees", "5.00"),
        )
        books.move("due", "held", "5.00")

        with pytest.raises(FundRule):
            posting.reverse(entry=entry, reason="trick", by=SYSTEM, at=AT, on=DAY)


class TestPostMany:
    def test_posts_all_or_none(self, books: Chart) -> None:
        good = posting.NewEntry("good", "test", DAY, (_leg(books, "payer", "held"),))
        bad = posting.NewEntry("bad", "test", DAY, (_leg(books, "held", "works"),))

        with pytest.raises(FundRule):
            posting.post_many(entries=[good, bad], by=SYSTEM, at=AT)

        assert not Entry.objects.filter(key="good").exists()

    def test_takes_the_same_number_of_queries_for_ten_and_for_one(
        self, books: Chart, django_assert_max_num_queries: object
    ) -> None:
        entries = [
            posting.NewEntry(f"k{n}", "test", DAY, (_leg(books, "payer", "held"),))
            for n in range(10)
        ]
        with django_assert_max_num_queries(6):  # type: ignore[operator]  # a fixture's context
            posting.post_many(entries=entries, by=SYSTEM, at=AT)


def _leg(books: Chart, source: str, target: str) -> posting.Leg:
    return posting.Leg(books[source], books[target], euro("1.00"))
