"""Warn before a grant ends while money of it remains: once per step, to those who may still charge it."""

import datetime as dt

from backend.core import clock, notices, roles
from backend.core.models import User
from backend.core.money import ZERO, as_text
from campaigns.grants import standing
from campaigns.models import Grant

WARN_DAYS = (60, 15)


def warn(*, at: dt.datetime) -> int:
    """Write to the managers and finance of grants that end soon; return to how many. Repeatable."""
    today = clock.day_of(at)
    last = today + dt.timedelta(days=max(WARN_DAYS))
    ending = Grant.objects.filter(ends_on__gte=today, ends_on__lte=last)
    found = [notice for grant in ending.select_related("fund") for notice in _notices(grant, today)]
    notices.send_many(notices=found, at=at)
    return len(found)


def _notices(grant: Grant, today: dt.date) -> list[notices.NewNotice]:
    remains = standing.of(grant, on=grant.ends_on).remains
    if remains <= ZERO:
        return []
    days = (grant.ends_on - today).days
    step = min(step for step in WARN_DAYS if days <= step)
    return [
        notices.NewNotice(
            key=f"grant_ends:{grant.pk}:{step}:{person.pk}",
            to=person.email,
            language=person.language,
            template="grant_ends",
            context={
                "grant": grant,
                "days": days,
                "remains": as_text(remains, person.language),
                "is_synthetic": grant.organisation.is_synthetic,
            },
        )
        for person in User.objects.filter(organisation=grant.organisation_id, is_active=True)
        if roles.may(person, "grant.edit")
    ]
