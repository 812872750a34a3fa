"""Investors: registered with checked codes, seen by whom they concern, told once."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from backend.core.models import Notice
from backend.core.money import euro
from investors import assessments, knowledge, onboarding, reports, statements
from investors.models import Investor, InvestorReport
from investors.onboarding import Profile
from investors.reports import ReportSpec
from tests.cast import Cast

AT = dt.datetime(2026, 11, 12, 12, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def register(cast: Cast, **told: Any) -> Investor:
    profile = {
        "kind": "person",
        "name": "Anna Neri",
        "tax_code": "SYNTHETIC0000001",
        "email": cast.investor.email,
        "is_synthetic": True,
        **told,
    }
    return onboarding.register(
        profile=Profile(**profile), user=cast.investor, by=cast.investor, at=AT
    )


class TestRegister:
    @pytest.mark.parametrize(
        ("kind", "code", "kept"),
        [
            ("person", "RSSMRA85T10A562S", "RSSMRA85T10A562S"),
            ("person", " rssmra 85t10 a562s", "RSSMRA85T10A562S"),
            ("entity", "00743110157", "00743110157"),
        ],
    )
    def test_a_right_tax_code_is_kept_plainly(
        self, cast: Cast, kind: str, code: str, kept: str
    ) -> None:
        found = register(cast, kind=kind, tax_code=code, is_synthetic=False)

        assert found.tax_code == kept

    @pytest.mark.parametrize(
        ("kind", "code"),
        [
            ("person", "RSSMRA85T10A562T"),
            ("person", "SYNTHETIC0000001"),
            ("entity", "00743110158"),
            ("person", ""),
        ],
    )
    def test_a_wrong_check_digit_is_refused(self, cast: Cast, kind: str, code: str) -> None:
        with pytest.raises(onboarding.WrongTaxCode):
            register(cast, kind=kind, tax_code=code, is_synthetic=False)

    def test_the_same_tax_code_is_one_investor(self, cast: Cast) -> None:
        register(cast)

        with pytest.raises(onboarding.KnownAlready):
            register(cast)
        assert Investor.objects.count() == 1

    def test_a_wrong_iban_is_refused(self, cast: Cast) -> None:
        with pytest.raises(onboarding.WrongIban):
            register(
                cast,
                tax_code="RSSMRA85T10A562S",
                iban="IT60X0542811101000000123457",
                is_synthetic=False,
            )

    def test_an_invented_person_never_has_a_real_code(self, cast: Cast) -> None:
        with pytest.raises(onboarding.WrongTaxCode):
            register(cast, tax_code="RSSMRA85T10A562S")


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


class TestAssessments:
    def test_the_newest_of_two_tests_counts(self, cast: Cast) -> None:
        investor = register(cast)
        right = {q.code: q.right or "never" for q in knowledge.QUESTIONS}
        assessments.take_test(investor=investor, answers=right, by=cast.investor, at=AT)
        wrong = right | {"loss": "none", "sale": "yes"}
        later = AT + dt.timedelta(minutes=1)

        assessments.take_test(investor=investor, answers=wrong, by=cast.investor, at=later)

        found = assessments.standing(investor)
        assert (found.tested_at, found.has_passed) == (later, False)
        assert investor.knowledge_tests.count() == 2

    def test_a_record_is_never_changed(self, cast: Cast) -> None:
        investor = register(cast)
        assessments.acknowledge(
            investor=investor, kinds=["loss_of_all"], subject="pledge:1", by=cast.investor, at=AT
        )

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            investor.acknowledgements.update(version="forged")


class TestIssue:
    def test_once_and_told_once(self, cast: Cast) -> None:
        spec = spec_for(register(cast))

        first = reports.issue(specs=[spec], at=AT)
        again = reports.issue(specs=[spec], at=AT + dt.timedelta(days=1))

        assert first == again
        assert bytes(InvestorReport.objects.get().pdf) == b"%PDF"
        assert Notice.objects.filter(template="report_issued").count() == 1
        assert reports.issued_keys("2026-Q3") == {spec.investor.pk}

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
