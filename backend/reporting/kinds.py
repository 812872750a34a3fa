"""Which reports figures make: those as of a quarter's last day its report, those of a year's also its own.

Figures of any other day are reviewed, published and open data like all, but no report: it would bear the
name of a quarter that had not ended, and its investors would get two of one name.
"""

import datetime as dt

from django.db.models import Q

from backend.core.periods import quarter_of
from investors.models import InvestorReport

Kind = InvestorReport.Kind
QUARTERS_END = Q(as_of__month__in=(3, 12), as_of__day=31) | Q(
    as_of__month__in=(6, 9), as_of__day=30
)


def of(as_of: dt.date) -> list[str]:
    """The kinds of report that figures as of a day make; none where no quarter ends on it."""
    if as_of != quarter_of(as_of).last_day:
        return []
    return [Kind.QUARTERLY, Kind.YEARLY] if is_last_of_year(as_of) else [Kind.QUARTERLY]


def is_last_of_year(day: dt.date) -> bool:
    return (day.month, day.day) == (12, 31)
