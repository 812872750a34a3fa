"""The indicators that are computed today, each a pure function of dated facts as of a day.

Numbers, standard ids and formulas are those of housing.md 3.3 (IRIS+ 5.3, HUD). Facts are gathered
in `figures`; what an audience may see of a result is decided by `tell`, with `disclosure`. A new
indicator is one more row of REGISTRY.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from properties import disclosure
from properties.disclosure import Audience, Shown


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that moved on a day, in cents; `home` is 0 where it is about none."""

    cents: int
    on: date
    home: int = 0


@dataclass(frozen=True, slots=True)
class HomeFact:
    """A home of ours and the days that count; None means not yet."""

    id: int
    title_on: date | None
    was_occupied: bool
    has_works: bool
    works_ready_on: date | None


@dataclass(frozen=True, slots=True)
class Stay:
    """A household in one of our homes, `ends_on` being the first day it is no longer there."""

    household: int
    home: int
    people: int
    starts_on: date
    ends_on: date | None
    is_kept: bool
    referred_on: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a household lived when it was asked."""

    household: int
    code: str
    on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the indicators look at; all of it dated, so that any day can be asked for."""

    settled: tuple[Payment, ...] = ()
    acquisition: tuple[Payment, ...] = ()
    works: tuple[Payment, ...] = ()
    homes: tuple[HomeFact, ...] = ()
    stays: tuple[Stay, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula gave: a value, for rates of how many, for waits each one; and its members."""

    value: int
    of: int | None = None
    each: tuple[int, ...] = ()
    members: tuple[int, ...] = ()


class Unit(StrEnum):
    EUR = "EUR"
    HOMES = "homes"
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    PERCENT = "%"
    DAYS = "days"


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


def _sum(payments: tuple[Payment, ...], as_of: date) -> Result:
    counted = [payment for payment in payments if payment.on <= as_of]
    homes = {payment.home for payment in counted if payment.home}
    return Result(sum(payment.cents for payment in counted), members=tuple(sorted(homes)))


def capital_raised(facts: Facts, as_of: date) -> Result:
    return _sum(facts.settled, as_of)


def deployed_in_purchases(facts: Facts, as_of: date) -> Result:
    return _sum(facts.acquisition, as_of)


def deployed_in_works(facts: Facts, as_of: date) -> Result:
    return _sum(facts.works, as_of)


def _homes(facts: Facts, condition: Callable[[HomeFact], bool]) -> Result:
    members = tuple(sorted(home.id for home in facts.homes if condition(home)))
    return Result(len(members), members=members)


def units_acquired(facts: Facts, as_of: date) -> Result:
    return _homes(facts, lambda home: _by(home.title_on, as_of))


def units_improved(facts: Facts, as_of: date) -> Result:
    """Only works that are finished count (IRIS PI6058 leaves out what is in progress)."""
    return _homes(facts, lambda home: _by(home.works_ready_on, as_of))


def units_available(facts: Facts, as_of: date) -> Result:
    """Ready to let, let, or kept by those who lived there: ours, and no works under way."""
    return _homes(
        facts,
        lambda home: (
            _by(home.title_on, as_of) and (not home.has_works or _by(home.works_ready_on, as_of))
        ),
    )


def _begun(facts: Facts, as_of: date) -> list[Stay]:
    return [stay for stay in facts.stays if stay.starts_on <= as_of]


def individuals_housed(facts: Facts, as_of: date) -> Result:
    """Distinct people: each household once, however many homes it had."""
    people = {stay.household: stay.people for stay in _begun(facts, as_of)}
    return Result(sum(people.values()), members=tuple(sorted(people)))


def households_housed(facts: Facts, as_of: date) -> Result:
    members = tuple(sorted({stay.household for stay in _begun(facts, as_of)}))
    return Result(len(members), members=members)


def kept_the_home(facts: Facts, as_of: date) -> Result:
    """Of the households that lived in a home when it was bought and were asked since: who kept it.

    The newest outcome counts. HUD W5.1 = 1 for every code that begins with KEPT.
    """
    on_track = {stay.household for stay in _begun(facts, as_of) if stay.is_kept}
    # Who was not asked is in neither number: silence is no success.
    asked = [one for one in facts.outcomes if one.on <= as_of and one.household in on_track]
    newest = {one.household: one.code for one in sorted(asked, key=lambda one: one.on)}
    kept = tuple(sorted(who for who, code in newest.items() if code.startswith("KEPT_")))
    return Result(len(kept), of=len(newest), members=kept)


def time_to_home(facts: Facts, as_of: date) -> Result:
    """Days from referral to keys, of households that got a free home; the value is the median."""
    # Newest first, so that of a household with several homes the first keys count.
    waits = {
        stay.household: max((stay.starts_on - stay.referred_on).days, 0)
        for stay in sorted(_begun(facts, as_of), key=lambda stay: stay.starts_on, reverse=True)
        if not stay.is_kept
    }
    days = tuple(sorted(waits.values()))
    median = days[len(days) // 2] if days else 0
    return Result(median, each=days, members=tuple(sorted(waits)))


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


REGISTRY: tuple[Indicator, ...] = (
    Indicator(
        "1", "capital_raised", "IRIS FP8293", Unit.EUR,
        _("Capital raised"),
        _("Sum of what reached the account for this raise, less returns."),
        capital_raised,
    ),
    Indicator(
        "2a", "deployed_in_purchases", "IRIS PI7233", Unit.EUR,
        _("Spent on buying homes"),
        _("Sum of what was paid for price, taxes, notary and the other costs of a purchase."),
        deployed_in_purchases,
    ),
    Indicator(
        "2b", "deployed_in_works", "IRIS PI7233", Unit.EUR,
        _("Spent on works"),
        _("Sum of what was paid for works on homes, by funds that cover works."),
        deployed_in_works,
    ),
    Indicator(
        "6", "units_acquired", "IRIS PI5965", Unit.HOMES,
        _("Homes acquired"),
        _("Homes whose title is ours; homes managed for others are not counted."),
        units_acquired,
    ),
    Indicator(
        "7", "units_improved", "IRIS PI6058", Unit.HOMES,
        _("Homes improved"),
        _("Homes whose works are finished; works under way are not counted."),
        units_improved,
    ),
    Indicator(
        "8", "units_available", "-", Unit.HOMES,
        _("Homes in use or ready"),
        _("Homes of ours with no works under way: let, kept by those living there, or ready."),
        units_available,
    ),
    Indicator(
        "14", "individuals_housed", "IRIS PI4060", Unit.PEOPLE,
        _("People housed"),
        _("Distinct people who live or lived in our homes, each counted once."),
        individuals_housed,
    ),
    Indicator(
        "15", "households_housed", "IRIS PI7954", Unit.HOUSEHOLDS,
        _("Households housed"),
        _("Distinct households that live or lived in our homes, each counted once."),
        households_housed,
    ),
    Indicator(
        "19", "kept_the_home", "HUD W5.1", Unit.PERCENT,
        _("Kept their home"),
        _("Of the households living in a home when it was bought, those who kept it."),
        kept_the_home,
    ),
    Indicator(
        "24", "time_to_home", "HUD APR Q22c", Unit.DAYS,
        _("Time to a home"),
        _("Days from referral to keys: the median household."),
        time_to_home,
    ),
)  # fmt: skip
BY_CODE = {indicator.code: indicator for indicator in REGISTRY}


def tell(indicator: Indicator, result: Result, audience: Audience) -> Shown:
    """What an audience may see of a result; money and homes are not about people (but see P27)."""
    if indicator.unit in (Unit.EUR, Unit.HOMES):
        return disclosure.exact(result.value)
    if indicator.unit is Unit.PERCENT:
        return disclosure.rate(result.value, result.of or 0, audience=audience)
    if indicator.unit is Unit.DAYS:
        return disclosure.waiting_time(result.each)
    return disclosure.count(result.value, audience=audience)
