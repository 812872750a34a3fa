"""Market rents by OMI zone: the newest of each, and the file that brings them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, roles, tables
from backend.core.models import User
from properties import omi
from properties.models import Unit
from properties.pages import homes


class OmiFileForm(forms.Form):
    file = forms.FileField(
        label=_("File of quotations"),
        help_text=_("CSV or XLSX, as the tax agency gives it out: one row per zone and kind."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > tables.MAX_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        return file


@pages.page("unit.view")
def quotations(request: HttpRequest) -> HttpResponse:
    """The newest quotations, and the form for more."""
    return _render(request, OmiFileForm())


@pages.page("unit.edit", methods=["POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Keep the quotations of a file."""
    user, form = pages.person_of(request), OmiFileForm(request.POST, request.FILES)
    kept = pages.attempt(form, lambda: _take_in(user, form)) if form.is_valid() else None
    if kept:
        return pages.done(request, _("The quotations of the file are kept."), "omi")
    return _render(request, form)


def _render(request: HttpRequest, form: OmiFileForm) -> HttpResponse:
    context = {
        "page": pages.paged(request, omi.zones()),
        "form": form,
        "may_edit": roles.may(pages.person_of(request), "unit.edit"),
        "source": omi.SOURCE,
    }
    return render(request, "properties/omi.html", context)


def _take_in(user: User, form: OmiFileForm) -> omi.Outcome:
    assert user.organisation is not None, "who edits homes belongs to an issuer"
    raw = form.cleaned_data["file"].read()
    return omi.take_in(raw=raw, organisation=user.organisation, by=user, at=clock.now())


def _part(user: User, unit: Unit) -> dict[str, Any]:
    """What a home would let for on the market, for its page."""
    return {"market": omi.reference(unit, on=clock.today())}


homes.show(_part)
