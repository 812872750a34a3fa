"""Working days in Italy: not Saturday, not Sunday, not a public holiday of the whole country.

Patron saints' days count as working days: a duty towards the whole country does not pause in Turin.
"""

import datetime as dt

import holidays

_ITALY = holidays.country_holidays("IT")
ONE_DAY = dt.timedelta(days=1)


def is_working(day: dt.date) -> bool:
    """Whether offices are open on a day."""
    return day.weekday() < 5 and day not in _ITALY


def after(day: dt.date, number: int) -> dt.date:
    """The working day that is so many later; the day itself is not counted (Reg. 1182/71 art. 3)."""
    return _walk(day, number, ONE_DAY)


def before(day: dt.date, number: int) -> dt.date:
    """The working day that is so many earlier; the day itself is not counted."""
    return _walk(day, number, -ONE_DAY)


def _walk(day: dt.date, number: int, step: dt.timedelta) -> dt.date:
    while number > 0:
        day += step
        number -= is_working(day)
    return day
