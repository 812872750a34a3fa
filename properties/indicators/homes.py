"""Homes: planned, bought, improved, empty, how they are (numbers 5 to 9, 11, 12, 36 of 3.3)."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from statistics import mean, median

from django.utils.translation import gettext_lazy as _

from properties.indicators import shapes
from properties.indicators.facts import Facts, HomeFact, PlannedHome, Stay
from properties.indicators.shapes import About, Indicator, Result, Unit

OLD_YEARS = 40
"""IRIS PI9170 counts buildings of at least this age as existing stock that is used again."""

CLASSES = ("A4", "A3", "A2", "A1", "B", "C", "D", "E", "F", "G")


def planned(facts: Facts, as_of: date) -> list[PlannedHome]:
    """Purchases that were approved by a day and neither ended well nor badly."""
    return [
        one
        for one in facts.planned
        if one.approved_on <= as_of and (one.ended_on is None or one.ended_on > as_of)
    ]


def units_financed(facts: Facts, as_of: date) -> Result:
    return shapes.count(one.home for one in planned(facts, as_of))


def _homes(facts: Facts, condition: Callable[[HomeFact], bool]) -> list[HomeFact]:
    return [home for home in facts.homes if condition(home)]


def _count(facts: Facts, condition: Callable[[HomeFact], bool]) -> Result:
    return shapes.count(home.id for home in _homes(facts, condition))


def units_acquired(facts: Facts, as_of: date) -> Result:
    return _count(facts, lambda home: home.is_owned(as_of))


def units_improved(facts: Facts, as_of: date) -> Result:
    """Only works that are finished count (IRIS PI6058 leaves out what is in progress)."""
    return _count(facts, lambda home: home.is_ours(as_of) and home.is_improved(as_of))


def units_available(facts: Facts, as_of: date) -> Result:
    """LET under a lease, or READY: empty and no works under way; managed homes too.

    A home whose people were bought with it and have no lease is neither.
    """
    leased = [stay for stay in facts.stays if stay.has_lease and stay.starts_on <= as_of]
    let = {stay.home for stay in leased if stay.is_on(as_of)}
    were_let = {stay.home for stay in leased}

    def is_ready(home: HomeFact) -> bool:
        is_free = not home.was_occupied or home.id in were_let or _by(home.released_on, as_of)
        return is_free and not home.is_in_works(as_of)

    return _count(facts, lambda home: home.is_ours(as_of) and (home.id in let or is_ready(home)))


def vacant_stock_reused(facts: Facts, as_of: date) -> Result:
    """Hundredths of square metres of homes that stood empty in an old house and were renovated."""
    reused = _homes(
        facts,
        lambda home: (
            not home.was_occupied
            and home.is_ours(as_of)
            and home.is_improved(as_of)
            and home.year_built is not None
            and as_of.year - home.year_built >= OLD_YEARS
        ),
    )
    return shapes.summed({home.id: home.area for home in reused})


def housing_type(facts: Facts, as_of: date) -> Result:
    """Homes by number of rooms; all are let, none is sold to those who live there."""
    mine = _homes(facts, lambda home: home.is_owned(as_of))
    return _listed(mine, Counter(str(home.rooms) for home in mine))


def homes_by_district(facts: Facts, as_of: date) -> Result:
    """Homes of ours by circoscrizione, the only place that is told outside (P9)."""
    mine = _homes(facts, lambda home: home.is_owned(as_of))
    return _listed(mine, Counter(str(home.district) for home in mine))


def voids(facts: Facts, as_of: date) -> dict[int, list[int]]:
    """By home the days that each empty time lasted: from the title or the last end to the keys."""
    stays: dict[int, list[Stay]] = defaultdict(list)
    for stay in sorted(facts.stays, key=lambda stay: stay.starts_on):
        if stay.starts_on <= as_of:
            stays[stay.home].append(stay)
    return {home.id: days for home in facts.homes if (days := _void_days(home, stays[home.id]))}


def void_days_median(facts: Facts, as_of: date) -> Result:
    return _void_days_of_all(facts, as_of, median)


def void_days_mean(facts: Facts, as_of: date) -> Result:
    return _void_days_of_all(facts, as_of, mean)


def _void_days_of_all(
    facts: Facts, as_of: date, middle: Callable[[tuple[int, ...]], float]
) -> Result:
    """Every empty time that keys ended; a home that stood empty twice is there twice."""
    by_home = voids(facts, as_of)
    pairs = [(home, days) for home in sorted(by_home) for days in by_home[home]]
    each = tuple(days for _home, days in pairs)
    members = tuple(home for home, _days in pairs)
    return Result(round(middle(each)) if each else 0, each=each, members=members)


def energy_saved(facts: Facts, as_of: date) -> Result:
    """kWh a year: what the certificates say before and after works, times the area."""
    by_home = {}
    for home in _homes(facts, lambda home: home.is_ours(as_of) and home.is_improved(as_of)):
        if home.energy_before is not None and home.energy_after is not None:
            by_home[home.id] = (home.energy_before - home.energy_after) * home.area // 100
    return shapes.summed(by_home)


def carbon_saved(facts: Facts, as_of: date) -> Result:
    """Kilograms a year, by the factor that is in force (a parameter, grams a kWh)."""
    energy = energy_saved(facts, as_of).contributions()
    grams = facts.carbon_grams or 0
    return shapes.summed({home: kwh * grams // 1000 for home, kwh in energy.items()})


def energy_classes(facts: Facts, as_of: date) -> Result:
    mine = _homes(facts, lambda home: home.is_owned(as_of) and bool(home.energy_class))
    sizes = Counter(home.energy_class for home in mine)
    return _listed(mine, Counter({name: sizes[name] for name in CLASSES if sizes[name]}))


def _listed(homes: list[HomeFact], sizes: Counter[str]) -> Result:
    labels = tuple(sizes) if set(sizes) <= set(CLASSES) else tuple(sorted(sizes, key=int))
    return Result(
        len(homes),
        members=tuple(sorted(home.id for home in homes)),
        cells=tuple(sizes[label] for label in labels),
        labels=labels,
    )


def _void_days(home: HomeFact, stays: list[Stay]) -> list[int]:
    empty_since = home.released_on if home.was_occupied else _begun(home)
    days = []
    for stay in stays:
        if empty_since is not None and stay.starts_on >= empty_since:
            days.append((stay.starts_on - empty_since).days)
        empty_since = stay.ends_on
    return days


def _begun(home: HomeFact) -> date | None:
    """Since when a home that came empty is ours, by title or by mandate."""
    spans = [span.since for span in (home.owned, home.managed) if span]
    return min(spans, default=None)


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


EVIDENCE = _("Title deeds, final inspections of works, keys handed over, energy certificates.")

ROWS = (
    Indicator(
        "5", "units_financed", "IRIS PI5965", Unit.HOMES,
        _("Homes planned"),
        _("Homes in purchases that were approved and are neither completed nor given up."),
        units_financed, is_projected=True,
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
        _("Homes of ours or in our management that are let, or empty with no works under way. Where "
          "people live without a lease of ours, a home is not counted."),
        units_available,
    ),
    Indicator(
        "9", "vacant_stock_reused", "IRIS PI9170", Unit.AREA,
        _("Empty homes brought back to use"),
        _("Area of homes that stood empty, in houses of forty years or more, whose works are done."),
        vacant_stock_reused,
    ),
    Indicator(
        "11", "housing_type", "IRIS PD2532", Unit.LIST,
        _("Homes by number of rooms"),
        _("Homes of ours by their rooms; all are let."),
        housing_type,
    ),
    Indicator(
        "11b", "homes_by_district", "-", Unit.LIST,
        _("Homes by circoscrizione"),
        _("Homes of ours by the circoscrizione that they stand in."),
        homes_by_district,
    ),
    Indicator(
        "12a", "void_days_median", "-", Unit.DAYS,
        _("Days a home stood empty: median"),
        _("From the title, or from the day the last household left, to the next keys."),
        void_days_median, About.PEOPLE,
    ),
    Indicator(
        "12b", "void_days_mean", "-", Unit.DAYS,
        _("Days a home stood empty: mean"),
        _("The mean of the same empty times."),
        void_days_mean, About.PEOPLE,
    ),
    Indicator(
        "36a", "energy_saved", "IRIS OI6697", Unit.ENERGY,
        _("Energy saved"),
        _("What certificates say before works less after them, times the area, in a year."),
        energy_saved,
    ),
    Indicator(
        "36b", "carbon_saved", "IRIS OI4862", Unit.CARBON,
        _("Emissions avoided"),
        _("Energy saved times the emission factor in force; an estimate."),
        carbon_saved,
    ),
    Indicator(
        "36c", "energy_classes", "IRIS PI1586", Unit.LIST,
        _("Homes by energy class"),
        _("Homes of ours by the class of their newest certificate."),
        energy_classes,
    ),
)  # fmt: skip
