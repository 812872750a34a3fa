"""Identity: mirrored, counted to its last day, blocking the allotment and nothing else."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from backend.core.roles import MayNot
from investors import identification
from investors.models import IdentityCheck, Investor
from tests.cast import Cast
from tests.investors.people import AT, BODY, TODAY, identify, register


def check(is_identified: bool = True) -> IdentityCheck:
    return IdentityCheck(
        is_identified=is_identified,
        checked_on=dt.date(2026, 1, 10),
        valid_until=dt.date(2026, 3, 29),
    )


class TestIsIdentified:
    @pytest.mark.parametrize(
        ("at", "counts"),
        [
            ("2026-01-09T22:59:59+00:00", False),
            ("2026-01-09T23:00:00+00:00", True),  # midnight in Rome
            ("2026-03-29T21:59:59+00:00", True),  # 24:00 in Rome, on the night the clocks change
            ("2026-03-29T22:00:00+00:00", False),
        ],
    )
    def test_from_its_day_to_the_end_of_its_last(self, at: str, counts: bool) -> None:
        instant = dt.datetime.fromisoformat(at)

        assert identification.is_identified(check(), at=instant) is counts

    def test_a_failed_check_and_none_do_not_count(self) -> None:
        at = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)

        assert not identification.is_identified(check(is_identified=False), at=at)
        assert not identification.is_identified(None, at=at)


@pytest.mark.django_db
class TestBlockers:
    def test_says_per_investor_what_blocks(self, cast: Cast) -> None:
        good, failed, expired, never = (
            register(cast, tax_code=f"SYNTHETIC000000{n}") for n in range(1, 5)
        )
        identify(good, TODAY)
        identify(failed, TODAY, is_identified=False)
        identify(expired, dt.date(2026, 11, 11), on=dt.date(2026, 1, 1))

        found = identification.blockers(Investor.objects.all(), at=AT)

        assert {pk: [need.code for need in needs] for pk, needs in found.items()} == {
            failed.pk: ["identity_refused"],
            expired.pk: ["identity_expired"],
            never.pk: ["identity_missing"],
        }

    def test_the_newest_counts(self, cast: Cast) -> None:
        investor = register(cast)
        identify(investor, TODAY)
        identify(investor, TODAY, is_identified=False)

        assert investor.pk in identification.blockers([investor], at=AT)

    def test_a_body_needs_a_legal_representative(self, cast: Cast) -> None:
        body = register(cast, **BODY)
        identify(body, TODAY)
        assert identification.blockers([body], at=AT) == {}

        body.representations.update(kind="delegate")

        found = identification.blockers([body], at=AT)
        assert [need.code for need in found[body.pk]] == ["legal_representative"]

    def test_costs_the_same_for_many(self, cast: Cast) -> None:
        many = [register(cast, tax_code=f"SYNTHETIC00000{n}") for n in range(10, 30)]

        with CaptureQueriesContext(connection) as asked:
            identification.blockers(many, at=AT)

        assert len(asked) == 1


@pytest.mark.django_db
class TestRecord:
    def test_only_staff_who_check_write_it(self, cast: Cast) -> None:
        finding = identification.Finding("Banca", TODAY, TODAY)

        with pytest.raises(MayNot):
            identification.record(investor=register(cast), finding=finding, by=cast.investor, at=AT)

    @pytest.mark.parametrize(
        ("by", "on", "until"),
        [("Banca", 1, 5), ("Banca", 0, -1), (" ", 0, 5)],
    )
    def test_days_that_cannot_be_are_refused(
        self, cast: Cast, by: str, on: int, until: int
    ) -> None:
        first, last = (TODAY + dt.timedelta(days=number) for number in (on, until))

        with pytest.raises(identification.BadCheck):
            identification.record(
                investor=register(cast),
                finding=identification.Finding(by, first, last),
                by=cast.owner,
                at=AT,
            )

    def test_it_is_never_changed(self, cast: Cast) -> None:
        made = identify(register(cast), TODAY)

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            IdentityCheck.objects.filter(pk=made.pk).update(is_identified=False)
