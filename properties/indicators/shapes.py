"""What an indicator is, and what its formula gives: the shapes that every row of the registry has."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise

from properties.indicators.facts import Facts


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula gave, and whom it rests on.

    `members` are the homes or households behind it and `each` what each of them put in: people,
    days, cents, or the place of its cell. `cells` split all that were counted, disjoint and whole,
    in one order for all indicators of a split; `picks` are the places of this one's numerator, and
    `unsure` that of those whom nobody could ask. At best the value is `high`, of `high_of` where some
    of those counted are then left out. `labels` name cells that are told as a list. `counted` says of
    a split of whole members how many they are, also where nobody kept who. `givers` are the households
    in each cell of people; `lost` are those whom a window counts well no longer, and the one before did.
    """

    value: int
    of: int | None = None
    each: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    cells: tuple[int, ...] = ()
    picks: tuple[int, ...] = (0,)
    unsure: int | None = None
    high: int | None = None
    labels: tuple[str, ...] = ()
    high_of: int | None = None
    counted: int | None = None
    givers: tuple[int, ...] = ()
    lost: int | None = None

    @property
    def size(self) -> int:
        """How many stand behind it."""
        return len(set(self.members)) if self.counted is None else self.counted

    @property
    def is_split(self) -> bool:
        """Whether each member stands whole in one cell, so that the cells say all that is told."""
        return self.counted is not None

    def without_members(self) -> "Result":
        """The same split, keeping of nobody in which cell they are."""
        return replace(self, members=(), each=(), counted=self.size)

    def contributions(self) -> dict[int, int]:
        """By member, what it put in, all together; 1 where the formula only counts."""
        each = self.each or (1,) * len(self.members)
        put_in: Counter[int] = Counter()
        for one, amount in zip(self.members, each, strict=True):
            put_in[one] += amount
        return dict(put_in)


class Unit(StrEnum):
    EUR = "EUR"
    EUR_MONTH = "EUR/month"
    HOMES = "homes"
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    MEAN_PEOPLE = "people per household"
    PERCENT = "%"
    DAYS = "days"
    AREA = "m²"
    ENERGY = "kWh/year"
    CARBON = "kg CO2/year"
    SCORE = "score"
    LIST = "list"


class About(StrEnum):
    """What a figure may give away: nothing, the price of an inhabited home (P27), or people."""

    THINGS = "things"
    PURCHASES = "purchases"
    PEOPLE = "people"
    SENSITIVE = "sensitive"
    """People crossed with a trait that waits for the higher threshold (P1)."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure with its standard id, how it is computed, and the words for both."""

    number: str
    code: str
    standard: str
    unit: Unit
    name: str | Promise
    formula: str | Promise
    compute: Callable[[Facts, date], Result]
    about: About = About.THINGS
    is_projected: bool = False
    quotient: tuple[str, ...] = ()
    """The codes of the two figures that it divides: it is told of what these tell, or not at all."""

    @property
    def is_about_people(self) -> bool:
        return self.about in (About.PEOPLE, About.SENSITIVE)


def count(members: Iterable[int]) -> Result:
    """So many, each once."""
    found = tuple(sorted(set(members)))
    return Result(len(found), members=found)


def split(
    cell_of: Mapping[int, int],
    cells: int,
    *,
    picks: tuple[int, ...] = (0,),
    unsure: int | None = None,
) -> Result:
    """Members by the place of their cell; those of the picked cells are the numerator.

    Were all of the cell `unsure` counted well, the value would be `high`.
    """
    sizes = [0] * cells
    for place in cell_of.values():
        sizes[place] += 1
    members = tuple(sorted(cell_of))
    value = sum(sizes[place] for place in picks)
    return Result(
        value,
        of=sum(sizes),
        members=members,
        each=tuple(cell_of[one] for one in members),
        cells=tuple(sizes),
        picks=picks,
        unsure=unsure,
        high=None if unsure is None else value + sizes[unsure],
        counted=len(members),
    )


def quotient(summed_up: Result, counted: Result) -> Result:
    """The mean, in tenths, of a sum over those counted; empty where the two are not of the same ones.

    Made of two figures as they were told, it adds nothing to them. A mean of another day would: of the
    sum of that day it would tell the count, and by it those who came since.
    """
    if summed_up.members != counted.members or not counted.value:
        return Result(0)
    return Result(
        round(10 * summed_up.value / counted.value),
        of=counted.value,
        members=counted.members,
        each=summed_up.each,
    )


def summed(by_member: Mapping[int, int]) -> Result:
    """A sum with what each member put in."""
    members = tuple(sorted(by_member))
    each = tuple(by_member[one] for one in members)
    return Result(sum(each), members=members, each=each)


def mean(by_member: Mapping[int, int]) -> Result:
    """The mean of what the members put in, rounded; zero of nobody."""
    total = summed(by_member)
    value = round(total.value / len(total.members)) if total.members else 0
    return Result(value, members=total.members, each=total.each)
