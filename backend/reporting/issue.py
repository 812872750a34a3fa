"""Issue reports: one per investor of a published snapshot, made by the worker in batches.

Asked for twice, killed half-way, run side by side: each investor gets one report per snapshot and
kind. When restated figures are published, whoever had the report before gets the corrected one.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django.utils import translation

from backend.core import audit, jobs, users
from backend.core.errors import Conflict
from backend.core.users import SYSTEM, Actor
from backend.reporting import contents, document, holdings, reached, readiness
from backend.reporting.reached import Progress
from campaigns import members
from campaigns.models import Allotment
from investors import reports
from investors.models import Investor, InvestorReport
from investors.reports import ReportSpec
from properties import snapshots, years
from properties.models import Snapshot

Kind = InvestorReport.Kind
JOB = "report.issue"
CORRECT = "report.correct"
BATCH = 250
"""Each batch traces the money of all investors anew: with fewer in one, ten thousand cost the square."""


class NotReady(Conflict):
    code = "report.not_ready"


def request(
    *, snapshot: Snapshot, kind: str = Kind.QUARTERLY, by: Actor, at: dt.datetime
) -> Progress:
    """Have the worker issue the reports of a published snapshot. Asking twice issues once.

    Raises NotReady with every reason: figures not published, books not clean, the year not told.
    """
    users.require(by, "report.issue")
    reasons = readiness.obstacles(snapshot, kind=kind, at=at) or readiness.faults_of_books()
    if reasons:
        raise NotReady(" ".join(str(each) for each in reasons), reasons=len(reasons))
    if kind == Kind.YEARLY:
        years.tell(snapshot.organisation, year=snapshot.as_of.year, at=at)
    key = snapshots.key_of(snapshot)
    missing = sorted(recipients(snapshot, kind) - reports.issued_to(key, kind=kind))
    jobs.enqueue_many(jobs=batches(snapshot, kind, missing), at=at)
    audit.record(
        action="reports.requested", subject=snapshot, by=by, at=at, facts={"kind": kind}
    )  # fmt: skip
    return progress(snapshot, kind)


def progress(snapshot: Snapshot, kind: str = Kind.QUARTERLY) -> Progress:
    """How far the issue of a snapshot's reports is; of several at once ask `reached` (one query)."""
    return reached.progress([(snapshot, kind)])[snapshot.pk, str(kind)]


def issue_batch(payload: dict[str, Any], *, at: dt.datetime) -> list[InvestorReport]:
    """Make and freeze the reports of a batch of investors, leaving out those who have theirs."""
    rows = Snapshot.objects.select_related("organisation", "restates")
    snapshot = rows.get(pk=payload["snapshot"])
    kind = payload.get("kind", Kind.QUARTERLY)
    done = reports.issued_to(snapshots.key_of(snapshot), kind=kind)
    people = Investor.objects.filter(pk__in=set(payload["investors"]) - done).order_by("pk")
    return reports.issue(specs=_specs(snapshot, kind, list(people)), at=at)


def correct(snapshot: Snapshot, at: dt.datetime) -> None:
    """When restated figures are published: have a corrected report made of each kind that went out."""
    if snapshot.restates is not None:
        key = f"{CORRECT}:{snapshot.pk}"
        jobs.enqueue(kind=CORRECT, key=key, payload={"snapshot": snapshot.pk}, at=at)


def correct_job(payload: dict[str, Any], *, at: dt.datetime) -> None:
    """Issue anew what was issued of the versions before; refused like any issue, and tried again."""
    snapshot = Snapshot.objects.select_related("organisation", "restates").get(
        pk=payload["snapshot"]
    )
    for kind in Kind.values:
        if _had_before(snapshot, kind):
            request(snapshot=snapshot, kind=kind, by=SYSTEM, at=at)


def recipients(snapshot: Snapshot, kind: str) -> set[int]:
    """The investors who hold shares of the issuer on the day of the snapshot, and those who got a
    report that it corrects; by id."""
    allotted = Allotment.objects.filter(campaign__issuer=snapshot.organisation_id)
    held = members.holders(allotted.values_list("pledge", flat=True), on=snapshot.as_of)
    return {investor for shares in held.values() for investor in shares} | _had_before(
        snapshot, kind
    )


def _had_before(snapshot: Snapshot, kind: str) -> set[int]:
    earlier = [snapshots.key_of(each) for each in snapshots.corrected_by(snapshot)]
    return set().union(*(reports.issued_to(key, kind=kind) for key in earlier))


def batches(snapshot: Snapshot, kind: str, investors: Sequence[int]) -> list[jobs.NewJob]:
    """The jobs that make the reports of some investors, so many a job."""
    starts = range(0, len(investors), BATCH)
    return [_job(snapshot, kind, investors[start : start + BATCH]) for start in starts]


def _job(snapshot: Snapshot, kind: str, batch: Sequence[int]) -> jobs.NewJob:
    # Named by whom it is for: who turns up later is in a batch of another name.
    mark = hashlib.sha256(repr(batch).encode()).hexdigest()[:16]
    payload = {"snapshot": snapshot.pk, "kind": kind, "investors": list(batch)}
    return jobs.NewJob(JOB, f"{JOB}:{snapshot.pk}:{kind}:{mark}", payload)


def _specs(snapshot: Snapshot, kind: str, people: Sequence[Investor]) -> list[ReportSpec]:
    held = holdings.of_snapshot(snapshot) if people else {}
    earlier = [snapshots.key_of(each) for each in snapshots.corrected_by(snapshot)]
    replaced = reports.newest_of(earlier, kind=kind, investors=[each.pk for each in people])
    told: dict[str, dict[str, Any]] = {}
    specs = []
    for investor in people:
        with translation.override(investor.language):
            if investor.language not in told:
                told[investor.language] = contents.shared(
                    snapshot, kind=kind, language=investor.language
                )
            reader = contents.Reader(investor.name, held.get(investor.pk, []))
            data = contents.to_reader(told[investor.language], snapshot, reader)
            specs.append(
                ReportSpec(
                    investor=investor,
                    snapshot_key=snapshots.key_of(snapshot),
                    kind=kind,
                    version=snapshot.version,
                    replaces=replaced.get(investor.pk),
                    period_label=contents.label(snapshot, kind),
                    data=data,
                    pdf=document.render(data),
                    language=investor.language,
                )
            )
    return specs
