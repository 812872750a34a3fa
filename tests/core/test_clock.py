"""The clock of a demo, and days in Turin."""

import datetime as dt

import pytest
from django.http import HttpRequest, HttpResponse
from pytest_django import DjangoAssertNumQueries, Settings

from backend.core import audit, clock
from backend.core.errors import Conflict
from backend.core.models import Organisation
from backend.core.users import SYSTEM

DAY = dt.date(2027, 3, 1)


@pytest.mark.django_db
class TestShiftTo:
    def test_moves_a_demo_to_the_morning_of_a_day(self, settings: Settings) -> None:
        settings.DEMO = True

        clock.shift_to(DAY)

        assert clock.today() == DAY
        assert clock.is_shifted()

    def test_is_refused_outside_a_demo(self, settings: Settings) -> None:
        settings.DEMO = False

        with pytest.raises(Conflict):
            clock.shift_to(DAY)

    def test_does_not_go_back_once_something_happened(self, settings: Settings) -> None:
        settings.DEMO = True
        clock.shift_to(DAY)
        org = Organisation.objects.create(name="Casa di prova", kind="issuer")
        audit.record(action="test", subject=org, by=SYSTEM, at=clock.now())

        with pytest.raises(clock.BackInTime):
            clock.shift_to(DAY - dt.timedelta(days=1))


@pytest.mark.django_db
class TestOneClock:
    @pytest.fixture(autouse=True)
    def demo(self, settings: Settings) -> None:
        settings.DEMO = True

    def test_reads_the_offset_once_in_a_request(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        seen: list[dt.date] = []

        def page(request: HttpRequest) -> HttpResponse:
            seen.extend((clock.today(), clock.today()))
            return HttpResponse()

        with django_assert_num_queries(1):
            clock.OneClock(page)(HttpRequest())

        assert seen[0] == seen[1]

    def test_a_request_that_moves_the_clock_sees_it_moved(self) -> None:
        def page(request: HttpRequest) -> HttpResponse:
            clock.today()
            clock.shift_to(DAY)
            return HttpResponse(str(clock.today()))

        answer = clock.OneClock(page)(HttpRequest())

        assert isinstance(answer, HttpResponse)
        assert answer.content.decode() == str(DAY)


class TestEndOf:
    @pytest.mark.parametrize(
        ("day", "hours"),
        [
            (dt.date(2026, 3, 29), 23),  # clocks go forward
            (dt.date(2026, 10, 25), 25),  # clocks go back
            (dt.date(2026, 6, 1), 24),
        ],
    )
    def test_counts_the_hours_that_a_day_has_in_turin(self, day: dt.date, hours: int) -> None:
        length = clock.end_of(day).astimezone(dt.UTC) - clock.start_of(day).astimezone(dt.UTC)

        assert length == dt.timedelta(hours=hours)
