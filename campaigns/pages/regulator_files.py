"""The manager's page of the yearly files for authorities: what is due, what lacks, the download."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import clock, downloads, pages
from backend.core.models import AuditEvent
from campaigns import regulator
from campaigns.regulator import Kind


@pages.page("regulator.file")
def regulator_file_list(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The files of a year (the last one, unless another is named), and those made before."""
    user, at = pages.person_of(request), clock.now()
    today = clock.day_of(at)
    shown = year or today.year - 1
    made = AuditEvent.objects.filter(action="regulator_file.made", by=user).order_by("-id")
    context = {
        "year": shown,
        "years": [today.year - back for back in range(3)],
        "today": today,
        "files": [regulator.overview(kind=kind, year=shown, by=user, at=at) for kind in Kind],
        "made": made[:10],
    }
    return render(request, "campaigns/regulator_files.html", context)


@pages.page("regulator.file", methods=["POST"])
def regulator_file(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """Make a file and hand it over."""
    user = pages.person_of(request)
    made = regulator.make(kind=regulator.named(kind), year=year, by=user, at=clock.now())
    return downloads.csv(name=made.name, text=made.text)
