"""Limits: what one person may do alone, what nobody may; the database has a value for every day."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.models import Parameter
from backend.treasury.desk import limits
from backend.treasury.desk.limits import Limits
from backend.treasury.models import DeskAct

LIMITS = Limits(Decimal(1000), Decimal(500), Decimal(5), Decimal(100))
Kind = DeskAct.Kind
amounts = st.decimals(min_value="0.01", max_value="2000", places=2)


class TestNeedsSecond:
    @pytest.mark.parametrize(
        ("kind", "amount", "before", "expected"),
        [
            (Kind.EXPLAIN, "1000.00", "0", False),
            (Kind.EXPLAIN, "1000.01", "0", True),
            (Kind.SPLIT, "1000.01", "0", True),
            (Kind.EXPLAIN, "400.00", "600.00", False),
            (Kind.EXPLAIN, "400.01", "600.00", True),
            (Kind.WRITE_OFF, "5.00", "0", False),
            (Kind.WRITE_OFF, "5.01", "0", True),
            (Kind.GIVE_UP, "500.00", "0", False),
            (Kind.GIVE_UP, "500.01", "0", True),
        ],
    )
    def test_is_above_the_limit_and_not_at_it(
        self, kind: str, amount: str, before: str, expected: bool
    ) -> None:
        assert LIMITS.needs_second(kind, Decimal(amount), Decimal(before)) is expected

    @given(first=amounts, second=amounts, kind=st.sampled_from(list(Kind)))
    def test_is_not_avoided_in_steps(self, first: Decimal, second: Decimal, kind: str) -> None:
        whole = LIMITS.needs_second(kind, first + second)

        in_steps = LIMITS.needs_second(kind, first) or LIMITS.needs_second(kind, second, first)

        assert in_steps == whole


class TestIsTooMuch:
    @pytest.mark.parametrize(
        ("kind", "amount", "expected"),
        [
            (Kind.WRITE_OFF, "100.00", False),
            (Kind.WRITE_OFF, "100.01", True),
            (Kind.EXPLAIN, "9999999.00", False),
        ],
    )
    def test_holds_for_what_is_written_off(self, kind: str, amount: str, expected: bool) -> None:
        assert LIMITS.is_too_much(kind, Decimal(amount)) is expected


@pytest.mark.django_db
class TestOn:
    def test_reads_what_was_in_force(self) -> None:
        day = dt.date(2026, 4, 1)
        old = Parameter.objects.get(code=limits.WRITE_OFF_ALONE)
        Parameter.objects.filter(pk=old.pk).update(valid_to=day)
        Parameter.objects.create(
            code=limits.WRITE_OFF_ALONE, value="2.00", valid_from=day, source="test"
        )

        assert limits.on(day).write_off_alone == Decimal(2)
        assert limits.on(day - dt.timedelta(days=1)).write_off_alone == Decimal(5)
