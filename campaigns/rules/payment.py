"""Until when an order is paid in time: fourteen calendar days, or what the campaign says instead."""

import datetime as dt

from backend.core import clock

WINDOW_DAYS = 14


def end_of_window(placed_at: dt.datetime, *, days: int = WINDOW_DAYS) -> dt.datetime:
    """The first instant at which a payment is late; the day of the order is not counted."""
    return clock.end_of(clock.day_of(placed_at) + dt.timedelta(days=days))
