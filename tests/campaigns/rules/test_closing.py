"""The professionals' part at 4.99 and 5.00 %: after a refund, and when the maximum is used."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules import closing
from campaigns.rules.closing import Subscribed

SHARES = st.integers(1, 1_000_000)


def subscribed(professional: int, placed: int, certified: bool = False) -> Subscribed:
    return Subscribed(10_000, 16_000, placed, professional, certified)


@pytest.mark.rule("I1")
class TestNeeded:
    @pytest.mark.parametrize(
        ("professional", "percent", "may_close"),
        [(499, "4.99", False), (500, "5.00", True), (501, "5.01", True)],
    )
    def test_five_percent_of_what_is_offered(
        self, professional: int, percent: str, may_close: bool
    ) -> None:
        found = subscribed(professional, placed=10_000)

        assert closing.share(found) == Decimal(percent)
        assert closing.may_close(found) is may_close

    @pytest.mark.parametrize(("professional", "may_close"), [(299, False), (300, True)])
    def test_three_percent_with_certified_accounts(
        self, professional: int, may_close: bool
    ) -> None:
        assert closing.may_close(subscribed(professional, 10_000, certified=True)) is may_close

    def test_a_refund_to_a_professional_takes_the_condition_away(self) -> None:
        before, after = subscribed(500, 10_000), subscribed(499, 9_999)

        assert closing.may_close(before)
        assert not closing.may_close(after)

    def test_part_of_a_share_counts_as_a_whole_one(self) -> None:
        assert closing.needed(Subscribed(101, 101, 0, 0)) == 6

    @given(SHARES, SHARES)
    def test_what_is_needed_is_the_least_that_makes_five_percent(
        self, target: int, more: int
    ) -> None:
        found = Subscribed(target, target + more, 0, 0)

        needed = closing.needed(found)

        assert needed * 100 >= target * 5 > (needed - 1) * 100


@pytest.mark.rule("I1.base")
class TestOffered:
    @pytest.mark.parametrize(
        ("placed", "base"), [(0, 10_000), (10_000, 10_000), (12_000, 12_000), (16_000, 16_000)]
    )
    def test_grows_as_the_maximum_is_used(self, placed: int, base: int) -> None:
        assert closing.offered(subscribed(0, placed)) == base

    def test_the_same_professionals_are_too_few_at_the_maximum(self) -> None:
        assert closing.may_close(subscribed(500, 10_000))
        assert not closing.may_close(subscribed(500, 10_001))
        assert closing.needed(subscribed(500, 16_000)) == 800
