"""The page of a year: what its report will say beside the figures, and what was aimed at."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.fields import DayField
from backend.core.models import Organisation
from properties import wording, year_reports, years
from properties.indicators import BY_CODE, Unit
from properties.models import YearNote
from properties.years import Aim

IN_HUNDREDTHS = (Unit.EUR, Unit.EUR_MONTH, Unit.AREA)


class NoteForm(forms.Form):
    """The words under one heading, in both languages."""

    heading = forms.ChoiceField(label=_("Heading"), choices=YearNote.Heading.choices)
    text_it = forms.CharField(label=_("text (Italian)"), widget=forms.Textarea(attrs={"rows": 5}))
    text_en = forms.CharField(label=_("text (English)"), widget=forms.Textarea(attrs={"rows": 5}))
    reason = forms.CharField(
        label=_("Why it is corrected"),
        help_text=_("Only of words that a report told already; those stay, with their version."),
        max_length=300,
        required=False,
    )


class ReportForm(forms.Form):
    """When the report of the year went to the accounts."""

    added_on = DayField(label=_("Added to the accounts on"))


class TargetForm(forms.Form):
    """One figure and what it shall be at the end of the year."""

    indicator = forms.ChoiceField(label=_("Figure"))
    value = forms.DecimalField(
        label=_("Target"),
        help_text=_(
            "In the unit of the figure: euro, homes, %, days. Empty gives a target up. Once the year "
            "has begun, reports say on which day it was set."
        ),
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.code, f"{each.number} {each.name}") for each in years.targetable()]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def as_target(self) -> dict[str, int | None]:
        """By code the value in the unit that figures are kept in."""
        code, value = self.cleaned_data["indicator"], self.cleaned_data["value"]
        factor = 100 if BY_CODE[code].unit in IN_HUNDREDTHS else 1
        return {code: None if value is None else int(value * factor)}


@pages.page("snapshot.edit", methods=["GET", "HEAD", "POST"])
def year(request: HttpRequest, year: int) -> HttpResponse:
    """What is written of a year, what is missing, and a form for one heading."""
    person = pages.person_of(request)
    organisation = _issuer(request)
    form = NoteForm(request.POST or None, initial=_written(organisation, year, request))
    if request.method == "POST" and form.is_valid():
        words = years.Words(**form.cleaned_data)
        wrote = pages.attempt(
            form,
            lambda: years.write(
                organisation=organisation, year=year, words=words, by=person, at=clock.now()
            ),
        )
        if wrote:
            return pages.done(request, _("Written down."), "year", year=year)
    return render(request, "properties/year.html", _context(organisation, year, form=form))


@pages.page("snapshot.edit", methods=["POST"])
def aim(request: HttpRequest, year: int) -> HttpResponse:
    """Set or take away one target of a year."""
    person = pages.person_of(request)
    organisation = _issuer(request)
    form = TargetForm(request.POST)
    if form.is_valid():
        targets, at = form.as_target, clock.now()
        aimed = pages.attempt(
            form,
            lambda: years.aim(
                organisation=organisation, year=year, targets=targets, by=person, at=at
            ),
        )
        if aimed is not None:
            return pages.done(request, _("Written down."), "year", year=year)
    return render(request, "properties/year.html", _context(organisation, year, target_form=form))


@pages.page("snapshot.edit", methods=["POST"])
def report(request: HttpRequest, year: int) -> HttpResponse:
    """Publish the report of a year as it went to the accounts, or the next version of it."""
    organisation, person = _issuer(request), pages.person_of(request)
    form = ReportForm(request.POST)
    if form.is_valid():
        published = pages.attempt(
            form,
            lambda: year_reports.publish(
                issuer=organisation, year=year, by=person, at=clock.now(), **form.cleaned_data
            ),
        )
        if published:
            return pages.done(request, _("Published."), "year", year=year)
    return render(request, "properties/year.html", _context(organisation, year, report_form=form))


def _issuer(request: HttpRequest) -> Organisation:
    organisation = pages.person_of(request).organisation
    if organisation is None:
        raise Http404
    return organisation


def _context(organisation: Organisation, year: int, **forms_filled: forms.Form) -> dict[str, Any]:
    written = {note.heading: note for note in years.notes(organisation, year=year)}
    headings = [
        {"heading": each, "note": written.get(each), "is_owed": each in YearNote.OWED}
        for each in YearNote.Heading
    ]
    return {
        "year": year,
        "before": year - 1,
        "after": year + 1,
        "headings": headings,
        "targets": [_target(each) for each in years.targets(organisation, year=year)],
        "owes_report": year in year_reports.years_due(organisation, on=clock.today()),
        "late": year_reports.late(organisation, on=clock.today()),
        "reports": [
            each for each in year_reports.in_force(organisation) if each.report.year == year
        ],
        "form": NoteForm(),
        "target_form": TargetForm(),
        "report_form": ReportForm(),
        **forms_filled,
    }


def _target(aim: Aim) -> dict[str, Any]:
    indicator = BY_CODE[aim.indicator]
    figure = {"unit": indicator.unit.value}
    said = {
        key: None if value is None else wording.aim(figure, value)
        for key, value in (("text", aim.value), ("first", aim.first))
    }
    return {"name": indicator.name, "aim": aim, **said}


def _written(organisation: Organisation, year: int, request: HttpRequest) -> dict[str, str]:
    """The heading that the address asks for, as it is written now."""
    heading = request.GET.get("heading", "")
    for note in years.notes(organisation, year=year):
        if note.heading == heading:
            return {"heading": heading, "text_it": note.text_it, "text_en": note.text_en}
    return {"heading": heading}
