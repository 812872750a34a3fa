"""What the city asks of its own referrals: received, housed, waiting, refused and why, days to the keys.

Counts suppressed for the city before they leave this module (P1, P4, P5); restricted households are in
the total, for leaving them out would tell of them by the difference between two tables.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from backend.core import audit, clock
from backend.core.models import AuditEvent, Organisation, User
from backend.core.periods import previous, quarter_of
from backend.core.roles import Role
from properties import consents, disclosure
from properties.disclosure import CITY, Shown
from properties.indicators import Result, is_far, shapes
from properties.models import Amendment, Consent, Household, Tenancy


@dataclass(frozen=True, slots=True)
class Row:
    """Referrals of one fate, as the city may read them."""

    code: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Dossier:
    """All referrals of the city: the total, each fate, and the wait as a band."""

    as_of: dt.date
    """The quarter's end whose counts these are; it may lie quarters before the day that was asked."""
    total: Shown
    rows: tuple[Row, ...]
    wait: Shown


@dataclass(frozen=True, slots=True)
class OfIssuer:
    """The dossier of one issuer."""

    issuer: Organisation
    dossier: Dossier


FATES = ("HOUSED", "WAITING", *Household.Closed.values)


def dossiers(*, person: User, at: dt.datetime) -> list[OfIssuer]:
    """One per issuer that the city referred somebody to; for a manager that of the own issuer alone.

    As of the end of the last quarter: a count that moved day by day would tell of each household.
    """
    as_of = previous(quarter_of(clock.day_of(at))).last_day
    rows = Household.objects.filter(is_referred_by_city=True, referred_on__lte=as_of)
    if not person.has_role(Role.CITY_REVIEWER):
        rows = rows.filter(organisation=person.organisation_id)
    issuers = Organisation.objects.filter(pk__in=rows.values("organisation"))
    return [
        OfIssuer(issuer, dossier(organisation=issuer.pk, as_of=as_of))
        for issuer in issuers.order_by("pk")
    ]


