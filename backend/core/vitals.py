"""The figures that tell whether the house is well: registered by each app, read by /metrics/ and `alerts`.

A figure is read whenever somebody asks, so it must cost the same however large the books: one query
over an index. What costs more is taken by a task and kept (`keep`), with the instant it was taken.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, Count, F, Min, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from backend.core.models import Job, Reading

FAILING_ATTEMPTS = 5

Read = Callable[[dt.datetime], Mapping[str, float]]


@dataclass(frozen=True)
class Limits:
    """From which value on somebody is told (`warning`), and told again (`grave`); how it is said."""

    warning: float
    grave: float
    sentence: str | Promise


@dataclass(frozen=True)
class Vital:
    """A figure by the name it has in Prometheus; its values by label, or by "" where it is one."""

    name: str
    help: str
    read: Read
    label: str = ""
    limits: Limits | None = None


_vitals: dict[str, Vital] = {}


def register(*vitals: Vital) -> None:
    """Add figures of an app."""
    _vitals.update({vital.name: vital for vital in vitals})


def known() -> list[Vital]:
    """Every figure, by name."""
    return [_vitals[name] for name in sorted(_vitals)]


def keep(*, name: str, value: float, at: dt.datetime) -> None:
    """Keep a figure that is too dear to be read whenever somebody asks."""
    Reading.objects.update_or_create(name=name, defaults={"value": value, "taken_at": at})


def kept(name: str) -> Read:
    """A figure as it was kept last; nothing before the first time."""
    return lambda _at: _one(name, lambda row: row.value)


def age_of_kept(name: str) -> Read:
    """How many seconds ago a figure was taken."""
    return lambda at: _one(name, lambda row: age(row.taken_at, at))


def _one(name: str, told: Callable[[Reading], float]) -> dict[str, float]:
    row = Reading.objects.filter(name=name).first()
    return {"": told(row)} if row else {}


def age(since: dt.datetime | None, at: dt.datetime) -> float:
    """Seconds from an instant until now; 0 where there is none."""
    return max(0.0, (at - since).total_seconds()) if since else 0.0


def exposition(*, at: dt.datetime) -> bytes:
    """All figures in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Collected(at))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def describe(self) -> Iterable[Metric]:
        return []  # nothing is read before somebody asks

    def collect(self) -> Iterator[Metric]:
        for vital in known():
            labels = [vital.label] if vital.label else []
            family = GaugeMetricFamily(vital.name, vital.help, labels=labels)
            for label, value in vital.read(self.at).items():
                family.add_metric([label] if vital.label else [], value)
            yield family


# --- Core's own: the jobs ------------------------------------------------------------------------------


def _jobs_waiting(at: dt.datetime) -> dict[str, float]:
    rows = Job.objects.filter(done_at=None).values("kind").annotate(number=Count("id"))
    return {row["kind"]: row["number"] for row in rows.order_by("kind")}


def _job_age(at: dt.datetime) -> dict[str, float]:
    """A job that failed waits since it was made, whenever it is tried again."""
    since = Case(When(attempts__gt=0, then=F("created_at")), default=F("run_after"))
    due = Job.objects.filter(Q(run_after__lte=at) | Q(attempts__gt=0), done_at=None)
    return {"": age(due.aggregate(oldest=Min(since))["oldest"], at)}


def _jobs_failing(at: dt.datetime) -> dict[str, float]:
    return {"": Job.objects.filter(done_at=None, attempts__gte=FAILING_ATTEMPTS).count()}


# --- and the database's own log ------------------------------------------------------------------------

KEPT_LOG = """
    SELECT slot_name, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)
    FROM pg_replication_slots ORDER BY slot_name
"""


def _kept_log(_at: dt.datetime) -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute(KEPT_LOG)
        return {slot: float(size) for slot, size in cursor.fetchall()}


DATABASE = (
    Vital(
        "mattone_backup_lag_bytes",
        "Log that the database keeps because a backup or a standby has not fetched it, by slot",
        _kept_log,
        "slot",
        limits=Limits(
            1e9, 1e10, _("A backup does not fetch the database's log: the disk will fill.")
        ),
    ),
)

JOBS = (
    Vital("mattone_jobs_waiting", "Jobs that are not done, by kind", _jobs_waiting, "kind"),
    Vital(
        "mattone_job_age_seconds",
        "How long the oldest job that is due has waited",
        _job_age,
        limits=Limits(600, 3600, _("Work in the background is late: a job waits since long.")),
    ),
    Vital(
        "mattone_jobs_failing",
        f"Jobs that failed {FAILING_ATTEMPTS} times and are still tried",
        _jobs_failing,
        limits=Limits(1, 20, _("Work in the background fails again and again.")),
    ),
)
