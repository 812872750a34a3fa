"""What European law asks of a person before an order, and when a warning is due. Pure.

Nothing here blocks for good: a failed test or a large order asks for an acknowledgement (ECSPR
art. 21(6)), and everything that is missing can be given on the same page. What another regime asks
is beside it (`campaigns.rules.appropriateness`); which one an offer takes is its regime's to say.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock, law
from backend.core.money import cents, euro, from_cents
from investors import statutes

WARNING_FLOOR = euro("1000.00")
WARNING_PERCENT = 5
TEST_VALID_YEARS = 2
SIMULATION_VALID_YEARS = 1


@dataclass(frozen=True)
class Standing:
    """What is known of an investor when an order is looked at. None: never asked."""

    is_sophisticated: bool = False
    is_professional: bool = False
    lacks_iban: bool = False
    tested_at: dt.datetime | None = None
    has_passed: bool = False
    simulated_at: dt.datetime | None = None
    net_worth: Money | None = None


@dataclass(frozen=True)
class Order:
    """An order as it is about to be placed; `total` counts the person's other orders in the offer."""

    total: Money
    is_acknowledged: bool = False


@dataclass(frozen=True)
class Need:
    """One thing that is missing: a stable code and a sentence that says what to do."""

    code: str
    sentence: str | Promise


UNREAD = Need("acknowledgement", _("Confirm that you read the warnings."))


def missing(*, standing: Standing, order: Order, at: dt.datetime) -> list[Need]:
    """Say what must still be given before the order is placed, in the order of asking.

    Test every two years (art. 21(3)), simulation every year (art. 21(6)), one acknowledgement for
    all warnings that apply (R31, R45). A sophisticated investor is asked only for an IBAN.
    """
    needs = account(standing)
    if standing.is_sophisticated:
        return needs
    if needs_test(standing.tested_at, at):
        needs.append(Need("knowledge_test", _("Answer the questions on what you would buy.")))
    if needs_simulation(standing.simulated_at, at):
        needs.append(Need("loss_simulation", _("Work out what loss you could bear.")))
    if not order.is_acknowledged:
        needs.append(UNREAD)
    return needs


def account(standing: Standing) -> list[Need]:
    """What every order asks for, whoever orders: where money would be returned."""
    if not standing.lacks_iban:
        return []
    return [Need("iban", _("Give the IBAN to which money would be returned."))]


def warnings(*, standing: Standing, order: Order) -> list[str]:
    """The kinds of warning that apply to the order (see Acknowledgement.Kind)."""
    kinds = ["loss_of_all"]
    if standing.is_sophisticated:
        return kinds
    if standing.tested_at is not None and not standing.has_passed:
        kinds.append("inappropriate")
    if is_large(total=order.total, net_worth=standing.net_worth):
        kinds.append("large_order")
    return kinds


@law.rule(
    id="R45",
    article=statutes.REGULATION.format("21(7)"),
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_(
        "An order above the greater of EUR 1,000 and 5 % of net worth needs a warning, consent "
        "and proof of understanding."
    ),
    uncertain=_("Orders of a person in one offer add up; an unknown net worth leaves EUR 1,000."),
)
def is_large(*, total: Money, net_worth: Money | None) -> bool:
    """Whether an order needs a warning of its own: strictly more than `bound` (art. 21(7), R45)."""
    return cents(total) > cents(bound(net_worth))


def bound(net_worth: Money | None) -> Money:
    """The greater of EUR 1,000 and 5 % of net worth, in whole cents below; unknown or negative net
    worth leaves EUR 1,000."""
    share = cents(net_worth) * WARNING_PERCENT // 100 if net_worth is not None else 0
    return from_cents(max(cents(WARNING_FLOOR), share))


def amounts(kind: str, *, standing: Standing, order: Order) -> dict[str, str]:
    """The amounts that the words of a warning name to this investor, by name."""
    if kind != "large_order":
        return {}
    worth = standing.net_worth
    return {
        "total": str(order.total.amount),
        "bound": str(bound(worth).amount),
        "net_worth": "" if worth is None else str(worth.amount),
    }


@law.rule(
    id="R28",
    article=statutes.REGULATION.format("21(1)"),
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_("Before full access a non-sophisticated investor takes the entry knowledge test."),
)
@law.rule(
    id="R33",
    article=statutes.REGULATION.format("21(3)"),
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_("The test is reviewed every two years."),
)
def needs_test(tested_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether the test was never taken, or more than two years ago."""
    return is_expired(tested_at, TEST_VALID_YEARS, at)


@law.rule(
    id="R42",
    article=statutes.REGULATION.format("21(6)"),
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_("The simulation is repeated every year."),
)
def needs_simulation(simulated_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether the loss was never simulated, or more than a year ago."""
    return is_expired(simulated_at, SIMULATION_VALID_YEARS, at)


def is_expired(given_at: dt.datetime | None, years: int, at: dt.datetime) -> bool:
    """Whether something given then no longer counts now; on the anniversary itself it still does."""
    if given_at is None:
        return True
    return clock.day_of(at) > anniversary(clock.day_of(given_at), years)


def anniversary(day: dt.date, years: int) -> dt.date:
    """The same day some years on; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
