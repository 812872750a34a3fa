"""The attack of P6 on all that is told of people: every audience, every figure, every quarter, together.

The attacker holds all that was published to everybody and to investors; at the city also the city's view
and its referrals. Of each day's households they know how each figure splits them, and that the splits are
of the same households; whatever a table hides, or is small, must stay k values wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from properties import bases, disclosure, indicators
from properties.disclosure import CITY, INVESTOR, PUBLIC, Audience, Shown, Telling
from properties.indicators import BY_CODE, REGISTRY, Facts, Indicator, Outcome, Result, Stay
from properties.indicators.facts import HouseholdFact
from properties.indicators.shapes import About, Unit
from tests.properties.attacker import Attack

START = date(2024, 3, 31)
QUARTER = timedelta(days=91)
SPLITS = {
    "households_new": 2,
    "access_from_homelessness": 3,
    "access_from_exclusion": 3,
    "low_income": 3,
    "very_low_income": 3,
    "with_disability": 3,
    "displaced": 3,
    "not_due_6": 4,
    "not_due_12": 4,
    "not_due_24": 4,
}
"""Figures that split all households housed, with their cells."""
FAMILY = {
    "access_from_exclusion": "access_from_homelessness",
    "very_low_income": "low_income",
    "not_due_12": "not_due_6",
    "not_due_24": "not_due_6",
}
"""Figures of one split share its cells."""
TABLES = sorted(SPLITS.keys() - FAMILY.keys())
PEOPLE = [row for row in REGISTRY if row.is_about_people]


@dataclass(frozen=True)
class Arrival:
    """A household that comes in a quarter, and how it is; it leaves so many quarters later."""

    isee: str
    ethos: str
    disability: bool | None
    stays: int | None


ARRIVALS = st.builds(
    Arrival,
    isee=st.sampled_from(["to_6241", "to_26000", "over_26000"]),
    ethos=st.sampled_from(["EL1", "EL7x", ""]),
    disability=st.sampled_from([True, False, None]),
    stays=st.sampled_from([None, None, None, 1]),
)
QUARTERS = st.lists(st.lists(ARRIVALS, max_size=13), min_size=1, max_size=4)


def world(arrivals: Sequence[Sequence[Arrival]]) -> Facts:
    stays, households, outcomes = [], [], []
    for quarter, came in enumerate(arrivals):
        day = START + quarter * QUARTER
        for one in came:
            who = len(households)
            gone = None if one.stays is None else day + one.stays * QUARTER
            households.append(
                HouseholdFact(who, 3, 1, one.ethos, one.isee, one.disability, one.disability)
            )
            stays.append(Stay(who, who, 3, day, gone, False, referred_on=day))
            if gone:
                outcomes.append(Outcome(who, "MOVED_MARKET", gone))
    return Facts(stays=tuple(stays), households=tuple(households), outcomes=tuple(outcomes))


@dataclass
class Published:
    """What every audience was told, quarter by quarter, with the quarter that each figure rests on."""

    last: dict[tuple[str, str], tuple[int, Result]] = field(default_factory=dict)
    told: list[tuple[Audience, str, int, Result, Shown]] = field(default_factory=list)

    def publish(self, facts: Facts, quarter: int) -> None:
        told: dict[str, bases.Bases] = {}
        for row in PEOPLE:
            fresh = row.compute(facts, START + quarter * QUARTER)
            before = {
                name: last for (code, name), (_on, last) in self.last.items() if code == row.code
            }
            rests = told[row.code] = bases.of(row, fresh, fresh, before, told)
            days = {id(fresh): quarter} | {
                id(last): on for (code, _), (on, last) in self.last.items() if code == row.code
            }
            for audience in disclosure.AUDIENCES:
                base = rests[audience.name]
                on = self._day_of(row, audience) if row.quotient else days[id(base)]
                if on is not None:
                    self.last[row.code, audience.name] = (on, base)
                    shown = indicators.tell(row, base, audience)
                    self.told.append((audience, row.code, on, base, shown))

    def _day_of(self, row: Indicator, audience: Audience) -> int | None:
        """The quarter of both figures that a quotient is made of; None: of two, whose numbers were told
        both, so that it adds nothing to them."""
        over, under = (self.last[code, audience.name][0] for code in row.quotient)
        return over if over == under else None


def published(arrivals: Sequence[Sequence[Arrival]]) -> Published:
    view, facts = Published(), world(arrivals)
    for quarter in range(len(arrivals)):
        view.publish(facts, quarter)
    return view


def known_to(view: Published, readers: Sequence[Audience], split: str, quarters: int) -> Attack:
    """What readers know of the cells of one split: cell c of quarter q is q * (cells + 1) + c, and all
    households of the quarter come last. Splits have nothing in common but those."""
    width = SPLITS[split] + 1
    known = Attack(quarters * width)
    for quarter in range(quarters):
        cells = range(quarter * width, (quarter + 1) * width)
        known.learn_equal(cells[:-1], cells[-1:])
        if quarter:
            # Who once lived with us is counted for ever.
            known.learn_grows(cells[-1] - width, cells[-1])
    for audience, code, on, base, shown in view.told:
        if audience in readers and FAMILY.get(code, code) in (split, "households_housed"):
            cells = range(on * width, (on + 1) * width)
            picked = [cells[place] for place in base.picks] if code in SPLITS else cells[-1:]
            if shown.telling is Telling.EXACT and shown.value is not None:
                known.learn(picked, shown.value)
            elif shown.telling is Telling.FEWER_THAN and shown.high is not None:
                known.learn_below(cells[-1:], shown.high)
    return known


def small_cells(view: Published, audience: Audience, split: str) -> set[tuple[int, int]]:
    """Cells below k of what was told, by quarter and place: nobody may know them closer than k."""
    sensitive = BY_CODE[split].about is About.SENSITIVE
    k = audience.k_sensitive if sensitive else audience.k
    return {
        (on, place)
        for reader, code, on, base, _shown in view.told
        if reader == audience and FAMILY.get(code, code) == split
        for place, size in enumerate(base.cells)
        if size < k
    }


READERS = {PUBLIC: (PUBLIC, INVESTOR), CITY: (PUBLIC, INVESTOR, CITY)}


class TestAttackOnTheUnion:
    @settings(max_examples=12, deadline=None)
    @given(QUARTERS, st.sampled_from(sorted(READERS, key=str)), st.sampled_from(TABLES))
    def test_no_small_cell_is_pinned_down(
        self, arrivals: list[list[Arrival]], audience: Audience, split: str
    ) -> None:
        view = published(arrivals)
        known = known_to(view, READERS[audience], split, len(arrivals))

        for on, place in small_cells(view, audience, split):
            width = known.width(on * (SPLITS[split] + 1) + place)
            assert width is None or width >= audience.k, (on, place)

    @settings(max_examples=20, deadline=None)
    @given(QUARTERS)
    def test_two_numbers_of_one_count_are_k_apart_whoever_tells_them(
        self, arrivals: list[list[Arrival]]
    ) -> None:
        view = published(arrivals)

        for row in PEOPLE:
            if row.unit in (Unit.PEOPLE, Unit.HOUSEHOLDS):
                said = {
                    shown.value
                    for _reader, code, _on, _base, shown in view.told
                    if code == row.code and shown.value is not None
                }
                assert all(b - a >= CITY.k for a, b in pairwise(sorted(said)))
