"""Who lives in our homes: how many, from where, with how little (numbers 13 to 18 of 3.3).

Everyone counts once, however many homes they had with us. Who was not asked is in no numerator.
"""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from properties.indicators import homes, shapes, sustainment
from properties.indicators.facts import Facts, HouseholdFact
from properties.indicators.shapes import About, Indicator, Result, Unit

YEAR_DAYS = 365
HOMELESS = frozenset({"EL1", "EL2", "EL3", "EL4", "EL5", "EL6"})
EXCLUDED = frozenset({"EL7x", "EL8x"})
VERY_LOW, LOW = "to_6241", frozenset({"to_10310", "to_26000"})


def individuals_projected(facts: Facts, as_of: date) -> Result:
    return shapes.summed({one.home: one.people for one in homes.planned(facts, as_of)})


def housed(facts: Facts, as_of: date) -> dict[int, int]:
    """By household that lives or lived with us, its people: the newest stay tells."""
    return facts.once(("housed", as_of), lambda: _housed(facts, as_of))


def _housed(facts: Facts, as_of: date) -> dict[int, int]:
    begun = (stay for stay in facts.stays if stay.starts_on <= as_of)
    return {stay.household: stay.people for stay in begun}


def individuals_housed(facts: Facts, as_of: date) -> Result:
    """Distinct people: each household once, however many homes it had."""
    return shapes.summed(housed(facts, as_of))


def households_housed(facts: Facts, as_of: date) -> Result:
    return shapes.count(housed(facts, as_of))


PLACES = ("1", "2", "3", "4", "5", "6", "7", "8", "")
"""The circoscrizioni; the last is no place that may be told."""


def households_by_district(facts: Facts, as_of: date) -> Result:
    """Households by the circoscrizione of their newest home with us; those under protection apart."""
    where = {home.id: str(home.district) for home in facts.homes}
    restricted = {one.id for one in facts.households if one.is_restricted}
    newest = {stay.household: stay.home for stay in facts.stays if stay.starts_on <= as_of}
    cells = {
        who: PLACES.index("" if who in restricted else where.get(home, ""))
        for who, home in newest.items()
    }
    told = shapes.split(cells, len(PLACES), picks=tuple(range(len(PLACES) - 1)))
    return replace(told, labels=PLACES)


def households_new(facts: Facts, as_of: date) -> Result:
    """Those whose first home with us began within the last year, of all."""
    first: dict[int, date] = {}
    for stay in facts.stays:
        if stay.starts_on <= as_of:
            first[stay.household] = min(first.get(stay.household, stay.starts_on), stay.starts_on)
    cells = {who: int((as_of - day).days > YEAR_DAYS) for who, day in first.items()}
    return shapes.split(cells, 2)


def household_size(facts: Facts, as_of: date) -> Result:
    """The mean, in tenths of a person."""
    return shapes.quotient(individuals_housed(facts, as_of), households_housed(facts, as_of))


def access_from_homelessness(facts: Facts, as_of: date) -> Result:
    return _access(facts, as_of, picked=0)


def access_from_exclusion(facts: Facts, as_of: date) -> Result:
    return _access(facts, as_of, picked=1)


def _access(facts: Facts, as_of: date, *, picked: int) -> Result:
    """Households by where they came from, those that are stable now; never added in one number."""
    stable = _stable(facts, as_of)
    cells = {}
    for one in _households(facts, as_of):
        from_where = 0 if one.ethos in HOMELESS else 1 if one.ethos in EXCLUDED else 2
        cells[one.id] = from_where if one.id in stable else 2
    return shapes.split(cells, 3, picks=(picked,))


def _stable(facts: Facts, as_of: date) -> set[int]:
    living = {stay.household for stay in facts.stays if stay.is_on(as_of)}
    newest = {one.household: one for one in facts.outcomes if one.on <= as_of}
    moved = {who for who, one in newest.items() if one.code in sustainment.POSITIVE}
    return living | moved


def low_income(facts: Facts, as_of: date) -> Result:
    return _income(facts, as_of, picks=(0, 1))


def very_low_income(facts: Facts, as_of: date) -> Result:
    return _income(facts, as_of, picks=(0,))


def _income(facts: Facts, as_of: date, *, picks: tuple[int, ...]) -> Result:
    cells = {
        one.id: 0 if one.isee == VERY_LOW else 1 if one.isee in LOW else 2
        for one in _households(facts, as_of)
    }
    return shapes.split(cells, 3, picks=picks)


def minors_housed(facts: Facts, as_of: date) -> Result:
    mine = _households(facts, as_of)
    minors = {one.id: one.minors for one in mine}
    grown = sum(one.people - one.minors for one in mine)
    total = shapes.summed(minors)
    return Result(
        total.value,
        of=total.value + grown,
        members=total.members,
        each=total.each,
        cells=(total.value, grown),
        givers=(sum(one.minors > 0 for one in mine), sum(one.people > one.minors for one in mine)),
    )


