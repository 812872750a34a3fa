"""What is missing before an order and when a warning is due: the boundaries of the law, pure."""

import datetime as dt

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro
from investors import suitability
from investors.suitability import Order, Standing

AT = dt.datetime(2026, 11, 12, 12, tzinfo=dt.UTC)
READY = Standing(tested_at=AT, has_passed=True, simulated_at=AT, net_worth=euro("40000.00"))


def codes(standing: Standing, total: str = "500.00", is_acknowledged: bool = True) -> list[str]:
    order = Order(total=euro(total), is_acknowledged=is_acknowledged)
    return [need.code for need in suitability.missing(standing=standing, order=order, at=AT)]


@pytest.mark.rule("R28", "R33", "R42")
class TestMissing:
    def test_nothing_for_who_gave_everything(self) -> None:
        assert codes(READY) == []

    def test_everything_for_who_is_new(self) -> None:
        listed = codes(Standing(lacks_iban=True), is_acknowledged=False)

        assert listed == ["iban", "knowledge_test", "loss_simulation", "acknowledgement"]

    def test_a_sophisticated_investor_is_asked_for_the_iban_alone(self) -> None:
        assert codes(Standing(is_sophisticated=True, lacks_iban=True)) == ["iban"]

    @pytest.mark.rule("R32")
    def test_a_failed_test_does_not_block(self) -> None:
        failed = Standing(tested_at=AT, has_passed=False, simulated_at=AT)

        assert codes(failed) == []

    @pytest.mark.parametrize(
        ("tested", "simulated", "expected"),
        [
            # To the day: two years for the test, one for the simulation.
            ("2024-11-12", "2025-11-12", []),
            ("2024-11-11", "2025-11-12", ["knowledge_test"]),
            ("2024-11-12", "2025-11-11", ["loss_simulation"]),
        ],
    )
    def test_what_is_too_old_is_asked_again(
        self, tested: str, simulated: str, expected: list[str]
    ) -> None:
        standing = Standing(tested_at=noon(tested), has_passed=True, simulated_at=noon(simulated))

        assert codes(standing) == expected


class TestAnniversary:
    def test_29_february_counts_until_28(self) -> None:
        assert suitability.anniversary(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
        assert suitability.anniversary(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)


@pytest.mark.rule("R45")
class TestIsLarge:
    @pytest.mark.parametrize(
        ("total", "worth", "is_large"),
        [
            ("1000.00", None, False),
            ("1000.01", None, True),
            ("1000.00", "20000.00", False),
            ("1000.01", "20000.00", True),
            ("1000.01", "20000.20", False),
            ("1000.02", "20000.20", True),
            ("1000.00", "-5000.00", False),
            ("1000.01", "-5000.00", True),
        ],
    )
    def test_more_than_a_thousand_and_than_five_percent(
        self, total: str, worth: str | None, is_large: bool
    ) -> None:
        net_worth = euro(worth) if worth else None

        assert suitability.is_large(total=euro(total), net_worth=net_worth) is is_large

    @given(st.integers(1, 10**9), st.integers(-(10**9), 10**11))
    def test_it_is_the_law_in_whole_cents(self, total: int, worth: int) -> None:
        found = suitability.is_large(
            total=Money(total, "EUR") / 100, net_worth=Money(worth, "EUR") / 100
        )

        assert found is (total > 100_000 and total * 20 > worth)


class TestWarnings:
    def test_a_failed_test_and_a_large_order_warn_each(self) -> None:
        standing = Standing(tested_at=AT, has_passed=False, simulated_at=AT)

        found = suitability.warnings(standing=standing, order=Order(total=euro("2000.00")))

        assert found == ["loss_of_all", "inappropriate", "large_order"]


def noon(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(hour=12, tzinfo=dt.UTC)
