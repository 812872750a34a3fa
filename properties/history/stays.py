"""Who lived in which home from when to when, and what the end of it says by itself; read set-based.

Leases, and before them those who were found in a home: from the title on, until they had a lease, the
home was released or the bailiff came. What was told when they were asked stands beside it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from backend.core.models import Organisation
from backend.core.money import CENT
from properties.history import ownership
from properties.indicators.facts import Happening, Outcome, Span, Stay
from properties.models import (
    EvictionCase,
    EvictionStep,
    HomeRelease,
    Household,
    HousingOutcome,
    OutcomeCode,
    Tenancy,
)

Row = tuple[Any, ...]
Why, How, Code = Tenancy.EndReason, HomeRelease.How, OutcomeCode
SAID_BY_LEASE: dict[str, tuple[str, bool]] = {
    Why.MOVED_SOCIAL: (Code.MOVED_SOCIAL_RENT, False),
    Why.MOVED_PRIVATE: (Code.MOVED_MARKET, False),
    Why.CARE_HOME: (Code.INSTITUTION, True),
    Why.HOSPITAL: (Code.INSTITUTION, True),
    Why.DIED: (Code.DECEASED, False),
    Why.ABANDONED: (Code.ABANDONED, False),
    Why.EVICTED_ARREARS: (Code.EVICTED, False),
    Why.EVICTED_BEHAVIOUR: (Code.EVICTED, False),
    Why.EVICTED_BOTH: (Code.EVICTED, False),
}
"""What the reason of a lease's end says of where people are, and whether that is care; else nothing."""

EXECUTION = ("case__household", "case__since_on", "on")

SAID_BY_RELEASE: dict[str, str] = {
    How.EXECUTED: Code.EVICTED,
    How.ABANDONED: Code.ABANDONED,
    How.DIED: Code.DECEASED,
}


def leases(organisation: Organisation) -> dict[int, Row]:
    """Every lease: household, home, days, track, and what it costs a month."""
    rows = Tenancy.objects.filter(unit__organisation=organisation).order_by("starts_on", "pk")
    names = (
        *("pk", "household", "unit", "starts_on", "ends_on", "track"),
        *("rent", "charges_monthly", "market_rent", "end_code"),
    )
    return {row[0]: row for row in rows.values_list(*names)}


