"""Money as a value: read, split, said."""

import pytest
from django.utils import translation
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from backend.core import money
from backend.core.money import euro

WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=50).filter(any)


class TestEuro:
    @pytest.mark.parametrize("text", ["0.00", "500", "300000.00", "-4.10"])
    def test_reads_an_exact_amount(self, text: str) -> None:
        assert str(euro(text).currency) == "EUR"

    @pytest.mark.parametrize("bad", ["", "1.234,56", "0.001", "NaN", "ten", 0.1])
    def test_refuses_what_is_not_one(self, bad: str) -> None:
        with pytest.raises(money.NotAnAmount):
            euro(bad)


class TestPositive:
    @pytest.mark.parametrize("amount", ["0.00", "-0.01"])
    def test_refuses_nothing_and_less(self, amount: str) -> None:
        with pytest.raises(money.NotAnAmount):
            money.positive(euro(amount))


class TestSplitCents:
    @given(total=st.integers(0, 10**12), weights=WEIGHTS)
    def test_loses_no_cent_and_stays_within_one_of_the_exact_share(
        self, total: int, weights: list[int]
    ) -> None:
        parts = money.split_cents(total, weights)

        assert sum(parts) == total
        assert all(
            abs(part * sum(weights) - total * weight) < sum(weights)
            for part, weight in zip(parts, weights, strict=True)
        )

    @given(total=st.integers(0, 10**9), weights=WEIGHTS)
    def test_gives_nothing_to_a_weight_of_zero(self, total: int, weights: list[int]) -> None:
        parts = money.split_cents(total, weights)

        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)

    @pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [0]), (1, [2, -1])])
    def test_refuses_nonsense(self, total: int, weights: list[int]) -> None:
        with pytest.raises(ValueError, match="split needs"):
            money.split_cents(total, weights)


class TestSplit:
    def test_gives_the_odd_cent_to_the_largest_remainder(self) -> None:
        parts = money.split(total=euro("100.00"), weights=[1, 1, 1])

        assert parts == [euro("33.34"), euro("33.33"), euro("33.33")]


class TestAsText:
    @pytest.mark.parametrize(("language", "text"), [("it", "1.234,50\xa0€"), ("en", "€1,234.50")])
    def test_writes_as_people_of_the_language_do(self, language: str, text: str) -> None:
        assert money.as_text(euro("1234.50"), language) == text


class TestSaid:
    def test_writes_for_whoever_asks_now(self) -> None:
        with translation.override("it"):
            assert money.said(euro("1234.50")) == "1.234,50\xa0€"


class TestFromCents:
    @pytest.mark.parametrize(
        ("number", "currency", "amount"),
        [
            (12345, "EUR", "123.45"),
            (-1, "EUR", "-0.01"),
            (1234, "KWD", "1.234"),
            (500, "JPY", "500"),
        ],
    )
    def test_counts_in_the_currencys_smallest_unit(
        self, number: int, currency: str, amount: str
    ) -> None:
        assert money.from_cents(number, currency) == Money(amount, currency)
