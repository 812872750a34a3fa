"""Who may count as a sophisticated investor (ECSPR, Annex II): the criteria at their bounds. Pure.

A request and its decision are in `qualifications`.
"""

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import law
from backend.core.money import ZERO, cents, euro
from investors import statutes, suitability
from investors.models import Investor, Qualification

VALID_YEARS = 2

INCOME = euro("60000.00")
PORTFOLIO = euro("100000.00")
MONTHS_IN_POST = 12
QUARTERS = 4
TRADES_PER_QUARTER = 10

OWN_FUNDS = euro("100000.00")
TURNOVER = euro("2000000.00")
BALANCE_SHEET = euro("1000000.00")


class Criterion(models.TextChoices):
    """What was met; of a person two are needed, of a body one."""

    MEANS = "means", _("Gross income of 60,000 euro a year, or a portfolio above 100,000 euro")
    PROFESSION = "profession", _("A year in a post in finance, or as executive of such a body")
    TRADES = "trades", _("Ten significant trades a quarter over four quarters")
    OWN_FUNDS = "own_funds", _("Own funds of 100,000 euro")
    TURNOVER = "turnover", _("Net turnover of 2,000,000 euro")
    BALANCE_SHEET = "balance_sheet", _("Balance sheet of 1,000,000 euro")


@dataclass(frozen=True)
class PersonClaim:
    """What a person attests: a fiscal year's gross income, the portfolio of cash deposits and
    financial assets, months in a post, and significant trades in each of the last four quarters."""

    income: Money = ZERO
    portfolio: Money = ZERO
    months_in_finance: int = 0
    months_as_executive: int = 0
    trades: tuple[int, ...] = ()


@dataclass(frozen=True)
class EntityClaim:
    """What a body attests of its last accounts."""

    own_funds: Money = ZERO
    turnover: Money = ZERO
    balance_sheet: Money = ZERO


Claim = PersonClaim | EntityClaim


@law.rule(
    id="R23",
    article=statutes.ANNEX.format("Part I(2)"),
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_(
        "A person is sophisticated on meeting two of three: means (gross income of 60,000 euro "
        "or a portfolio above 100,000), profession, trades."
    ),
)
def met_by_person(claim: PersonClaim) -> set[Criterion]:
    """The criteria that a person meets. Income (at least 60,000) and portfolio (more than 100,000)
    are one criterion, not two (R23)."""
    met = {
        Criterion.MEANS: claim.income >= INCOME or claim.portfolio > PORTFOLIO,
        Criterion.PROFESSION: max(claim.months_in_finance, claim.months_as_executive)
        >= MONTHS_IN_POST,
        Criterion.TRADES: _trades_enough(claim.trades),
    }
    return {criterion for criterion, is_met in met.items() if is_met}


@law.rule(
    id="R22",
    article=statutes.ANNEX.format("Part I(1)"),
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_(
        "A body is sophisticated on meeting one: own funds of 100,000 euro, turnover of "
        "2,000,000, balance sheet of 1,000,000."
    ),
)
def met_by_entity(claim: EntityClaim) -> set[Criterion]:
    """The criteria that a body meets, each at its bound or above (R22)."""
    met = {
        Criterion.OWN_FUNDS: cents(claim.own_funds) >= cents(OWN_FUNDS),
        Criterion.TURNOVER: cents(claim.turnover) >= cents(TURNOVER),
        Criterion.BALANCE_SHEET: cents(claim.balance_sheet) >= cents(BALANCE_SHEET),
    }
    return {criterion for criterion, is_met in met.items() if is_met}


@law.rule(
    id="R25",
    article=statutes.ANNEX.format("Part II"),
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_("The approval as sophisticated is valid for two years."),
)
def last_day(granted_on: dt.date) -> dt.date:
    """The last day on which an approval counts."""
    return suitability.anniversary(granted_on, VALID_YEARS)


@law.rule(
    id="R27",
    article=statutes.REGULATION.format("2(1)(j)"),
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_(
        "Professional clients per se (MiFID II) are sophisticated by proof of that status alone."
    ),
)
def lifts_protection(kinds: Set[str]) -> bool:
    """Whether one of the kinds that count lifts the protection of a non-sophisticated investor."""
    return bool(kinds & set(Qualification.LIFTS_PROTECTION))


def is_professional(kinds: Set[str]) -> bool:
    """Whether one of the kinds counts as professional under the Italian rules of 2020 (I1, I3)."""
    return bool(kinds & set(Qualification.PROFESSIONAL))


def met(claim: Claim) -> set[Criterion]:
    """The criteria that a claim meets, as what it was made."""
    return met_by_person(claim) if isinstance(claim, PersonClaim) else met_by_entity(claim)


def needed(kind: str) -> int:
    """How many criteria must be met: two by a person, one by a body."""
    return 2 if kind == Investor.Kind.PERSON else 1


def is_enough(criteria: Set[Criterion], *, kind: str) -> bool:
    """Whether the criteria met make the investor sophisticated on request."""
    return len(criteria) >= needed(kind)


def _trades_enough(trades: Sequence[int]) -> bool:
    """On average ten a quarter over the last four; fewer than four quarters tell nothing."""
    return len(trades) == QUARTERS and sum(trades) >= TRADES_PER_QUARTER * QUARTERS
