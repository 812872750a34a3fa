"""The issue of reports as work that one can follow: reports made, then mails sent."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core import jobs, notices
from backend.core.jobs import Standing
from backend.core.models import User
from backend.core.periods import Year, quarter_of
from backend.core.works import Work
from backend.reporting import issue
from backend.reporting.reached import Progress
from investors import reports
from investors.models import InvestorReport
from investors.reports import Mails
from properties import snapshots
from properties.models import Snapshot

KIND = "reports"


def key_of(snapshot: Snapshot, kind: str) -> str:
    return f"{snapshot.pk}-{kind}"


def find(user: User, key: str) -> Work | None:
    """The issue of the reports of one kind from figures of the person's organisation."""
    pk, _dash, kind = key.partition("-")
    if not pk.isdecimal() or kind not in InvestorReport.Kind.values or not user.may("report.issue"):
        return None
    own = Snapshot.objects.filter(organisation=user.organisation_id, pk=int(pk))
    snapshot = own.select_related("organisation").defer("data").first()
    if snapshot is None:
        return None
    told = reports.mails([snapshots.key_of(snapshot)], listed=1)
    mails = told.get((snapshots.key_of(snapshot), kind), Mails())
    return of(snapshot, kind, issue.progress(snapshot, kind), mails)


def of(snapshot: Snapshot, kind: str, far: Progress, mails: Mails) -> Work:
    """How far an issue is, by what a page knows of it already."""
    standing = Standing()
    if not far.is_done:  # one that is done has no job left, and needs no query to say so
        standing += jobs.standing(issue.JOB, key__startswith=f"{issue.JOB}:{snapshot.pk}:{kind}:")
    if mails.waiting:
        standing += jobs.standing(notices.JOB, key__startswith=f"{notices.JOB}:report:")
    yearly = kind == InvestorReport.Kind.YEARLY
    period = Year(snapshot.as_of.year) if yearly else quarter_of(snapshot.as_of)
    sentence = _("%(issued)s of %(due)s investors have their report.")
    waiting = ngettext(
        "%(n)s mail waits to be sent.", "%(n)s mails wait to be sent.", mails.waiting
    )
    return Work(
        title=_("Reports of %(period)s") % {"period": period.words},
        sentence=sentence % {"issued": far.issued, "due": far.due},
        more=waiting % {"n": mails.waiting} if mails.waiting else "",
        done=far.issued,
        due=far.due,
        jobs=standing,
        next_url=reverse("report-issues"),
        next_label=_("Reports"),
    )
