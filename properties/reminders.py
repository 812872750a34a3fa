"""Mails about days that cannot be missed: to the managers of the issuer, once per day and distance."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from backend.core import clock, notices
from backend.core.models import Organisation, User
from backend.core.notices import NewNotice
from backend.core.roles import Role
from properties import hard_dates
from properties.hard_dates import HardDate
from properties.models import Unit

DAYS_BEFORE = (30, 7, 1)
"""How long before a day people are told of it, in days; each distance once."""


def remind(*, at: dt.datetime) -> int:
    """Write what is due to be told today; return how many mails. Safe to repeat: a mail has a key."""
    told = 0
    for organisation in Organisation.objects.filter(kind=Organisation.Kind.ISSUER).order_by("pk"):
        mails = list(_mails(organisation, clock.day_of(at)))
        notices.send_many(notices=mails, at=at)
        told += len(mails)
    return told


def distance(on: dt.date, today: dt.date) -> int | None:
    """The distance at which a day is told of now; None when it is too far, or over."""
    left = (on - today).days
    reached = [days for days in DAYS_BEFORE if 0 <= left <= days]
    return min(reached, default=None)


def _mails(organisation: Organisation, today: dt.date) -> Iterable[NewNotice]:
    homes = Unit.objects.filter(organisation=organisation)
    until = today + dt.timedelta(days=max(DAYS_BEFORE))
    people = organisation.members.filter(is_active=True, roles__contains=[Role.MANAGER])
    readers = list(people.order_by("pk"))
    for date in hard_dates.upcoming(homes, until=until):
        days = distance(date.on, today)
        if days is not None:
            yield from (_mail(date, days, reader) for reader in readers)


def _mail(date: HardDate, days: int, reader: User) -> NewNotice:
    return NewNotice(
        key=f"home_date:{date.key}:{days}:{reader.pk}",
        to=reader.email,
        language=reader.language,
        template="home_date",
        context={"date": date, "home": date.unit, "site": settings.SITE_URL},
    )