def dossier(*, organisation: int, as_of: dt.date) -> Dossier:
    """The city's own referrals to one issuer, by what became of them, as they may be told on a day.

    Its `as_of` is the day of the counts: what followed it waits until k households moved.
    """
    rows = all_of(organisation)
    on = told_on(rows, as_of)
    mine = [row for row in rows if row.is_told(on)]
    found = fates(rows, on)
    # Beside all households housed, the city's own would tell of the few who are not: those are hidden.
    others = sum(not row.is_told(on) and row.has_keys(on) for row in rows)
    total, shown = disclosure.parts(
        found.cells, audience=CITY, never=(FATES.index("HOUSED"),) if 0 < others < CITY.k else ()
    )
    waits = sorted(row.waited for row in mine if row.has_keys(on))
    return Dossier(
        as_of=on,
        total=total,
        rows=tuple(Row(code, one) for code, one in zip(FATES, shown, strict=True)),
        wait=disclosure.waiting_time(waits, waits[len(waits) // 2] if waits else 0, audience=CITY),
    )


@dataclass(frozen=True, slots=True)
class Referral:
    """A household with the days since which its fate is so, and was written down here.

    What is told late of a quarter that is over shows with the next one: its counts were read (P6).
    `keys_on` is the first day in a home of ours, `waited` how many days after the referral that was.
    """

    id: int
    is_city: bool
    known_on: dt.date
    closed_on: dt.date | None
    reason: str
    keys_on: dt.date | None
    silent_on: dt.date | None = None
    """Since when it wants the city to be told nothing: a count follows with k others (P6, P16)."""
    waited: int = 0

    def is_told(self, on: dt.date) -> bool:
        is_silent = self.silent_on is not None and self.silent_on <= on
        return self.is_city and self.known_on <= on and not is_silent

    def has_keys(self, on: dt.date) -> bool:
        return self.keys_on is not None and self.keys_on <= on

    def fate(self, on: dt.date) -> str:
        if self.has_keys(on):
            return "HOUSED"
        return self.reason if self.closed_on is not None and self.closed_on <= on else "WAITING"


def fates(rows: Iterable[Referral], on: dt.date) -> Result:
    """Referrals until a day, each in the cell of its fate."""
    known = (row for row in rows if row.is_told(on))
    return shapes.split({row.id: FATES.index(row.fate(on)) for row in known}, len(FATES))


def told_on(rows: Sequence[Referral], as_of: dt.date) -> dt.date:
    """The quarter's end whose counts stand on a day: those of the next only when k moved (P6).

    Walked from the first referral on, so that the same day is always told alike; before the quarter
    of the first referral ended, the end of the quarter before it, when there was none.
    """
    mine = [row for row in rows if row.is_city]
    quarter = quarter_of(min((row.known_on for row in mine), default=as_of))
    on, last = previous(quarter_of(as_of)).last_day, None
    while quarter.last_day <= as_of:
        now = fates(rows, quarter.last_day)
        if last is None or sum(last.cells) < 2 * CITY.k or is_far(now, last, k=CITY.k):
            on, last = quarter.last_day, now
        quarter = quarter_of(quarter.last_day + dt.timedelta(days=1))
    return on


def all_of(organisation: int) -> list[Referral]:
    """Every household of an issuer with the days that decide its fate; six queries."""
    keys, told = _keys(organisation), _told()
    silent = consents.taken_back(Consent.Scope.CITY)
    silent_on = dict(silent.values_list("household", "withdrawn_on"))
    rows = Household.objects.filter(organisation=organisation).order_by("pk")
    names = ("pk", "is_referred_by_city", "referred_on", "closed_on", "closed_reason")
    return [
        Referral(
            id=pk,
            is_city=is_city,
            known_on=max(referred_on, told.get((pk, REGISTERED), referred_on)),
            closed_on=closed_on and max(closed_on, told.get((pk, CLOSED), closed_on)),
            reason=reason,
            keys_on=keys[pk].since if pk in keys else None,
            silent_on=_later(silent_on.get(pk), told.get((pk, SILENT))),
            waited=max((keys[pk].first - referred_on).days, 0) if pk in keys else 0,
        )
        for pk, is_city, referred_on, closed_on, reason in rows.values_list(*names)
    ]


REGISTERED, CLOSED, SILENT = "household.registered", "household.closed", "consent.withdrawn"


def _told() -> dict[tuple[int, str], dt.date]:
    """By household and act the day on which it was first written down."""
    of_city = Q(action=SILENT, reason=Consent.Scope.CITY)
    rows = AuditEvent.objects.filter(
        of_city | Q(action__in=(REGISTERED, CLOSED)), subject_kind=audit.kind_of(Household())
    )
    newest_first = rows.order_by("-id").values_list("subject_id", "action", "at")
    return {(int(pk), action): clock.day_of(at) for pk, action, at in newest_first}


class Keys(NamedTuple):
    """The first day in a home of ours, and since when it is so and written down."""

    first: dt.date
    since: dt.date


def _keys(organisation: int) -> dict[int, Keys]:
    """By household; keys whose day was put right later stand since they were first written down."""
    rows = Tenancy.objects.filter(unit__organisation=organisation).order_by("pk")
    told = dict(_amended(organisation))
    found: dict[int, Keys] = {}
    for pk, who, starts_on, at in rows.values_list("pk", "household", "starts_on", "created_at"):
        since = max(told.get(pk, starts_on), clock.day_of(at))
        known = found.get(who, Keys(starts_on, since))
        found[who] = Keys(min(known.first, starts_on), min(known.since, since))
    return found


def _amended(organisation: int) -> Iterable[tuple[int, dt.date]]:
    """Leases with the day of the keys as it was written down first."""
    rows = Amendment.objects.filter(
        tenancy__unit__organisation=organisation, before__has_key="starts_on"
    )
    for tenancy, before in rows.order_by("-pk").values_list("tenancy", "before"):
        yield tenancy, dt.date.fromisoformat(before["starts_on"])


def _later(day: dt.date | None, told_on: dt.date | None) -> dt.date | None:
    return max(day, told_on) if day and told_on else day
