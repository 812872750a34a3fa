"""What is due once a year, or once after an offer: to the authority, to the tax, to the register."""

import calendar
import datetime as dt

from django.utils.translation import gettext_lazy as _

from backend.core import law
from campaigns.rules import dates

CERTIFICATE_MONTHS = 2


@law.rule(
    id="R52",
    article="Reg. (EU) 2020/1503, art. 16(1); Impl. Reg. (EU) 2022/2120",
    valid_from=dates.STANDARDS_2022,
    regimes=dates.EUROPE,
    says=_(
        "By the end of February the platform sends the list of the year before: per project the "
        "owner, the sum raised, the instrument, the investors by tax residence and kind."
    ),
)
def list_of_projects_due_on(year: int) -> dt.date:
    """The last day to send the list of a year."""
    return dt.date(year + 1, 2, calendar.monthrange(year + 1, 2)[1])


@law.rule(
    id="I8",
    article="Consob decision 23656 of 30 July 2025",
    valid_from=dates.CONSOB_2025,
    regimes=dates.EUROPE,
    says=_("By the end of January structured data on the offers of the year before go to Consob."),
    uncertain=_(
        "The list of fields was not seen: we give offers, sums, outcome, revocations, investors "
        "and fees. The first year is that in which the decision took effect."
    ),
)
def structured_data_due_on(year: int) -> dt.date | None:
    """The last day to send the data of a year; None for years before the duty."""
    return dt.date(year + 1, 1, 31) if year >= dates.CONSOB_2025.year else None


@law.rule(
    id="I14",
    article="DL 179/2012, art. 25; practice of the business register",
    valid_from=dates.CONSOB_2013,
    regimes=dates.EUROPE,
    says=_("The register's certificate of the increase comes about two months after closing."),
    uncertain=_("Two months are what is usual, no term of law."),
)
def certificate_expected_on(closed_on: dt.date) -> dt.date:
    """The day on which the certificate of the business register is expected."""
    months = closed_on.month - 1 + CERTIFICATE_MONTHS
    year, month = closed_on.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(closed_on.day, calendar.monthrange(year, month)[1]))
