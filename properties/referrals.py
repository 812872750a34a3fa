"""What the city asks of its own referrals: received, housed, waiting, refused and why, days to the keys.

Counts suppressed for the city before they leave this module (P1, P4, P5); restricted households are in
the total, for leaving them out would tell of them by the difference between two tables.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.core import clock
from backend.core.models import Organisation, User
from backend.core.periods import previous, quarter_of
from backend.core.roles import Role
from properties import consents, disclosure
from properties.disclosure import CITY, Shown
from properties.indicators import Result, is_far, shapes
from properties.models import Consent, Household, Tenancy


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
    rows = _rows(organisation)
    on = told_on(rows, as_of)
    mine = [row for row in rows if row.is_told(on)]
    found = fates(rows, on)
    # Beside all households housed, the city's own would tell of the few who are not: those are hidden.
    others = sum(not row.is_told(on) and row.has_keys(on) for row in rows)
    total, shown = disclosure.parts(
        found.cells, audience=CITY, never=(FATES.index("HOUSED"),) if 0 < others < CITY.k else ()
    )
    waits = sorted(
        max((row.keys_on - row.referred_on).days, 0)
        for row in mine
        if row.keys_on and row.has_keys(on)
    )
    return Dossier(
        as_of=on,
        total=total,
        rows=tuple(Row(code, one) for code, one in zip(FATES, shown, strict=True)),
        wait=disclosure.waiting_time(waits, waits[len(waits) // 2] if waits else 0, audience=CITY),
    )


@dataclass(frozen=True, slots=True)
class Referral:
    """A household with the days that decide its fate; `keys_on` is the first day in a home of ours."""

    id: int
    is_city: bool
    referred_on: dt.date
    closed_on: dt.date | None
    reason: str
    keys_on: dt.date | None
    silent_on: dt.date | None = None
    """Since when it wants the city to be told nothing: a count follows with k others (P6, P16)."""

    def is_told(self, on: dt.date) -> bool:
        is_silent = self.silent_on is not None and self.silent_on <= on
        return self.is_city and self.referred_on <= on and not is_silent

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
    quarter = quarter_of(min((row.referred_on for row in mine), default=as_of))
    on, last = previous(quarter_of(as_of)).last_day, None
    while quarter.last_day <= as_of:
        now = fates(rows, quarter.last_day)
        if last is None or sum(last.cells) < 2 * CITY.k or is_far(now, last, k=CITY.k):
            on, last = quarter.last_day, now
        quarter = quarter_of(quarter.last_day + dt.timedelta(days=1))
    return on


def _rows(organisation: int) -> list[Referral]:
    keys = _keys(organisation)
    silent = consents.taken_back(Consent.Scope.CITY)
    silent_on = dict(silent.values_list("household", "withdrawn_on"))
    rows = Household.objects.filter(organisation=organisation).order_by("pk")
    names = ("pk", "is_referred_by_city", "referred_on", "closed_on", "closed_reason")
    return [
        Referral(pk, is_city, referred_on, closed_on, reason, keys.get(pk), silent_on.get(pk))
        for pk, is_city, referred_on, closed_on, reason in rows.values_list(*names)
    ]


def _keys(organisation: int) -> dict[int, dt.date]:
    """The first keys of each household."""
    rows = Tenancy.objects.filter(unit__organisation=organisation)
    return dict(rows.order_by("-starts_on").values_list("household", "starts_on"))
