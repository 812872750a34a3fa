"""What figures counted of those whose answers go, kept as rows of nobody (P18).

A figure that was told must come out the same when it is computed again: a count that fell with what
was removed would tell of the household. How an answer counts is the indicators' own.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from backend.core.models import Organisation
from backend.core.periods import following, quarter_of
from properties.history import people
from properties.indicators import BY_CODE, Facts
from properties.models import Household, Tally

CODES = ("with_disability", "displaced", "overburdened")
"""The indicators that rest on what is removed: traits and incomes."""

Place = tuple[str, int]
"""An indicator, and a household that it counts."""


def keep(households: Iterable[int], *, on: dt.date) -> None:
    """Write down in which cells households counted at the end of each quarter until a day."""
    ids = set(households)
    rows = Household.objects.filter(pk__in=ids).order_by()
    for issuer in Organisation.objects.filter(pk__in=rows.values("organisation")):
        # In no order of theirs: rows beside each other must not tell whose they are.
        found = sorted(_tallies(issuer, ids, on), key=_order)
        Tally.objects.bulk_create(found)


def _order(tally: Tally) -> tuple[str, dt.date, int]:
    return tally.indicator, tally.since, tally.cell


def _tallies(issuer: Organisation, households: Collection[int], on: dt.date) -> Iterator[Tally]:
    told: dict[Place, Tally] = {}
    for day in _quarter_ends(issuer, households, on):
        now = _cells(issuer, households, day)
        for place in [each for each, tally in told.items() if now.get(each) != tally.cell]:
            told[place].until = day
            yield told.pop(place)
        for place in now.keys() - told.keys():
            told[place] = Tally(organisation=issuer, indicator=place[0], cell=now[place], since=day)
    yield from told.values()


def _cells(issuer: Organisation, households: Collection[int], day: dt.date) -> dict[Place, int]:
    facts = Facts(**people.facts(issuer, as_of=day))
    put_in = {code: BY_CODE[code].compute(facts, day).contributions() for code in CODES}
    return {
        (code, who): cells[who]
        for code, cells in put_in.items()
        for who in households
        if who in cells
    }


def _quarter_ends(
    issuer: Organisation, households: Collection[int], on: dt.date
) -> Iterator[dt.date]:
    """From the first that one of them lived with us in to the last that is over: figures' days."""
    stays = people.facts(issuer, as_of=on)["stays"]
    first = min((one.starts_on for one in stays if one.household in households), default=on)
    quarter = quarter_of(first)
    while quarter.last_day <= on:
        yield quarter.last_day
        quarter = following(quarter)
