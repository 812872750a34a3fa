"""Investors: seen by whom they concern, told once, and their statements add up."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from backend.core.models import Notice
from backend.core.money import euro
from investors import onboarding, reports, statements
from investors.models import Investor, InvestorReport
from investors.reports import ReportSpec
from tests.cast import Cast
from tests.investors.people import AT, register

pytestmark = pytest.mark.django_db


class TestVisibleTo:
    def test_own_people_and_staff_of_an_issuer_they_dealt_with(self, cast: Cast) -> None:
        investor = register(cast)
        onboarding.introduce(investor=investor, organisation=cast.issuer)

        for user, sees in (
            (cast.investor, True),
            (cast.owner, True),
            (cast.stranger, False),
            (cast.other_investor, False),
            (cast.city_reviewer, False),
        ):
            assert Investor.objects.visible_to(user).exists() is sees, user

    def test_staff_does_not_see_who_never_dealt_with_them(self, cast: Cast) -> None:
        register(cast)

        assert not Investor.objects.visible_to(cast.owner).exists()


class TestIssue:
    def test_once_and_told_once(self, cast: Cast) -> None:
        spec = spec_for(register(cast))

        first = reports.issue(specs=[spec], at=AT)
        again = reports.issue(specs=[spec], at=AT + dt.timedelta(days=1))

        assert first == again
        assert bytes(InvestorReport.objects.get().pdf) == b"%PDF"
        assert Notice.objects.filter(template="report_issued").count() == 1
        assert reports.issued_to("2026-Q3", kind="quarterly") == {spec.investor.pk}

    def test_other_contents_need_a_new_version(self, cast: Cast) -> None:
        investor = register(cast)
        reports.issue(specs=[spec_for(investor)], at=AT)

        with pytest.raises(reports.DifferentReport):
            reports.issue(specs=[spec_for(investor, homes=5)], at=AT)
        reports.issue(specs=[spec_for(investor, homes=5, version=2)], at=AT)

        assert [r.data["homes"] for r in investor.reports.order_by("version")] == [4, 5]

    def test_an_issued_report_stays(self, cast: Cast) -> None:
        reports.issue(specs=[spec_for(register(cast))], at=AT)

        with (
            pytest.raises(IntegrityError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM investors_investorreport")


class TestStatement:
    def test_opening_and_movements_make_the_closing(self) -> None:
        moved = [
            statements.Movement(dt.date(2026, 1, 5), "a", euro("500.00")),
            statements.Movement(dt.date(2026, 4, 1), "b", euro("-200.00")),
            statements.Movement(dt.date(2025, 12, 31), "c", euro("50.00")),
        ]

        found = statements.statement(
            moved, first_day=dt.date(2026, 1, 1), last_day=dt.date(2026, 12, 31)
        )

        assert (found.opening, found.closing) == (
            euro("50.00"),
            euro("350.00"),
        )


def spec_for(investor: Investor, homes: int = 4, version: int = 1) -> ReportSpec:
    return ReportSpec(
        investor=investor,
        snapshot_key="2026-Q3",
        period_label="2026-Q3",
        data={"homes": homes},
        pdf=b"%PDF",
        language="en",
        version=version,
    )
