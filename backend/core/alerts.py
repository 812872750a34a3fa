"""Mails about figures beyond their limits: once, again only when it got worse, and never for a flutter.

An alert is a row from when it was told until the figure has been well for an hour; what comes back
within that hour is the same alert. Prometheus, where it runs, alerts by the same limits
(backend/production/alerts.yml); these mails need nothing but the worker.
"""

import datetime as dt

from django.db import transaction

from backend.core import notices
from backend.core.models import Alert, User
from backend.core.notices import NewNotice
from backend.core.roles import Role
from backend.core.vitals import Limits, Vital, known

CALM = dt.timedelta(hours=1)


def level_of(limits: Limits, value: float) -> int:
    """0 while all is well, else a level of Alert. Pure."""
    if value >= limits.grave:
        return Alert.Level.GRAVE
    return Alert.Level.WARNING if value >= limits.warning else 0


def watch(*, at: dt.datetime) -> list[Alert]:
    """Look at every figure with limits; tell what is new or worse, and return that."""
    told = []
    for vital in known():
        if vital.limits is not None:
            worst = max(vital.read(at).values(), default=0.0)
            if alert := _judge(vital, vital.limits, worst, at):
                told.append(alert)
    return told


@transaction.atomic
def _judge(vital: Vital, limits: Limits, value: float, at: dt.datetime) -> Alert | None:
    level = level_of(limits, value)
    alert = Alert.objects.select_for_update().filter(name=vital.name, ended_at=None).first()
    if not level:
        if alert and at - alert.seen_at >= CALM:
            Alert.objects.filter(pk=alert.pk).update(ended_at=at)
        return None
    if alert is None:
        alert = Alert(name=vital.name, level=0, raised_at=at, told_at=at)
    is_worse = level > alert.level
    alert.seen_at = at
    if is_worse:
        alert.level, alert.value, alert.told_at = level, value, at
    alert.save()
    if is_worse:
        _tell(alert, limits, at)
    return alert if is_worse else None


def _tell(alert: Alert, limits: Limits, at: dt.datetime) -> None:
    people = User.objects.filter(roles__contains=[Role.ADMINISTRATOR], is_active=True)
    notices.send_many(
        notices=[
            NewNotice(
                key=f"alert:{alert.pk}:{alert.level}:{person.pk}",
                to=person.email,
                language=person.language,
                template="alert",
                context={"alert": alert, "sentence": limits.sentence},
            )
            for person in people.exclude(email="")
        ],
        at=at,
    )
