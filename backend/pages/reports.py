"""Pages of reports: the investor reads one, the manager issues those of a quarter."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from backend.core import charts, clock, pages
from backend.core.models import User
from backend.core.money import from_cents
from backend.reporting import document, due, issue
from investors.models import InvestorReport
from properties import wording
from properties.models import Snapshot


@pages.page("report.view")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report as it was frozen, in the language it was written in."""
    found = get_object_or_404(_own(request).defer("pdf"), pk=pk)
    with translation.override(found.language):
        context = {"report": found, **_told(found.data)}
    return render(request, "reports/report.html", context)


@pages.page("report.view")
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The document of one report."""
    found = get_object_or_404(_own(request), pk=pk)
    answer = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="mattone-{found.period_label}.pdf"'
    return answer


@pages.page("report.issue")
def issues(request: HttpRequest) -> HttpResponse:
    """The published quarters of the manager's issuer, and how many investors have their report."""
    person = _person(request)
    published = Snapshot.objects.filter(
        organisation=person.organisation_id, state=Snapshot.State.PUBLISHED
    )
    rows = [{"snapshot": each, "progress": issue.progress(each)} for each in published]
    today, issuer = clock.today(), person.organisation
    owed = due.of_issuer(issuer, on=today) if issuer else []
    return render(request, "reports/issues.html", {"rows": rows, "owed": owed, "today": today})


@pages.page("report.issue", methods=["POST"])
def issue_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the reports of a snapshot made and sent."""
    person = _person(request)
    own = Snapshot.objects.visible_to(person).filter(organisation=person.organisation_id)
    issue.request(snapshot=get_object_or_404(own, pk=pk), by=person, at=clock.now())
    return pages.done(
        request, _("The reports are being written; each investor gets a mail."), "report-issues"
    )


def _told(data: dict) -> dict:  # type: ignore[type-arg]  # frozen JSON
    """What the page shows of a report, its headings in the language that is active."""
    return {
        "data": data,
        "words": document.words(data["k"]),
        "money": {name: from_cents(cents) for name, cents in data["money"].items()},
        "steps": _funnel(data),
        "as_of": dt.date.fromisoformat(data["as_of"]),
        "holdings": [_with_money(each) for each in data["holdings"]],
    }


def _own(request: HttpRequest):  # type: ignore[no-untyped-def]  # a queryset of a generic manager
    return InvestorReport.objects.visible_to(_person(request))


def _funnel(data: dict) -> list[charts.Step]:  # type: ignore[type-arg]  # frozen JSON
    figures = {each["code"]: each for each in data["figures"]}
    return [
        charts.Step(wording.cents(data["money"]["put_in_cents"]), _("put in by you"), "coin"),
        charts.Step(figures["units_acquired"]["text"], _("homes, bought by all together"), "home"),
        charts.Step(figures["households_housed"]["text"], _("households in them"), "people"),
    ]


def _with_money(holding: dict) -> dict:  # type: ignore[type-arg]  # frozen JSON
    rows = [
        {**row, "all": from_cents(row["cents"]), "own": from_cents(row["own_cents"])}
        for row in holding["groups"]
    ]
    return {**holding, "groups": rows, "waiting": from_cents(holding["waiting_cents"])}


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
