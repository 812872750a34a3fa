"""The time, read by shells alone (view, task, command, simulator); rules are given it as `at`.

A demo has a day of its own: an offset in the database, moved forward by `shift_to`. In production
the offset is never read.
"""

import datetime as dt
from collections.abc import Callable
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Conflict
from backend.core.models import AuditEvent, ClockOffset

# What this request read already; None outside of one.
_kept: ContextVar[list[dt.timedelta] | None] = ContextVar("offset of this request", default=None)
ROME = ZoneInfo("Europe/Rome")
OPENING_HOUR = 9


class BackInTime(Conflict):
    code = "clock.back_in_time"


def now() -> dt.datetime:
    """The present instant, aware; shifted by the demo's offset."""
    return timezone.now() + _offset()


def wall() -> dt.datetime:
    """The instant outside the story: for codes, sessions and limits, which no demo moves."""
    return timezone.now()


def today() -> dt.date:
    """The present day in Turin."""
    return day_of(now())


def day_of(at: dt.datetime) -> dt.date:
    """The calendar day in Turin of an instant."""
    return at.astimezone(ROME).date()


def start_of(day: dt.date) -> dt.datetime:
    """Midnight in Turin at the start of a day."""
    return dt.datetime.combine(day, dt.time(), tzinfo=ROME)


def end_of(day: dt.date) -> dt.datetime:
    """The first instant that is no longer of that day (24:00 in Turin)."""
    return start_of(day + dt.timedelta(days=1))


def days_after(end: dt.datetime, days: int) -> dt.datetime:
    """The end of a day (24:00 in Turin), so many calendar days later."""
    return start_of(day_of(end) + dt.timedelta(days=days))


def shift_to(day: dt.date) -> dt.datetime:
    """Move the demo's clock to nine in the morning of a day; only forward once anything happened."""
    if not settings.DEMO:
        raise Conflict(_("Only a demo has a clock that can be moved."))
    target = dt.datetime.combine(day, dt.time(OPENING_HOUR), tzinfo=ROME)
    if target < now() and AuditEvent.objects.exists():
        raise BackInTime(_("The clock moves forward only."), day=day)
    offset = target - timezone.now()
    ClockOffset.objects.update_or_create(pk=1, defaults={"offset": offset})
    _kept.set(None)
    return target


class OneClock:
    """Middleware: a request reads the demo's offset once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        outside = _kept.set([])
        try:
            return self.get_response(request)
        finally:
            _kept.reset(outside)


def is_shifted() -> bool:
    return _offset() != dt.timedelta()


def _offset() -> dt.timedelta:
    if not settings.DEMO:
        return dt.timedelta()
    kept = _kept.get()
    if kept:
        return kept[0]
    offset = ClockOffset.objects.values_list("offset", flat=True).first() or dt.timedelta()
    if kept is not None:
        kept.append(offset)
    return offset
