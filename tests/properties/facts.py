"""Facts as indicators take them, and what an indicator makes of them on a day: short to write in tests."""

from datetime import date, timedelta

from properties.indicators import (
    BY_CODE,
    Facts,
    Result,
    Stay,
)
from properties.indicators.facts import (
    HouseholdFact,
)

DAY = date(2025, 6, 30)
LATER = date(2025, 9, 30)
YEAR_AGO = DAY - timedelta(days=400)


def value(code: str, facts: Facts, as_of: date = DAY) -> int:
    return BY_CODE[code].compute(facts, as_of).value


def result(code: str, facts: Facts, as_of: date = DAY) -> Result:
    return BY_CODE[code].compute(facts, as_of)


def stay(household: int, *, on: date = DAY, people: int = 3, kept: bool = False) -> Stay:
    return Stay(household, household, people, on, None, kept, referred_on=date(2025, 5, 1))


def who(number: int, *, ethos: str = "EL1", isee: str = "to_6241") -> HouseholdFact:
    return HouseholdFact(number, 3, 1, ethos, isee, has_disability=number == 1 or None)
