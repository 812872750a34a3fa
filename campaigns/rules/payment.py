"""Until when an order is paid in time: fourteen calendar days, or what the campaign says instead."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from backend.core import clock, law
from campaigns.rules import dates

WINDOW_DAYS = 14


def end_of_window(placed_at: dt.datetime, *, days: int = WINDOW_DAYS) -> dt.datetime:
    """The first instant at which a payment is late; the day of the order is not counted."""
    return clock.end_of(clock.day_of(placed_at) + dt.timedelta(days=days))


@law.rule(
    id="R17.time",
    article="Reg. (EU) 2020/1503, art. 23(12)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("The days on which an offer stands still count for no time to pay or to answer."),
    uncertain=_(
        "No source says what becomes of a time to pay: nobody shall lose a place by days on which "
        "paying was refused, under the rules of 2020 neither."
    ),
)
def after_standstill(
    until: dt.datetime, *, began_at: dt.datetime, ended_at: dt.datetime
) -> dt.datetime:
    """The end of a time to pay, once the offer goes on: later by the days on which it stood still. What
    had ended before stays ended; days are those of Turin, so a night of 23 or 25 hours is one."""
    return clock.days_after(until, days_still(began_at, ended_at)) if until > began_at else until


def days_still(began_at: dt.datetime, ended_at: dt.datetime) -> int:
    """How many days an offer stood still; one that went on the same day lost none."""
    return (clock.day_of(ended_at) - clock.day_of(began_at)).days
