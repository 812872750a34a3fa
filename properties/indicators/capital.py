"""Money in and money into homes (numbers 1 to 4 of housing.md 3.3)."""

from collections import Counter
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from properties.indicators.facts import Facts, Payment
from properties.indicators.shapes import About, Indicator, Result, Unit


def _sum(payments: tuple[Payment, ...], as_of: date) -> Result:
    counted = [payment for payment in payments if payment.on <= as_of]
    homes = {payment.home for payment in counted if payment.home}
    return Result(sum(payment.cents for payment in counted), members=tuple(sorted(homes)))


def _by_fund(payments: tuple[Payment, ...], as_of: date) -> Result:
    """The sum, and how much of it each fund paid (3.3 number 2)."""
    paid: Counter[str] = Counter()
    for payment in payments:
        if payment.on <= as_of:
            paid[payment.fund] += payment.cents
    labels = tuple(sorted(fund for fund, cents in paid.items() if fund and cents))
    return replace(_sum(payments, as_of), labels=labels, cells=tuple(paid[fund] for fund in labels))


def capital_raised(facts: Facts, as_of: date) -> Result:
    return _sum(facts.settled, as_of)


def deployed_in_purchases(facts: Facts, as_of: date) -> Result:
    return _by_fund(facts.acquisition, as_of)


def deployed_in_works(facts: Facts, as_of: date) -> Result:
    return _by_fund(facts.works, as_of)


def capital_expenditure(facts: Facts, as_of: date) -> Result:
    return _sum((*facts.acquisition, *facts.works), as_of)


def deployment_rate(facts: Facts, as_of: date) -> Result:
    spent = capital_expenditure(facts, as_of)
    return Result(spent.value, of=capital_raised(facts, as_of).value, members=spent.members)


EVIDENCE = _("Bank statement lines, and the entries booked from them.")

ROWS = (
    Indicator(
        "1", "capital_raised", "IRIS FP8293", Unit.EUR,
        _("Capital raised"),
        _("Sum of what reached the account for this raise, less returns."),
        capital_raised,
    ),
    Indicator(
        "2a", "deployed_in_purchases", "IRIS PI7233", Unit.EUR,
        _("Spent on buying homes"),
        _("Sum of what was paid for price, taxes, notary and the other costs of a purchase, by the fund "
          "that paid."),
        deployed_in_purchases, About.PURCHASES,
    ),
    Indicator(
        "2b", "deployed_in_works", "IRIS PI7233", Unit.EUR,
        _("Spent on works"),
        _("Sum of what was paid for works on homes, by the fund that paid."),
        deployed_in_works,
    ),
    Indicator(
        "3", "capital_expenditure", "IRIS FP9573", Unit.EUR,
        _("Invested in homes"),
        _("Purchases and works together."),
        capital_expenditure, About.PURCHASES,
    ),
    Indicator(
        "4", "deployment_rate", "-", Unit.PERCENT,
        _("Invested, against raised"),
        _("Purchases and works, divided by the capital raised; other funds may pay for works."),
        deployment_rate, About.PURCHASES,
    ),
)  # fmt: skip
