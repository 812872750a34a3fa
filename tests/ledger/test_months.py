"""Months of the books: who closes them, what is refused afterwards, and that two at once cannot slip by."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import translation

from backend.core import approvals
from backend.core.approvals import SamePerson
from backend.core.models import Organisation, User
from backend.core.roles import Role
from backend.core.users import SYSTEM
from backend.ledger import checks, months, posting
from backend.ledger.models import Books, Month
from backend.ledger.months import AlreadyClosed, InTheWay, NotOver, NotTheNext
from backend.ledger.posting import FundRule
from tests.ledger import raw
from tests.ledger.chart import DAY, Chart
from tests.threads import at_once

MARCH = dt.date(2026, 3, 1)
APRIL = dt.date(2026, 4, 1)
LATER = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)


def person(name: str, of: Organisation) -> User:
    return User.objects.create(username=name, roles=[Role.MANAGER], organisation=of)


def close(books: Chart, first_day: dt.date = MARCH, at: dt.datetime = LATER) -> Month:
    """Asked by one, closed by another."""
    of = books.own.organisation
    one, other = (
        User.objects.filter(username=name).first() or person(name, of) for name in ("one", "other")
    )
    asked = months.ask_to_close(organisation=of, first_day=first_day, by=one, at=at)
    approvals.approve(approval=asked, by=other, at=at)
    return Month.objects.get(organisation=of, first_day=first_day)


@pytest.fixture
def moved(books: Chart) -> Chart:
    books.move("payer", "held", "500.00", key="first")
    return books


@pytest.mark.money
class TestClose:
    def test_keeps_what_stood_in_the_month(self, moved: Chart) -> None:
        month = close(moved)

        assert (month.transfers, len(month.digest)) == (1, 64)
        assert Books.objects.get(organisation=moved.own.organisation).closed_until == dt.date(
            2026, 3, 31
        )

    def test_refuses_what_is_dated_in_it_or_before(self, moved: Chart) -> None:
        close(moved)

        for day in (dt.date(2026, 3, 31), dt.date(2025, 1, 1)):
            with pytest.raises(FundRule) as refused:
                moved.move("payer", "held", "1.00", key=f"late {day}", on=day)
            assert refused.value.facts["guard"] == "ledger_month_is_open"

    def test_takes_what_is_dated_after_it(self, moved: Chart) -> None:
        close(moved)

        assert moved.move("payer", "held", "1.00", on=APRIL).on == APRIL

    def test_returns_what_was_posted_before_under_the_same_key(self, moved: Chart) -> None:
        close(moved)

        assert moved.move("payer", "held", "500.00", key="first").on == DAY

    def test_lets_a_correction_into_the_open_month_that_names_the_day(self, moved: Chart) -> None:
        entry = moved.move("payer", "held", "1.00")
        close(moved)

        undone = posting.reverse(entry=entry, reason="wrong", by=SYSTEM, at=LATER, on=APRIL)

        assert (undone.memo, undone.reverses) == ("wrong [2026-03-02]", entry)

    def test_needs_another_person(self, moved: Chart) -> None:
        of = moved.own.organisation
        one = person("one", of)
        asked = months.ask_to_close(organisation=of, first_day=MARCH, by=one, at=LATER)

        with pytest.raises(SamePerson):
            approvals.approve(approval=asked, by=one, at=LATER)

    def test_binds_no_other_organisation(self, moved: Chart) -> None:
        rival = Organisation.objects.create(name="Altra", kind="issuer")
        close(moved)

        assert months.closed_until([rival.pk]) == {}
        assert months.open_day(DAY, organisation=rival.pk) == DAY


@pytest.mark.money
class TestAskToClose:
    @pytest.mark.parametrize(
        ("first_day", "at", "problem"),
        [
            (APRIL, LATER, NotTheNext),
            (dt.date(2026, 2, 1), LATER, NotTheNext),
            (MARCH, dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC), NotOver),
        ],
    )
    def test_is_refused_out_of_order_or_too_early(
        self, moved: Chart, first_day: dt.date, at: dt.datetime, problem: type[Exception]
    ) -> None:
        with pytest.raises(problem):
            close(moved, first_day, at)

    def test_is_refused_twice(self, moved: Chart) -> None:
        close(moved)

        with pytest.raises(AlreadyClosed):
            close(moved)

    def test_goes_month_by_month(self, moved: Chart) -> None:
        close(moved)

        assert close(moved, APRIL).transfers == 0


@pytest.mark.money
class TestOpenDay:
    def test_is_the_first_open_one(self, moved: Chart) -> None:
        close(moved)

        assert months.open_day(DAY, organisation=moved.own.organisation_id) == APRIL


@pytest.mark.money
class TestGuards:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_books SET closed_until = NULL",
            "DELETE FROM ledger_books",
            "UPDATE ledger_month SET closed_at = NULL, closed_by_label = '', digest = ''",
            "UPDATE ledger_month SET first_day = '2026-05-01'",
            "DELETE FROM ledger_month",
            "TRUNCATE ledger_month",
            "INSERT INTO ledger_month (organisation_id, first_day, closed_at, closed_by_label,"
            " transfers, digest) SELECT organisation_id, '2026-04-01', now(), 'x', 0, 'x'"
            " FROM ledger_month",
            "UPDATE ledger_daytotal SET came = 0",
            "DELETE FROM ledger_daytotal",
        ],
    )
    def test_a_closed_month_is_not_opened_by_hand(self, moved: Chart, sql: str) -> None:
        close(moved)

        assert raw.is_refused(sql)

    def test_months_out_of_order_are_refused_by_the_database(self, moved: Chart) -> None:
        close(moved)
        Month.objects.create(organisation=moved.own.organisation, first_day=dt.date(2026, 5, 1))

        assert raw.is_refused(
            "UPDATE ledger_month SET closed_at = now(), closed_by_label = 'x'"
            " WHERE first_day = '2026-05-01'"
        )


@pytest.mark.django_db
class TestBooksThatDoNotHold:
    def test_are_not_closed(self, moved: Chart) -> None:
        raw.force("UPDATE ledger_entry SET memo = 'another story'")

        with translation.override("en"), pytest.raises(InTheWay, match="transfers are unchanged"):
            close(moved)


@pytest.mark.django_db
class TestChecks:
    def failed(self) -> set[str]:
        return {check.name for check in checks.run() if not check.ok}

    def test_find_a_closed_month_that_was_changed(self, moved: Chart) -> None:
        close(moved)
        raw.force("UPDATE ledger_entry SET memo = 'another story'")

        assert "closed months are unchanged, and closed by two people" in self.failed()

    def test_find_a_month_opened_past_the_triggers(self, moved: Chart) -> None:
        close(moved)
        raw.force("UPDATE ledger_books SET closed_until = NULL")

        assert self.failed() == {"closed months are unchanged, and closed by two people"}

    def test_find_a_month_that_one_person_closed(self, moved: Chart) -> None:
        Month.objects.create(organisation=moved.own.organisation, first_day=MARCH)
        Month.objects.update(closed_at=LATER, closed_by_label="one")

        assert self.failed() == {"closed months are unchanged, and closed by two people"}

    def test_find_a_day_that_does_not_equal_its_transfers(self, moved: Chart) -> None:
        raw.force("UPDATE ledger_daytotal SET came = came + 1 WHERE account_id IS NOT NULL")

        assert self.failed() == {"balances as of a day equal transfers"}


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_who_posts_meanwhile_is_before_the_close_or_refused(self, moved: Chart) -> None:
        of = moved.own.organisation
        one, other = person("one", of), person("other", of)
        asked = months.ask_to_close(organisation=of, first_day=MARCH, by=one, at=LATER)

        def post(number: int) -> None:
            for count in range(20):
                moved.move("payer", "held", "1.00", key=f"{number}:{count}")

        raised = at_once(
            *[lambda number=number: post(number) for number in range(4)],
            lambda: approvals.approve(approval=asked, by=other, at=LATER),
        )

        assert {type(problem) for problem in raised} <= {type(None), FundRule}
        assert raised[-1] is None
        assert [check for check in checks.run() if not check.ok] == []

    def test_who_closes_waits_for_who_has_posted(self, moved: Chart) -> None:
        """An entry that is not committed yet is in the month when its digest is made."""
        of = moved.own.organisation
        one, other = person("one", of), person("other", of)
        asked = months.ask_to_close(organisation=of, first_day=MARCH, by=one, at=LATER)
        with transaction.atomic():
            moved.move("payer", "held", "1.00", key="slow")
            assert is_locked(of.pk)

        approvals.approve(approval=asked, by=other, at=LATER)

        assert Month.objects.get(first_day=MARCH).transfers == 2


def is_locked(organisation: int) -> bool:
    """Whether another connection would have to wait for the books."""
    sql = "SELECT 1 FROM ledger_books WHERE organisation_id = %s FOR UPDATE NOWAIT"
    raised = at_once(lambda: execute(sql, organisation))
    return raised[0] is not None


def execute(sql: str, *values: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
