"""The page of a file of people who are housed already: looked at first, applied whole or not at all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, downloads, pages
from properties import people_files
from properties.pages.home_forms import FileForm


class PeopleFileForm(FileForm):
    """The same form as for homes, for another file."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        self.fields["file"].label = _("File of households and their leases")
        self.fields["file"].help_text = _("CSV or XLSX; no names: codes, counts and brackets.")


@pages.page("household.edit", methods=["GET", "HEAD", "POST"])
def people_file(request: HttpRequest) -> HttpResponse:
    """Hand in a file of people."""
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        raw, by, at = form.cleaned_data["file"].read(), pages.person_of(request), clock.now()
        outcome = pages.attempt(form, lambda: people_files.look(raw=raw, by=by, at=at))
        if outcome and not outcome.faults and form.cleaned_data["is_real"]:
            people_files.take_in(raw=raw, by=by, at=at)
            return pages.done(request, _("The people of the file are taken over."), "households")
    return render(request, "properties/people_file.html", {"form": form, "outcome": outcome})


@pages.page("household.edit")
def empty_people_file(request: HttpRequest) -> HttpResponse:
    """The file with its columns and one example, to be filled in."""
    return downloads.csv(name="people.csv", text=people_files.empty_file())
