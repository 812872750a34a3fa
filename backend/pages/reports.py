"""Pages of reports: the investor reads one, the manager issues those of a quarter."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.models import User
from backend.pages import told
from backend.reporting import due, issue, kinds, reached, readiness, report_table, works
from investors import reads, reports
from investors.models import InvestorReport
from properties import snapshots
from properties.models import Snapshot

Kind = InvestorReport.Kind
SHOWN = 4
"""So many sets of figures stand on a page of the issues: a year of quarters."""
LISTED = 20
"""So many mails that came back are listed; the API lists them all."""


@pages.page("report.view")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report as it was frozen, in the language it was written in."""
    rows = _own(request).select_related("replaces", "replaced_by")
    unread = ("pdf", "replaces__pdf", "replaces__data", "replaced_by__pdf")
    found = get_object_or_404(rows.defer(*unread), pk=pk)
    with translation.override(found.language):
        context = {"report": found, **told.of(found.data)}
    return render(request, "reports/report.html", context)


@pages.page("report.view")
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The document of one report."""
    found = get_object_or_404(_own(request), pk=pk)
    answer = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="mattone-{found.period_label}.pdf"'
    return answer


@pages.page("report.view")
def report_table_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of one report as CSV."""
    found = get_object_or_404(_own(request).defer("pdf"), pk=pk)
    answer = HttpResponse(report_table.as_csv(found.data), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="mattone-{found.period_label}.csv"'
    return answer


@pages.page("report.issue")
def issues(request: HttpRequest) -> HttpResponse:
    """The published quarters of the manager's issuer, and how many investors have their report."""
    person = _person(request)
    at, issuer = clock.now(), person.organisation
    today = clock.day_of(at)
    own = Snapshot.objects.filter(kinds.QUARTERS_END, organisation=person.organisation_id)
    page = pages.paged(request, own.select_related("organisation").defer("data"), SHOWN)
    rows = _issues(list(page), at)
    people = sum(len(row["bounced"]) for row in rows)
    if issuer and people:
        reads.note_list(subject=issuer, people=people, place="returned mails", by=person, at=at)
    context = {
        "page": page,
        "rows": rows,
        "owed": due.of_issuer(issuer, on=today) if issuer else [],
        "today": today,
        "year": today.year - 1,
    }
    return render(request, "reports/issues.html", context)


@pages.page("report.issue", methods=["POST"])
def issue_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the reports of a snapshot made and sent."""
    person = _person(request)
    own = Snapshot.objects.visible_to(person).filter(organisation=person.organisation_id)
    kind = request.POST.get("kind", Kind.QUARTERLY)
    if kind not in Kind.values:
        raise Http404(kind)
    snapshot = get_object_or_404(own, pk=pk)
    issue.request(snapshot=snapshot, kind=kind, by=person, at=clock.now())
    return pages.done(
        request, _("The reports are being written; each investor gets a mail."), "report-issues"
    )


def _issues(shown: Sequence[Snapshot], at: dt.datetime) -> list[dict[str, Any]]:
    """The issues of some figures: how far each is, what stands against it, and the mails that came back.

    Three queries, however many investors there are; one for each issue that is not done.
    """
    pairs = [(each, kind) for each in shown for kind in kinds.of(each.as_of)]
    progress = reached.progress(pairs)
    mails = reports.mails([snapshots.key_of(each) for each in shown], listed=LISTED)
    returned = [pk for each in mails.values() for pk in each.first_returned]
    rows = reports.with_mails(InvestorReport.objects.filter(pk__in=returned)) if returned else ()
    bounced = {each.pk: each for each in rows}
    found = []
    for snapshot, kind in pairs:
        far = progress[snapshot.pk, str(kind)]
        mailed = mails.get((snapshots.key_of(snapshot), str(kind)), reports.Mails())
        found.append(
            {
                "snapshot": snapshot,
                "kind": Kind(kind),
                "progress": far,
                "work": works.of(snapshot, kind, far, mailed),
                "work_key": works.key_of(snapshot, kind),
                "reasons": readiness.obstacles(snapshot, kind=kind, at=at)
                if _is_unfinished(snapshot, far)
                else [],
                "mails": mailed,
                "bounced": [bounced[pk] for pk in mailed.first_returned],
            }
        )
    return found


def _is_unfinished(snapshot: Snapshot, far: reached.Progress) -> bool:
    """Whether anything may stand against an issue: it is not out, or its figures are not."""
    return not far.is_done or snapshot.state != Snapshot.State.PUBLISHED


def _own(request: HttpRequest):  # type: ignore[no-untyped-def]  # a queryset of a generic manager
    return InvestorReport.objects.visible_to(_person(request))


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
