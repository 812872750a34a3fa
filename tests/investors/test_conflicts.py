"""Conflicts of interest: declared, ended, seen by staff by name and told to the public as numbers."""

import datetime as dt

import pytest

from backend.core.models import AuditEvent
from investors import conflicts
from tests.cast import Cast
from tests.investors.people import AT, TODAY, register

pytestmark = pytest.mark.django_db


class TestDeclare:
    def test_once_while_it_stands_and_written_down(self, cast: Cast) -> None:
        investor = register(cast)
        told = {"investor": investor, "organisation": cast.platform, "tie": "employee"}
        conflicts.declare(**told, by=cast.investor, at=AT)  # type: ignore[arg-type]

        with pytest.raises(conflicts.DeclaredAlready):
            conflicts.declare(**told, by=cast.investor, at=AT)  # type: ignore[arg-type]
        assert AuditEvent.objects.filter(action="conflict.declared").count() == 1

    def test_after_its_end_it_may_begin_again(self, cast: Cast) -> None:
        investor = register(cast)
        first = conflicts.declare(
            investor=investor, organisation=cast.platform, tie="manager", by=cast.investor, at=AT
        )
        conflicts.end(conflict=first, by=cast.investor, at=AT)

        again = conflicts.declare(
            investor=investor, organisation=cast.platform, tie="manager", by=cast.investor, at=AT
        )

        assert again != first


@pytest.mark.rule("R7.disclosure")
class TestDisclosure:
    def test_tells_how_many_and_never_who(self, cast: Cast) -> None:
        near = [register(cast, tax_code=f"SYNTHETIC000000{n}") for n in (1, 2)]
        for investor in near:
            conflicts.declare(
                investor=investor,
                organisation=cast.platform,
                tie="employee",
                by=cast.investor,
                at=AT,
            )
        others = [cast.platform, cast.issuer]

        told = conflicts.disclosure(others, [each.pk for each in near], on=TODAY)

        assert told == {"employee": 2}
        assert conflicts.disclosure([cast.rival], [near[0].pk], on=TODAY) == {}

    def test_counts_on_its_days_alone(self, cast: Cast) -> None:
        investor = register(cast)
        tie = conflicts.declare(
            investor=investor, organisation=cast.issuer, tie="shareholder", by=cast.investor, at=AT
        )
        conflicts.end(conflict=tie, by=cast.investor, at=AT + dt.timedelta(days=5))

        days = [TODAY + dt.timedelta(days=number) for number in (-1, 0, 5, 6)]

        found = [bool(conflicts.disclosure([cast.issuer], [investor.pk], on=day)) for day in days]
        assert found == [False, True, True, False]
