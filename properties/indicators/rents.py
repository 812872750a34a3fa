"""What living with us costs people (numbers 10 and 25 to 28 of housing.md 3.3). All amounts a month."""

from datetime import date
from statistics import quantiles

from django.utils.translation import gettext_lazy as _

from properties.indicators import shapes
from properties.indicators.facts import Facts, Income, Stay
from properties.indicators.shapes import About, Indicator, Result, Unit

AFFORDABLE_PERCENT = 80
"""A rent of at most this share of the market's is called affordable; footnoted wherever it is told."""

OVERBURDEN_PERCENT = 40
"""Eurostat: housing cost above this share of income is too much, both net of allowance."""


def living(facts: Facts, as_of: date) -> dict[int, Stay]:
    """By household the lease it lives under on a day."""
    return {stay.household: stay for stay in facts.stays if stay.has_lease and stay.is_on(as_of)}


def _compared(facts: Facts, as_of: date) -> dict[int, tuple[int, int]]:
    """By household its rent and what the market asks, where the contract names a reference."""
    return {
        who: (stay.rent, stay.market) for who, stay in living(facts, as_of).items() if stay.market
    }


def affordable(facts: Facts, as_of: date) -> Result:
    """Of all homes let: at most so much of the market's rent, more, and without a reference."""
    cells = dict.fromkeys(living(facts, as_of), 2)
    for who, (rent, market) in _compared(facts, as_of).items():
        cells[who] = int(100 * rent > AFFORDABLE_PERCENT * market)
    return shapes.split(cells, 3)


def rent_saving_rate(facts: Facts, as_of: date) -> Result:
    compared = _compared(facts, as_of)
    saved = shapes.summed({who: market - rent for who, (rent, market) in compared.items()})
    markets = sum(market for _rent, market in compared.values())
    return Result(saved.value, of=markets, members=saved.members, each=saved.each)


def rent_saving(facts: Facts, as_of: date) -> Result:
    return shapes.mean(
        {who: market - rent for who, (rent, market) in _compared(facts, as_of).items()}
    )


def rent_asked(facts: Facts, as_of: date) -> Result:
    """What we ask a month: the mean, over the contracts that name what the market asks."""
    compared = _compared(facts, as_of)
    return shapes.mean({who: rent for who, (rent, _market) in compared.items()})


def market_range(facts: Facts, as_of: date) -> Result:
    """What the market asks for such homes: from the lower to the upper quarter, in tens of euro.

    Never the least and the most: those would be the reference of one contract.
    """
    compared = _compared(facts, as_of)
    members = tuple(sorted(compared))
    each = tuple(compared[who][1] for who in members)
    if len(each) < 4:
        return Result(0, high=0, members=members, each=each)
    low, _middle, high = quantiles(each, n=4)
    return Result(_tens(low), high=_tens(high), members=members, each=each)


def _tens(cents: float) -> int:
    return round(cents / 1000) * 1000


def housing_spending(facts: Facts, as_of: date) -> Result:
    return shapes.mean(
        {who: stay.rent + stay.charges for who, stay in living(facts, as_of).items()}
    )


def overburdened(facts: Facts, as_of: date) -> Result:
    known = _incomes(facts, as_of)
    cells = {
        who: int(not _is_too_much(stay.rent + stay.charges, known[who]))
        for who, stay in living(facts, as_of).items()
        if who in known
    }
    return shapes.split(cells | facts.counted("overburdened", as_of), 2)


def arrears_ratio(facts: Facts, as_of: date) -> Result:
    owed: dict[int, int] = {}
    for account in facts.rent_accounts:
        owed[account.household] = owed.get(account.household, 0) + account.arrears
    total = shapes.summed(owed)
    year = sum(account.annual for account in facts.rent_accounts)
    return Result(total.value, of=year, members=total.members, each=total.each)


def _incomes(facts: Facts, as_of: date) -> dict[int, Income]:
    in_time = (one for one in facts.incomes if one.on <= as_of)
    return {one.household: one for one in sorted(in_time, key=lambda one: one.on)}


def _is_too_much(cost: int, income: Income) -> bool:
    """More than 40 % of what is left of the income when the allowance is taken from both."""
    net_cost = max(cost - income.allowance, 0)
    net_income = income.income - income.allowance
    return 100 * net_cost > OVERBURDEN_PERCENT * max(net_income, 0)


EVIDENCE = _(
    "Contracts with the market reference that they name, incomes as told, "
    "rents as the bank shows them."
)

ROWS = (
    Indicator(
        "10", "affordable", "IRIS PD5833", Unit.PERCENT,
        _("Homes at an affordable rent"),
        _("Homes let at a rent of at most 80 % of the market reference named in the contract, of all "
          "homes let; a contract that names none counts as not affordable."),
        affordable, About.PEOPLE,
    ),
    Indicator(
        "25a", "rent_saving_rate", "IRIS PI1748", Unit.PERCENT,
        _("Rent saved, against the market"),
        _("Market rent less ours, divided by market rent, over contracts that name a reference."),
        rent_saving_rate, About.PEOPLE,
    ),
    Indicator(
        "25b", "rent_saving", "IRIS PI1748", Unit.EUR_MONTH,
        _("Rent saved by a household"),
        _("Market rent less ours: the mean of the households living with us."),
        rent_saving, About.PEOPLE,
    ),
    Indicator(
        "25c", "rent_asked", "IRIS PI1748", Unit.EUR_MONTH,
        _("Our rent"),
        _("The mean rent of the households living with us whose contract names a market reference."),
        rent_asked, About.PEOPLE,
    ),
    Indicator(
        "25d", "market_range", "IRIS PI1748", Unit.EUR_MONTH,
        _("Rent that the market asks"),
        _("The middle half of the market references named in the same contracts, in tens of euro."),
        market_range, About.PEOPLE,
    ),
    Indicator(
        "26", "housing_spending", "IRIS PI1409", Unit.EUR_MONTH,
        _("What a household spends on its home"),
        _("Rent and charges: the mean of the households living with us."),
        housing_spending, About.PEOPLE,
    ),
    Indicator(
        "27", "overburdened", "Eurostat tessi160", Unit.PERCENT,
        _("Households whose home costs too much"),
        _("Rent and charges above 40 % of income, both less the housing allowance."),
        overburdened, About.PEOPLE,
    ),
    Indicator(
        "28", "arrears_ratio", "ARC", Unit.PERCENT,
        _("Rent owed, against a year's rent"),
        _("Rents due and not paid, divided by what contracts that are not over are charged in a year."),
        arrears_ratio, About.PEOPLE,
    ),
)  # fmt: skip
