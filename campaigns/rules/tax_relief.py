"""The tax relief of who invests in an innovative start-up: status, rates, ceilings, what ends it.

Rates and ceilings are dated data (core.parameters, read by the shell); here they are values.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import law
from backend.core.money import ZERO, cents, from_cents
from campaigns.rules import dates

ORDINARY = "ordinary"
DE_MINIMIS = "de_minimis"
SCHEMES = (ORDINARY, DE_MINIMIS)
# The codes of the parameters: the scheme's name, and person or body, in place of the braces.
RATE = "tax_relief.{}.rate_percent"
YEARLY_CEILING = "tax_relief.{}.yearly_ceiling.{}"
HOLDING_YEARS = 3
RELIEF_YEARS = 5
DE_MINIMIS_YEARS = 3
CLOSE_PERCENT = Decimal(25)
START_UP_CEILING = Money("15000000.00", "EUR")


@dataclass(frozen=True)
class StartUp:
    """What is known of the issuer: since when it stands in the special section, and what it raised."""

    registered_on: dt.date | None
    raised_with_relief: Money = ZERO


@dataclass(frozen=True)
class Subscriber:
    """What of an investor decides: the part of capital held, the part of the investment it supplies."""

    capital_percent: Decimal = Decimal(0)
    supplied_percent: Decimal = Decimal(0)


@dataclass(frozen=True)
class Passed:
    """Shares that passed on: from whom to whom, on which day, as a gift or sold (an heir: neither)."""

    on: dt.date
    giver: int
    taker: int
    is_gift: bool = False
    is_sale: bool = False


@dataclass(frozen=True)
class Scheme:
    """A relief as it stood on a day: percent off, and the most that counts in a year."""

    rate_percent: Decimal
    yearly_ceiling: Money


@dataclass(frozen=True)
class Payment:
    """What was paid on a day and stayed, with the relief as it stood then."""

    on: dt.date
    amount: Money
    scheme: Scheme


@dataclass(frozen=True)
class Year:
    """What payments of one tax year at one rate come to at most."""

    year: int
    scheme: Scheme
    paid: Money
    relief: Money


@law.rule(
    id="I9",
    article="DL 179/2012, art. 29",
    valid_from=dates.START_UPS,
    says=_(
        "Of what a person pays into an innovative start-up 30 % comes off the income tax, on at "
        "most EUR 1,000,000 a year; a legal person takes it off the income, on 1,800,000."
    ),
    uncertain=_("Until when the Union allows the relief after 2025 was not read in a source."),
)
def relief(paid: Money, of_the_year: Money, scheme: Scheme) -> Money:
    """The relief on a payment, rounded down to the cent; `of_the_year` is what counted before it."""
    left = max(cents(scheme.yearly_ceiling) - cents(of_the_year), 0)
    counted = min(cents(paid), left)
    return from_cents(int(Decimal(counted) * scheme.rate_percent / 100))


def by_year(payments: Iterable[Payment]) -> list[Year]:
    """The relief on payments, each at the rate of its day, those of a year under its one ceiling. What
    an investor put elsewhere counts to the same ceiling and is not known here."""
    found: dict[tuple[int, Scheme], Year] = {}
    counted: dict[int, Money] = {}
    for each in sorted(payments, key=lambda payment: payment.on):
        year = each.on.year
        off = relief(each.amount, counted.get(year, ZERO), each.scheme)
        counted[year] = counted.get(year, ZERO) + each.amount
        before = found.get((year, each.scheme), Year(year, each.scheme, ZERO, ZERO))
        now = Year(year, each.scheme, before.paid + each.amount, before.relief + off)
        found[year, each.scheme] = now
    return list(found.values())


@law.rule(
    id="I9.holding",
    article="DL 179/2012, art. 29(3)",
    valid_from=dates.START_UPS,
    says=_("Who sells within three years loses the relief, with interest."),
)
def keeps_relief(*, paid_on: dt.date, sold_on: dt.date) -> bool:
    """Whether the relief stays when the shares go on a day."""
    return sold_on >= dates.years_after(paid_on, HOLDING_YEARS)


@law.rule(
    id="I9.gift",
    article="D.M. 7 May 2019, art. 6; DL 179/2012, art. 29(3)",
    valid_from=dates.START_UPS,
    says=_(
        "A gift or an inheritance is no sale. Who got shares as a gift is bound by the three years of "
        "who subscribed them; an heir is not."
    ),
    uncertain=_("The decree was not read in its text."),
)
def bound(subscriber: int, passes: Iterable[Passed]) -> frozenset[int]:
    """The holders whose sale within three years ends the subscriber's relief; passes in their order."""
    found = {subscriber}
    for each in passes:
        if each.is_gift and each.giver in found:
            found.add(each.taker)
    return frozenset(found)


@law.rule(
    id="I10",
    article="DL 179/2012, art. 29; L. 193/2024, art. 28-31",
    valid_from=dates.START_UPS_2024,
    says=_(
        "No relief more than five years after registration, none for who holds over 25 % of "
        "capital or votes, or invoices over 25 % of the investment."
    ),
    uncertain=_(
        "Of which day the part of the capital is: we take the day of the allotment, with the shares of "
        "all offers of the issuer. The investment is what was put into the offer."
    ),
)
def lacks(issuer: StartUp, who: Subscriber, *, on: dt.date) -> list[str | Promise]:
    """What stands against the relief for a payment on a day; empty: nothing does. What the reform of
    2024 asks is asked of payments since it."""
    since, is_reformed = issuer.registered_on, on >= dates.START_UPS_2024
    looks: list[tuple[bool, str | Promise]] = [
        (since is None or on < since, _("The issuer is not registered as a start-up.")),
        (
            is_reformed and since is not None and on > dates.years_after(since, RELIEF_YEARS),
            _("The five years from registration are over."),
        ),
        (
            is_reformed and who.capital_percent > CLOSE_PERCENT,
            _("The investor holds more than 25 % of capital or votes."),
        ),
        (
            is_reformed and who.supplied_percent > CLOSE_PERCENT,
            _("The investor supplies more than 25 % of the investment."),
        ),
        (
            issuer.raised_with_relief > START_UP_CEILING,
            _("The start-up has raised more than EUR 15,000,000 with relief."),
        ),
    ]
    return [sentence for stands, sentence in looks if stands]


@law.rule(
    id="I10.de_minimis",
    article="DL 179/2012, art. 29-bis (DL 34/2020, art. 38); L. 193/2024",
    valid_from=dates.START_UPS_2020,
    says=_(
        "Up to the third year of registration a person may choose 65 % instead (50 % until 2024), "
        "on at most EUR 100,000 a year and never together with the other relief."
    ),
    uncertain=_("Whether the third year was the bound before 2025 too: we take it so."),
)
def may_choose_de_minimis(issuer: StartUp, *, is_person: bool, on: dt.date) -> bool:
    """Whether the higher relief is open for a payment on a day."""
    since = issuer.registered_on
    return (
        is_person and since is not None and since <= on < dates.years_after(since, DE_MINIMIS_YEARS)
    )


@law.rule(
    id="I11",
    article="D.M. 7 May 2019; DL 179/2012, art. 29",
    valid_from=dates.START_UPS,
    says=_(
        "The certificate states tax code, sum and value date of the payment, its reason, and that "
        "status and ceiling hold; it is void for what is refunded."
    ),
)
def certified(paid: Money, refunded: Money) -> Money | None:
    """The sum that a certificate may state after refunds; None: the certificate is void."""
    return paid - refunded if paid > refunded else None