def with_disability(facts: Facts, as_of: date) -> Result:
    told = {one.id: one.has_disability for one in _remembered(facts, as_of)}
    return _trait(told, facts.counted("with_disability", as_of))


def displaced(facts: Facts, as_of: date) -> Result:
    told = {one.id: one.is_displaced for one in _remembered(facts, as_of)}
    return _trait(told, facts.counted("displaced", as_of))


def _trait(answers: dict[int, bool | None], forgotten: dict[int, int]) -> Result:
    """Yes, no, and not known: three cells, for who was not asked has not said no."""
    cells = {who: 2 if said is None else int(not said) for who, said in answers.items()}
    return shapes.split(cells | forgotten, 3)


def _remembered(facts: Facts, as_of: date) -> list[HouseholdFact]:
    return [one for one in _households(facts, as_of) if not one.is_forgotten]


def _households(facts: Facts, as_of: date) -> list[HouseholdFact]:
    inside = housed(facts, as_of)
    return [one for one in facts.households if one.id in inside]


EVIDENCE = _("What households told at intake, and the contracts that they signed.")

ROWS = (
    Indicator(
        "13", "individuals_projected", "IRIS PI2640", Unit.PEOPLE,
        _("People planned for"),
        _("One person a room of the homes in approved purchases that are under way."),
        individuals_projected, is_projected=True,
    ),
    Indicator(
        "14", "individuals_housed", "IRIS PI4060", Unit.PEOPLE,
        _("People housed"),
        _("Distinct people who live or lived in our homes, each counted once."),
        individuals_housed, About.PEOPLE,
    ),
    Indicator(
        "15", "households_housed", "IRIS PI7954", Unit.HOUSEHOLDS,
        _("Households housed"),
        _("Distinct households that live or lived in our homes, each counted once."),
        households_housed, About.PEOPLE,
    ),
    Indicator(
        "15b", "households_new", "IRIS PI6991", Unit.HOUSEHOLDS,
        _("Households housed for the first time in the last year"),
        _("Households whose first home with us began within 365 days."),
        households_new, About.PEOPLE,
    ),
    Indicator(
        "15c", "household_size", "IRIS PI4548", Unit.MEAN_PEOPLE,
        _("Size of a household"),
        _("People housed, divided by households housed."),
        household_size, About.PEOPLE, quotient=("individuals_housed", "households_housed"),
    ),
    Indicator(
        "15d", "households_by_district", "-", Unit.LIST,
        _("Households by circoscrizione"),
        _("Households housed, by the circoscrizione of their newest home with us. The smallest places "
          "are not told, nor where households under protection live."),
        households_by_district, About.PEOPLE,
    ),
    Indicator(
        "16a", "access_from_homelessness", "IRIS PI2845", Unit.HOUSEHOLDS,
        _("Households housed out of homelessness"),
        _("Households of ETHOS Light 1 to 6 at intake that now have a stable home."),
        access_from_homelessness, About.PEOPLE,
    ),
    Indicator(
        "16b", "access_from_exclusion", "IRIS PI2845", Unit.HOUSEHOLDS,
        _("Households housed out of housing exclusion"),
        _("Households under threat of eviction or in an unfit home at intake, now stable."),
        access_from_exclusion, About.PEOPLE,
    ),
    Indicator(
        "17a", "low_income", "IRIS PI7318", Unit.HOUSEHOLDS,
        _("Households with a low income"),
        _("ISEE of at most 26,000 euro at intake."),
        low_income, About.PEOPLE,
    ),
    Indicator(
        "17b", "very_low_income", "IRIS PI6705", Unit.HOUSEHOLDS,
        _("Households with a very low income"),
        _("ISEE of at most 6,241.67 euro at intake."),
        very_low_income, About.PEOPLE,
    ),
    Indicator(
        "18a", "minors_housed", "IRIS PI1945", Unit.PEOPLE,
        _("Minors housed"),
        _("People under 18 at intake among those housed."),
        minors_housed, About.PEOPLE,
    ),
    Indicator(
        "18b", "with_disability", "IRIS PI6266", Unit.HOUSEHOLDS,
        _("Households with a person with a disability"),
        _("Households that said so where a service needed to know; not asked is not no."),
        with_disability, About.SENSITIVE,
    ),
    Indicator(
        "18c", "displaced", "IRIS PI5297", Unit.HOUSEHOLDS,
        _("Displaced households"),
        _("Households that said so where a service needed to know; not asked is not no."),
        displaced, About.SENSITIVE,
    ),
)  # fmt: skip
