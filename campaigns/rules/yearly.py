"""What is due once a year, or once after an offer: to the authority, to the tax, to the register."""

import calendar
import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import law
from backend.core.money import ZERO
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
    says=_("The register's certificate of the increase comes about two months after closing."),
    uncertain=_("Two months are what is usual, no term of law."),
)
def certificate_expected_on(closed_on: dt.date) -> dt.date:
    """The day on which the certificate of the business register is expected."""
    months = closed_on.month - 1 + CERTIFICATE_MONTHS
    year, month = closed_on.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(closed_on.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True)
class Held:
    """What one investor holds of an offer: where it pays its taxes, as what it counts, how much."""

    investor: int
    country: str
    is_sophisticated: bool
    amount: Money


@dataclass(frozen=True)
class Part:
    """The part of an offer that investors of one tax residence and kind hold together."""

    country: str
    is_sophisticated: bool
    investors: int
    amount: Money


@law.rule(
    id="R52.parts",
    article="Impl. Reg. (EU) 2022/2120, Annex",
    valid_from=dates.STANDARDS_2022,
    regimes=dates.EUROPE,
    says=_("Investors and sums are told by tax residence, and by sophisticated or not."),
)
def parts(holdings: Iterable[Held]) -> list[Part]:
    """Holdings as they are told: an investor with several counts once; the parts lose no cent."""
    found: dict[tuple[str, bool], list[Held]] = {}
    for held in holdings:
        found.setdefault((held.country, held.is_sophisticated), []).append(held)
    return [
        Part(*key, len({each.investor for each in group}), sum((h.amount for h in group), ZERO))
        for key, group in sorted(found.items())
    ]


@law.rule(
    id="R52.figures",
    article="Impl. Reg. (EU) 2022/2120, art. 2",
    valid_from=dates.STANDARDS_2022,
    regimes=dates.EUROPE,
    says=_("In the file a number has a decimal point and no thousands separator."),
)
def figure(amount: Money) -> str:
    """An amount as the file holds it, in euro with two decimals."""
    return f"{amount.amount:.2f}"


@law.rule(
    id="R52.owner",
    article="Reg. (EU) 2020/1503, art. 16(2)",
    valid_from=dates.STANDARDS_2022,
    regimes=dates.EUROPE,
    says=_("The authority passes the list on to ESMA with the owner made unreadable."),
    uncertain=_("The way of hashing was not seen: we take SHA-256 of the owner's tax code."),
)
def hashed(owner: str) -> str:
    """The owner as it is passed on: one mark per tax code, however it was typed."""
    return hashlib.sha256("".join(owner.split()).upper().encode()).hexdigest()
