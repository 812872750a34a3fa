"""What the indicators look at: dated facts in plain values, so that any day can be asked for.

Money is in cents, areas in hundredths of a square metre. `figures` and `history` fill these from the
tables; nothing here knows a database.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that moved on a day, in cents; `home` is 0 where it is about none, `fund` who paid."""

    cents: int
    on: date
    home: int = 0
    fund: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """From a day on until the first day it is over; None is no end, or none yet."""

    since: date
    until: date | None = None

    def is_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


@dataclass(frozen=True, slots=True)
class HomeFact:
    """A home and the days that count; None means not yet, or not known."""

    id: int
    owned: Span | None
    """From the title to the deed by which it was sold or a gift was revoked."""
    was_occupied: bool = False
    works: tuple[Span, ...] = ()
    """Each from its beginning until it was ready."""
    managed: Span | None = None
    """Under a mandate of its owner; never acquired capital (housing.md 3.7 D)."""
    released_on: date | None = None
    """Since when nobody of those it was bought with lives in it, if they never had a lease."""
    rooms: int = 0
    district: int = 0
    area: int = 0
    year_built: int | None = None
    energy_class: str = ""
    energy_before: int | None = None
    """kWh a square metre and year by the certificate before works; `energy_after` by the newest."""
    energy_after: int | None = None

    def is_owned(self, day: date) -> bool:
        return self.owned is not None and self.owned.is_on(day)

    def is_ours(self, day: date) -> bool:
        """Owned, or managed for its owner."""
        return self.is_owned(day) or (self.managed is not None and self.managed.is_on(day))

    def is_improved(self, day: date) -> bool:
        return any(one.until is not None and one.until <= day for one in self.works)

    def is_in_works(self, day: date) -> bool:
        return any(one.is_on(day) for one in self.works)


@dataclass(frozen=True, slots=True)
class PlannedHome:
    """A purchase that a second person approved; over with the title, or when it failed."""

    home: int
    people: int
    approved_on: date
    ended_on: date | None
    is_occupied: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """A household in one of our homes, `ends_on` being the first day it is no longer there.

    Who was found in a home stays there from the title on (housing.md 3.4): until a lease without one,
    `has_lease` being false, so that those who are lost before a lease are counted too.
    """

    household: int
    home: int
    people: int
    starts_on: date
    ends_on: date | None
    is_kept: bool
    referred_on: date
    rent: int = 0
    charges: int = 0
    market: int | None = None
    """What such a home costs a month on the market, by the reference named in the contract."""
    has_lease: bool = True

    def is_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)


@dataclass(frozen=True, slots=True)
class HouseholdFact:
    """A household at intake; None where it was not asked, refused, or is not known."""

    id: int
    people: int
    minors: int
    ethos: str
    isee: str
    has_disability: bool | None = None
    is_displaced: bool | None = None
    is_restricted: bool = False
    """Under protection: in totals, and in no district (P14)."""
    is_forgotten: bool = False
    """What it answered is gone; figures count it among those whom nobody knows (`Counted`)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a household lived when it was asked; care and hospital count in no rate."""

    household: int
    code: str
    on: date
    is_care: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """Money obtained for a household on a day: a debt settled, an aid granted."""

    household: int
    cents: int
    on: date


@dataclass(frozen=True, slots=True)
class Happening:
    """Something about a household on a day: a session of advice, work looked for, work found."""

    household: int
    on: date


@dataclass(frozen=True, slots=True, order=True)
class PlanFact:
    """A repayment plan and how it stood on the day that is asked for; the oldest first in order."""

    opened_on: date
    id: int
    household: int
    state: str

    @property
    def is_kept(self) -> bool:
        return self.state in ("LIVE", "COMPLETED")


@dataclass(frozen=True, slots=True)
class RentAccount:
    """What a tenancy owed on the day, and what it is charged in a year."""

    household: int
    arrears: int
    annual: int


@dataclass(frozen=True, slots=True)
class Income:
    """What a household has a month, and the housing allowance in it, since a day."""

    household: int
    on: date
    income: int
    allowance: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody forgotten who counts in a cell of an indicator while the span lasts; `id` is of nobody."""

    id: int
    indicator: str
    cell: int
    days: Span


@dataclass(frozen=True, slots=True)
class Answer:
    """A household asked how satisfied it is, 0 to 10; None is no answer."""

    household: int
    on: date
    score: int | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What would have been without us: days in a hotel, cents a day, the share that had not (%)."""

    days: int
    tariff: int
    deadweight_low: int
    deadweight_high: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the indicators look at; all of it dated, so that any day can be asked for.

    What several indicators derive from it is derived once, and kept in `memo`.
    """

    settled: tuple[Payment, ...] = ()
    acquisition: tuple[Payment, ...] = ()
    works: tuple[Payment, ...] = ()
    homes: tuple[HomeFact, ...] = ()
    planned: tuple[PlannedHome, ...] = ()
    stays: tuple[Stay, ...] = ()
    households: tuple[HouseholdFact, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    """What was told, and what the end of a stay says by itself."""
    evictions: tuple[Happening, ...] = ()
    """Removed by enforcement, whoever wrote it down and where."""
    relief: tuple[Amount, ...] = ()
    aid: tuple[Amount, ...] = ()
    advice: tuple[Happening, ...] = ()
    job_support: tuple[Happening, ...] = ()
    jobs_found: tuple[Happening, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    rent_accounts: tuple[RentAccount, ...] = ()
    incomes: tuple[Income, ...] = ()
    answers: tuple[Answer, ...] = ()
    forgotten: tuple[Counted, ...] = ()
    baseline: Baseline | None = None
    carbon_grams: int | None = None
    """Grams of CO2 that go with a kWh, by the parameter in force."""
    gap_days: int | None = None
    """So many days between two of our homes are no gap, by the parameter in force."""
    memo: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def counted(self, indicator: str, day: date) -> dict[int, int]:
        """The cells of those forgotten who count in an indicator on a day, by numbers of nobody."""
        return {
            one.id: one.cell
            for one in self.forgotten
            if one.indicator == indicator and one.days.is_on(day)
        }

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made the first time that the key is asked for."""
        if key not in self.memo:
            self.memo[key] = make()
        found: T = self.memo[key]
        return found
