"""The page of a file of homes: looked at first, then applied whole or not at all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, downloads, pages
from properties import unit_files
from properties.pages.home_forms import FileForm
from properties.unit_files import Outcome, Upload


@pages.page("unit.edit", methods=["GET", "HEAD", "POST"])
def home_file(request: HttpRequest) -> HttpResponse:
    """Hand in a file of homes."""
    form = FileForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        upload = _upload(request, form)
        outcome = pages.attempt(form, lambda: _look(request, upload))
        if outcome and not outcome.faults and form.cleaned_data["is_real"]:
            by, at = pages.person_of(request), clock.now()
            unit_files.take_in(upload=upload, by=by, at=at)
            return pages.done(request, _("The homes of the file are entered."), "homes")
    context = {"form": form, "outcome": outcome}
    return render(request, "properties/home_file.html", context)


@pages.page("unit.edit")
def empty_file(request: HttpRequest) -> HttpResponse:
    """The file with its columns and one example, to be filled in."""
    return downloads.csv(name="homes.csv", text=unit_files.empty_file())


def _upload(request: HttpRequest, form: FileForm) -> Upload:
    organisation = pages.person_of(request).organisation
    assert organisation is not None, "a manager belongs to an issuer"
    file = form.cleaned_data["file"]
    return Upload(organisation, file.read(), file.name)


def _look(request: HttpRequest, upload: Upload) -> Outcome:
    return unit_files.look(upload=upload, by=pages.person_of(request), at=clock.now())