class Lives:
    """All stays of an issuer's homes and the words that go with them; six queries however many."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.leases = leases(organisation)
        self.first_lease_in: dict[int, dt.date] = {}
        self.first_lease_of: dict[int, dt.date] = {}
        for _pk, who, home, starts_on, *_rest in self.leases.values():
            self.first_lease_in.setdefault(home, starts_on)
            self.first_lease_of.setdefault(who, starts_on)
        released = HomeRelease.objects.filter(unit__organisation=organisation)
        self.releases: dict[int, tuple[dt.date, str]] = {
            home: (on, how) for home, on, how in released.values_list("unit", "on", "how")
        }
        steps = EvictionStep.objects.filter(
            case__household__organisation=organisation, state=EvictionCase.State.EXECUTED
        )
        self.executed: dict[int, list[Span]] = defaultdict(list)
        for who, since, on in steps.order_by("on").values_list(*EXECUTION):
            self.executed[who].append(Span(since, on))
        households = Household.objects.filter(organisation=organisation)
        found = households.filter(was_living_in__isnull=False)
        self.found: dict[int, int] = dict(found.values_list("pk", "was_living_in"))
        told = HousingOutcome.objects.filter(household__organisation=organisation)
        self.told = list(told.order_by("on").values_list("household", "code", "on", "is_care"))

    def stays(self, referred: Mapping[int, dt.date], people: Mapping[int, int]) -> tuple[Stay, ...]:
        """Stays in the order of their days; `people` are those of a household as it is known."""
        let = (
            replace(_leased(row, referred, people), ends_on=self._let_until(row))
            for row in self.leases.values()
        )
        found = (
            Stay(
                who, home, people[who], days.since, days.until, True, referred[who], has_lease=False
            )
            for who, home, days in self._found_spans()
        )
        return tuple(sorted((*let, *found), key=lambda stay: (stay.starts_on, stay.household)))

    def last_days(self) -> dict[int, dt.date | None]:
        """By household that lived in a home of ours the first day it no longer did; None: it does."""
        ends = [(row[1], self._let_until(row)) for row in self.leases.values()]
        ends += [(who, days.until) for who, _home, days in self._found_spans()]
        last: dict[int, dt.date | None] = {}
        for who, day in ends:
            known = last.get(who, day)
            last[who] = max(known, day) if known and day else None
        return last

    def outcomes(self) -> tuple[Outcome, ...]:
        """What was told, and what the end of a stay says of a day on which nobody was asked."""
        said = {
            (who, on): Outcome(who, code, on, is_care) for who, code, on, is_care in self._said()
        }
        said |= {(who, on): Outcome(who, code, on, is_care) for who, code, on, is_care in self.told}
        return tuple(said[key] for key in sorted(said, key=lambda key: (key[1], key[0])))

    def evictions(self) -> tuple[Happening, ...]:
        """Everybody who was removed by enforcement: by a step of the clock, an end, or as was told."""
        words = (*self._said(), *self.told)
        days = {(who, on) for who, code, on, _is_care in words if code == Code.EVICTED}
        return tuple(Happening(who, on) for who, on in sorted(days))

    def _said(self) -> Iterable[tuple[int, str, dt.date, bool]]:
        for _pk, who, _home, _starts_on, ends_on, *_rest, why in self.leases.values():
            if ends_on and why in SAID_BY_LEASE:
                code, is_care = SAID_BY_LEASE[why]
                yield who, code, ends_on, is_care
        for who, home in self.found.items():
            on, how = self.releases.get(home, (None, ""))
            if on and how in SAID_BY_RELEASE:
                yield who, SAID_BY_RELEASE[how], on, False
        for who, days in self.executed.items():
            yield from ((who, Code.EVICTED, one.until, False) for one in days if one.until)

    def _let_until(self, lease: Row) -> dt.date | None:
        """The first day of a lease nobody lives under it: its end, or before it the bailiff's visit.

        Whom another landlord threatened before they got our keys was not removed from our home.
        """
        _pk, who, _home, starts_on, ends_on, track, *_rest = lease
        is_kept = track == Tenancy.Track.OCCUPIED
        ours = (one for one in self.executed.get(who, ()) if is_kept or one.since >= starts_on)
        visits = (one.until for one in ours if one.until and one.until > starts_on)
        return min((day for day in (next(visits, None), ends_on) if day), default=None)

    def _found_spans(self) -> Iterable[tuple[int, int, Span]]:
        """Households found in a home of ours, the home, and their days there without a lease."""
        owned = ownership.owned(self.organisation)
        for who, home in self.found.items():
            if title := owned.get(home):
                last = self._left_on(who, home, title)
                if last is None or last > title.since:
                    yield who, home, Span(title.since, last)

    def _left_on(self, who: int, home: int, title: Span) -> dt.date | None:
        """What comes first: a lease of theirs or of others there, the release, the bailiff, a sale."""
        visits = self.executed.get(who, ())
        days = (
            self.first_lease_in.get(home),
            self.first_lease_of.get(who),
            self.releases.get(home, (None, ""))[0],
            next((day for one in visits if (day := one.until) and day > title.since), None),
            title.until,
        )
        return min((day for day in days if day), default=None)


def _leased(row: Row, referred: Mapping[int, dt.date], people: Mapping[int, int]) -> Stay:
    _pk, who, home, starts_on, ends_on, track, rent, charges, market, _why = row
    return Stay(
        household=who,
        home=home,
        people=people[who],
        starts_on=starts_on,
        ends_on=ends_on,
        is_kept=track == Tenancy.Track.OCCUPIED,
        referred_on=referred[who],
        rent=cents(rent),
        charges=cents(charges),
        market=None if market is None else cents(market),
    )


def cents(amount: Any) -> int:
    """Cents of a column: what `values_list` gives of a money field is its bare number."""
    return int((amount.amount if hasattr(amount, "amount") else amount) / CENT)
