"""The manager's page of the yearly files for authorities: what is due, what lacks, what was made."""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, downloads, pages
from campaigns import regulator
from campaigns.models import RegulatorFile
from campaigns.regulator import Kind


class MakingForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it differs from the version before, if it does"),
        max_length=300,
        required=False,
    )


@pages.page("regulator.file")
def regulator_file_list(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The files of a year (the last one, unless another is named), and those made before."""
    user, at = pages.person_of(request), clock.now()
    today = clock.day_of(at)
    shown = year or today.year - 1
    made = RegulatorFile.objects.visible_to(user).defer("text")
    context = {
        "year": shown,
        "years": [today.year - back for back in range(3)],
        "today": today,
        "files": [
            (regulator.overview(kind=kind, year=shown, by=user, at=at), _form(kind, shown, today))
            for kind in Kind
        ],
        "made": pages.paged(request, made),
    }
    return render(request, "campaigns/regulator_files.html", context)


@pages.page("regulator.file", methods=["POST"])
def regulator_file(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """Make a file and hand it over."""
    user, form = pages.person_of(request), MakingForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    named, at = regulator.named(kind), clock.now()
    made = regulator.make(kind=named, year=year, reason=reason, by=user, at=at)
    return downloads.csv(name=made.name, text=made.text)


@pages.page("regulator.file")
def made_regulator_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A version to the byte as it was made."""
    rows = RegulatorFile.objects.visible_to(pages.person_of(request))
    made = get_object_or_404(rows, pk=pk)
    return downloads.csv(name=made.name, text=made.text)


def _form(kind: Kind, year: int, today: dt.date) -> MakingForm | None:
    """What a file of a year that is over may need; its field has an id of its own on the page."""
    return MakingForm(auto_id=f"{kind.value}_%s") if year < today.year else None
