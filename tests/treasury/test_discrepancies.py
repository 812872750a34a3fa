"""Discrepancies: one end each, with who, when and why; guesses that are never booked."""

import pytest
from django.db import IntegrityError, transaction

from backend.treasury import discrepancies
from backend.treasury.discrepancies import AlreadyResolved, ReasonMissing, StillUnexplained
from backend.treasury.models import Discrepancy
from tests.cast import Cast
from tests.treasury.files import Move
from tests.treasury.house import AT, House, Owner, waiting

pytestmark = pytest.mark.money


@pytest.fixture
def short(house: House, owner: Owner) -> Discrepancy:
    """A pledge of 500 of which 200 came."""
    house.expect(1)
    house.pay(1, "200.00")
    return Discrepancy.objects.get()


class TestResolve:
    def test_ends_with_who_when_and_why(self, short: Discrepancy, cast: Cast) -> None:
        ended = discrepancies.resolve(discrepancy=short, by=cast.finance, at=AT, reason="Waived.")

        assert (ended.resolution, ended.resolved_by_label) == ("Waived.", "finance@example.org")
        assert ended.resolved_at == AT

    def test_happens_once(self, short: Discrepancy, cast: Cast) -> None:
        discrepancies.resolve(discrepancy=short, by=cast.finance, at=AT, reason="Waived.")

        with pytest.raises(AlreadyResolved):
            discrepancies.resolve(discrepancy=short, by=cast.owner, at=AT, reason="Me too.")

    def test_needs_a_reason(self, short: Discrepancy, cast: Cast) -> None:
        with pytest.raises(ReasonMissing):
            discrepancies.resolve(discrepancy=short, by=cast.finance, at=AT, reason="  ")

    def test_is_refused_while_money_is_in_suspense(self, house: House, cast: Cast) -> None:
        house.bank(Move("10.00"))
        house.run()

        with pytest.raises(StillUnexplained):
            discrepancies.resolve(
                discrepancy=Discrepancy.objects.get(), by=cast.finance, at=AT, reason="Whatever."
            )

    def test_is_not_undone_by_the_next_run(
        self, house: House, short: Discrepancy, cast: Cast
    ) -> None:
        discrepancies.resolve(discrepancy=short, by=cast.finance, at=AT, reason="Waived.")

        house.run()

        assert waiting() == {}


class TestOpenMany:
    def test_gives_a_line_one_at_a_time(self, house: House, owner: Owner, cast: Cast) -> None:
        house.bank(Move("500.00", house.pledge(1).reference))
        house.run()
        assert Discrepancy.objects.get().reason == "unknown"
        house.expect(1, "400.00")

        house.run()

        assert waiting() == {"over": "100.00"}
        assert Discrepancy.objects.get(kind="unexplained").resolution == "changed"

    def test_is_held_by_the_database(self, short: Discrepancy) -> None:
        short.pk = None

        with pytest.raises(IntegrityError), transaction.atomic():
            short.save(force_insert=True)
