"""What the city asks of its own referrals: received, housed, waiting, refused and why, days to the keys.

Counts suppressed for the city before they leave this module (P1, P4, P5); restricted households are in
the total, for leaving them out would tell of them by the difference between two tables.
"""

import datetime as dt
from dataclasses import dataclass

from backend.core import clock
from backend.core.models import Organisation, User
from backend.core.periods import previous, quarter_of
from backend.core.roles import Role
from properties import disclosure
from properties.disclosure import Shown
from properties.models import Household, Tenancy


@dataclass(frozen=True, slots=True)
class Row:
    """Referrals of one fate, as the city may read them."""

    code: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Dossier:
    """All referrals of the city as of a day: the total, each fate, and the wait as a band."""

    as_of: dt.date
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
    """The city's own referrals to one issuer, by what became of them."""
    referred = Household.objects.filter(
        organisation=organisation, is_referred_by_city=True, referred_on__lte=as_of
    )
    keys = _keys(organisation, as_of)
    rows = referred.order_by("pk").values_list("pk", "referred_on", "closed_on", "closed_reason")
    sizes = dict.fromkeys(FATES, 0)
    waits = []
    for pk, referred_on, closed_on, reason in rows:
        is_closed = closed_on is not None and closed_on <= as_of
        sizes["HOUSED" if pk in keys else reason if is_closed else "WAITING"] += 1
        if pk in keys:
            waits.append(max((keys[pk] - referred_on).days, 0))
    total, shown = disclosure.parts(list(sizes.values()), audience=disclosure.CITY)
    middle = sorted(waits)[len(waits) // 2] if waits else 0
    return Dossier(
        as_of=as_of,
        total=total,
        rows=tuple(Row(code, one) for code, one in zip(sizes, shown, strict=True)),
        wait=disclosure.waiting_time(waits, middle),
    )


def _keys(organisation: int, as_of: dt.date) -> dict[int, dt.date]:
    """The first keys of each household."""
    rows = Tenancy.objects.filter(unit__organisation=organisation, starts_on__lte=as_of)
    return dict(rows.order_by("-starts_on").values_list("household", "starts_on"))
