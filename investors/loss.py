"""The simulation of the ability to bear loss (ECSPR art. 21(5), RTS 2022/2114 arts. 7-11). Pure.

Net worth W = net annual income + liquid assets - annual commitments; simulated loss L = 10 % of W.
What is computed here is kept by `assessments`: W, L and their days, nothing that they came from.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import law
from backend.core.money import ZERO, cents, from_cents
from investors import statutes

PERCENT = 10


class TaxReading(models.TextChoices):
    """Income is asked after tax (art. 8), and art. 10 lists income tax again: once, or to the letter
    twice (R38)."""

    ONCE = "once", _("Income tax is subtracted once, from income")
    LITERAL = "literal", _("Income tax is subtracted from income and again as a commitment")


# Our choice since 2026-11-22: a tax that is paid once diminishes net worth once. Nobody's loss hangs
# on it: the simulation informs, and the bound of a large order never falls below EUR 1,000.
READING = TaxReading.ONCE


@dataclass(frozen=True)
class Figures:
    """A year's figures, each by its article; amounts not below zero, nothing where nothing is told.

    Not asked, because they do not count: capital gains, homes, occupational pensions, shares that
    are not freely transferable, and earlier crowdfunding.
    """

    # Income of the last calendar year (art. 8), and what is taken off it.
    labour: Money = ZERO  # wages, unemployment benefit, pensions; nothing exceptional
    interest: Money = ZERO
    dividends: Money = ZERO
    rents: Money = ZERO
    income_costs: Money = ZERO  # what it costs to have that income
    contributions: Money = ZERO  # social contributions
    income_tax: Money = ZERO
    # Liquid assets (art. 9).
    accounts: Money = ZERO  # savings and current accounts
    savings: Money = ZERO  # products that can be cashed within 30 calendar days
    securities: Money = ZERO  # instruments on a regulated market
    funds: Money = ZERO  # units that can be redeemed at least weekly
    # Commitments of a calendar year (art. 10).
    maintenance: Money = ZERO  # alimony and child support
    housing: Money = ZERO  # rent and mortgage
    loans: Money = ZERO
    insurance: Money = ZERO
    utilities: Money = ZERO
    subscriptions: Money = ZERO
    property_tax: Money = ZERO

    def total(self, *names: str) -> Money:
        """The sum of some figures."""
        return sum((getattr(self, name) for name in names), ZERO)


EARNED = ("labour", "interest", "dividends", "rents")
TAKEN_OFF = ("income_costs", "contributions", "income_tax")
ASSETS = ("accounts", "savings", "securities", "funds")
COMMITMENTS = (
    "maintenance", "housing", "loans", "insurance", "utilities", "subscriptions", "property_tax",
)  # fmt: skip
NAMES = tuple(each.name for each in dataclasses.fields(Figures))


@dataclass(frozen=True)
class Result:
    """What a simulation says. `loss` is never below zero, also where net worth is (R40, our choice)."""

    income: Money
    assets: Money
    commitments: Money
    net_worth: Money
    loss: Money


@law.rule(
    id="R34",
    article=statutes.STANDARD.format("7"),
    valid_from=statutes.STANDARDS_2022,
    regimes=statutes.EUROPE,
    says=_(
        "Net worth is net annual income plus liquid assets less annual commitments; the loss "
        "simulated is a tenth of it."
    ),
)
def simulate(figures: Figures, *, reading: TaxReading = READING) -> Result:
    """Work out net worth and the loss that could be borne."""
    income, assets = net_income(figures), liquid_assets(figures)
    owed = commitments(figures, reading=reading)
    worth = income + assets - owed
    return Result(income, assets, owed, worth, bearable_loss(worth))


@law.rule(
    id="R35",
    article=statutes.STANDARD.format("8"),
    valid_from=statutes.STANDARDS_2022,
    regimes=statutes.EUROPE,
    says=_(
        "Net income is labour, interest, dividends and rents, after costs, contributions and taxes."
    ),
)
def net_income(figures: Figures) -> Money:
    """Labour, interest, dividends and rents after costs, contributions and taxes (art. 8, R35)."""
    return figures.total(*EARNED) - figures.total(*TAKEN_OFF)


@law.rule(
    id="R36",
    article=statutes.STANDARD.format("9"),
    valid_from=statutes.STANDARDS_2022,
    regimes=statutes.EUROPE,
    says=_(
        "Liquid assets are accounts, savings cashable within 30 days, listed instruments and "
        "funds redeemable weekly; no homes, pensions or earlier crowdfunding."
    ),
)
def liquid_assets(figures: Figures) -> Money:
    """What could be turned into money soon."""
    return figures.total(*ASSETS)


@law.rule(
    id="R37",
    article=statutes.STANDARD.format("10"),
    valid_from=statutes.STANDARDS_2022,
    regimes=statutes.EUROPE,
    says=_(
        "Commitments are maintenance, rent and mortgage, loans, insurance, utilities, "
        "subscriptions and taxes of a year."
    ),
)
@law.rule(
    id="R38",
    article=statutes.STANDARD.format("8, 10"),
    valid_from=statutes.STANDARDS_2022,
    regimes=statutes.EUROPE,
    says=_("Income tax stands in both articles: it is taken off once, from income."),
    uncertain=_(
        "Whether the letter, which subtracts it twice, is meant: both readings are kept, ours is "
        "once."
    ),
)
def commitments(figures: Figures, *, reading: TaxReading = READING) -> Money:
    """What a year costs for certain (art. 10, R37); income tax only where the letter is read (R38)."""
    owed = figures.total(*COMMITMENTS)
    return owed + figures.income_tax if reading == TaxReading.LITERAL else owed


@law.rule(
    id="R40",
    article=statutes.STANDARD.format("7"),
    valid_from=statutes.STANDARDS_2022,
    regimes=statutes.EUROPE,
    says=_("A net worth below zero is shown as it is; the loss is then nothing."),
    uncertain=_("What holds for a negative net worth: no loss, and the bound of EUR 1,000 rules."),
)
def bearable_loss(worth: Money) -> Money:
    """Ten percent of net worth in whole cents, rounded down, never below zero."""
    return from_cents(max(cents(worth), 0) * PERCENT // 100)


@law.rule(
    id="R39",
    article=statutes.STANDARD.format("11"),
    valid_from=statutes.STANDARDS_2022,
    regimes=statutes.EUROPE,
    says=_("Assets and commitments are valued as of 31 December of last year."),
    uncertain=_("A later day that is more exact would do too; we ask for 31 December."),
)
def valuation_day(today: dt.date) -> dt.date:
    """31 December of last year: the day as of which assets and commitments are told (art. 11, R39)."""
    return dt.date(today.year - 1, 12, 31)
