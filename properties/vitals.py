"""Whether the nights keep households: when each job was done last, and whether it ever removes anything.

Read by /metrics/ and by the alerts, which mail once (backend.core.vitals, alerts; housing.md P21).
"""

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from backend.core import clock, vitals
from backend.core.vitals import Limits, Vital
from properties import retention
from properties.models import NightlyRun

HOUR = 3_600


def _night_age(at: dt.datetime) -> dict[str, float]:
    """By kind; nothing before the first night. The index over kind and day serves it."""
    rows = NightlyRun.objects.order_by().values("kind").annotate(newest=Max("at"))
    return {row["kind"]: vitals.age(row["newest"], at) for row in rows.order_by("kind")}


def _silent(at: dt.datetime) -> dict[str, float]:
    return {"": float(retention.is_silent(on=clock.day_of(at)))}


VITALS = (
    Vital(
        "mattone_night_age_seconds",
        "How long ago each nightly job for households was done",
        _night_age,
        "kind",
        limits=Limits(
            36 * HOUR, 72 * HOUR, _("The night's work for households was not done: see the log.")
        ),
    ),
    Vital(
        "mattone_retention_silent",
        "1 where ninety nights removed nothing that was due",
        _silent,
        limits=Limits(
            1, 2, _("For ninety days no name was removed: look whether what is due is found (P21).")
        ),
    ),
)
