"""Issue reports: one per investor of a published snapshot, made by the worker in batches.

Asked for twice, killed half-way, run side by side: each investor gets one report per snapshot.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from backend.core import audit, jobs, users
from backend.core.errors import Conflict
from backend.core.periods import quarter_of
from backend.core.users import Actor
from backend.reporting import contents, document, holdings
from backend.reporting.holdings import Holding
from campaigns import members
from campaigns.models import Allotment
from investors import reports
from investors.models import Investor, InvestorReport
from investors.reports import ReportSpec
from properties import snapshots
from properties.models import Snapshot

JOB = "report.issue"
BATCH = 50


class NotPublished(Conflict):
    code = "report.snapshot_not_published"


@dataclass(frozen=True)
class Progress:
    """How many investors a snapshot's reports are for, and how many have theirs."""

    due: int
    issued: int

    @property
    def is_done(self) -> bool:
        return self.issued >= self.due


def request(*, snapshot: Snapshot, by: Actor, at: dt.datetime) -> Progress:
    """Have the worker issue the reports of a published snapshot. Asking twice issues once."""
    users.require(by, "report.issue")
    if snapshot.state != Snapshot.State.PUBLISHED:
        raise NotPublished(_("Reports are issued from published figures only."))
    due = _investors(snapshot)
    batches = [due[start : start + BATCH] for start in range(0, len(due), BATCH)]
    new = [
        jobs.NewJob(
            JOB, f"{JOB}:{snapshot.pk}:{batch[0]}", {"snapshot": snapshot.pk, "investors": batch}
        )
        for batch in batches
    ]
    jobs.enqueue_many(jobs=new, at=at)
    audit.record(action="reports.requested", subject=snapshot, by=by, at=at)
    return progress(snapshot)


def progress(snapshot: Snapshot) -> Progress:
    """How far the issue of a snapshot's reports is."""
    return Progress(len(_investors(snapshot)), len(reports.issued_keys(snapshots.key_of(snapshot))))


def issue_batch(payload: dict[str, Any], *, at: dt.datetime) -> list[InvestorReport]:
    """Make and freeze the reports of a batch of investors, leaving out those who have theirs."""
    snapshot = Snapshot.objects.select_related("organisation").get(pk=payload["snapshot"])
    done = reports.issued_keys(snapshots.key_of(snapshot))
    held = holdings.of_snapshot(snapshot)
    people = Investor.objects.filter(pk__in=set(payload["investors"]) - done)
    specs = [_spec(snapshot, each, held.get(each.pk, [])) for each in people.order_by("pk")]
    return reports.issue(specs=specs, at=at)


def _spec(snapshot: Snapshot, investor: Investor, held: list[Holding]) -> ReportSpec:
    with translation.override(investor.language):
        data = contents.contents(
            snapshot, investor=investor.name, holdings=held, language=investor.language
        )
        return ReportSpec(
            investor=investor,
            snapshot_key=snapshots.key_of(snapshot),
            period_label=quarter_of(snapshot.as_of).label,
            data=data,
            pdf=document.render(data),
            language=investor.language,
        )


def _investors(snapshot: Snapshot) -> list[int]:
    """The investors who hold shares of the issuer on the day of the snapshot, by id."""
    allotted = Allotment.objects.filter(campaign__issuer=snapshot.organisation)
    held = members.holders(allotted.values_list("pledge", flat=True), on=snapshot.as_of)
    return sorted({investor for shares in held.values() for investor in shares})
