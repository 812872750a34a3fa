"""Who has the report of some figures, counted in the database: the same people as the rule names."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.core import jobs
from backend.reporting import due, issue, reached
from campaigns import invariants, members
from investors import reports
from investors.models import Investor
from properties import snapshots
from properties.models import Snapshot
from tests.reporting.conftest import Quarter, publish

pytestmark = pytest.mark.money


def issued(quarter: Quarter, snapshot: Snapshot) -> None:
    world = quarter.scene
    issue.request(snapshot=snapshot, by=world.cast.owner, at=world.at)
    jobs.drain_all(at=world.at)


def named(snapshot: Snapshot) -> tuple[int, int]:
    """How many the rules name by id: who is owed one, and of them who has it."""
    owed = issue.recipients(snapshot, issue.Kind.QUARTERLY)
    had = reports.issued_to(snapshots.key_of(snapshot), kind=issue.Kind.QUARTERLY)
    return len(owed), len(owed & had)


def counted(*asked: Snapshot) -> list[tuple[int, int]]:
    found = reached.progress((each, "quarterly") for each in asked)
    told = [found[each.pk, "quarterly"] for each in asked]
    return [(each.due, each.issued) for each in told]


def pass_on(quarter: Quarter, *, shares: int, on: dt.date) -> Investor:
    """Some shares, or all, of the first holder pass to an heir who had none."""
    world, entry = quarter.scene, quarter.scene.pledges[0].allotment
    heir = Investor.objects.create(
        kind="person", name="Erede", tax_code="SYNTH99999", email="erede@example.org",
        is_synthetic=True, registered_at=world.at,
    )  # fmt: skip
    change = members.Change(
        allotment=entry, giver=world.pledges[0].investor, taker=heir, shares=shares,
        kind="inheritance", happened_on=on, evidence="succession",
    )  # fmt: skip
    members.change_holder(change=change, by=world.cast.owner, at=world.at)
    return heir


class TestProgress:
    def test_counts_who_is_owed_one_and_who_has_it(self, quarter: Quarter) -> None:
        before = counted(quarter.snapshot)
        issued(quarter, quarter.snapshot)

        assert before == [(3, 0)]
        assert counted(quarter.snapshot) == [(3, 3)] == [named(quarter.snapshot)]

    def test_whose_shares_came_later_is_owed_no_earlier_day(self, quarter: Quarter) -> None:
        entry = quarter.scene.pledges[0].allotment
        before = publish(quarter.scene, as_of=entry.allotted_at.date() - dt.timedelta(days=1))

        assert counted(before) == [(0, 0)] == [named(before)]

    @pytest.mark.parametrize("whole", [True, False])
    def test_follows_the_shares_that_passed_on_by_that_day(
        self, quarter: Quarter, whole: bool
    ) -> None:
        issued(quarter, quarter.snapshot)
        entry = quarter.scene.pledges[0].allotment
        pass_on(
            quarter, shares=entry.shares if whole else 1, on=quarter.snapshot.as_of
        )  # fmt: skip

        found = counted(quarter.snapshot)

        assert found == [named(quarter.snapshot)]
        assert found == [(3, 2) if whole else (4, 3)]

    def test_leaves_out_what_passed_on_after_that_day(self, quarter: Quarter) -> None:
        quarter.scene.wait(3)
        pass_on(quarter, shares=1, on=quarter.scene.day)

        assert counted(quarter.snapshot) == [(3, 0)] == [named(quarter.snapshot)]

    def test_whoever_got_what_is_corrected_is_owed_the_correction(self, quarter: Quarter) -> None:
        issued(quarter, quarter.snapshot)
        entry = quarter.scene.pledges[0].allotment
        pass_on(quarter, shares=entry.shares, on=quarter.snapshot.as_of)
        again = publish(quarter.scene, as_of=quarter.snapshot.as_of, reason="Counted twice.")

        before, (first, second) = counted(again), counted(quarter.snapshot, again)
        issued(quarter, again)

        assert before == [(4, 0)]
        assert (first, second) == ((3, 2), (4, 0))
        assert counted(again) == [(4, 4)] == [named(again)]

    def test_takes_whose_shares_never_moved_from_what_is_kept(self, quarter: Quarter) -> None:
        issued(quarter, quarter.snapshot)

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE investors_reporttally SET reports = 2")
            cursor.execute("DELETE FROM campaigns_entrant WHERE investor_id IN"
                           " (SELECT min(investor_id) FROM campaigns_entrant)")  # fmt: skip
            found = counted(quarter.snapshot)
            transaction.set_rollback(True)

        assert found == [(2, 2)]

    @pytest.mark.parametrize(
        ("table", "finder"),
        [
            ("investors_reporttally SET reports = 7", "reports are kept as they were issued"),
            ("campaigns_entrant SET since = now()", "members are kept since they entered"),
        ],
    )
    def test_what_is_kept_wrongly_is_found(self, quarter: Quarter, table: str, finder: str) -> None:
        issued(quarter, quarter.snapshot)
        before = invariants.FINDERS[finder]()

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table}")
            found = invariants.FINDERS[finder]()
            transaction.set_rollback(True)

        assert before == []
        assert found

    def test_of_nothing_asks_nothing(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            assert reached.progress([]) == {}


def end_next_quarter(quarter: Quarter) -> None:
    """But none that ends a year, which asks for its own report besides."""
    quarter.scene.wait(1)
    quarter.scene.end_quarter()
    if quarter.scene.day.month == 12:
        end_next_quarter(quarter)


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(page)
    assert answer.status_code == 200
    assert not [
        each for each in seen if "investors_investorreport" in each["sql"] and "pdf" in each["sql"]
    ]
    return len(seen)


class TestPages:
    """What is asked of the database stays the same however many figures went out, to however many."""

    def of_issues(self, quarter: Quarter) -> list[int]:
        client = Client()
        client.force_login(quarter.scene.cast.owner)
        issued(quarter, quarter.snapshot)
        found = [queries(client, "/reports/")]
        for _again in range(5):
            end_next_quarter(quarter)
            issued(quarter, publish(quarter.scene))
            found.append(queries(client, "/reports/"))
        return found

    def test_issues_cost_the_same_queries_for_one_set_of_figures_and_for_six(
        self, quarter: Quarter
    ) -> None:
        first, *later = self.of_issues(quarter)

        assert set(later) == {first}, (first, later)
        assert first <= 16

    def test_older_figures_stand_on_the_next_page(self, quarter: Quarter) -> None:
        self.of_issues(quarter)
        client = Client()
        client.force_login(quarter.scene.cast.owner)

        pages = [client.get(f"/reports/?page={number}").context["rows"] for number in (1, 2)]

        days = [row["snapshot"].as_of for rows in pages for row in rows]
        assert days == sorted(days, reverse=True)
        assert [len(rows) for rows in pages] == [4, 2]

    def test_what_is_due_is_one_question(
        self, quarter: Quarter, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(5):
            due.of_issuer(quarter.scene.cast.issuer, on=quarter.scene.day)
