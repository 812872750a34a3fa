"""The page on which a manager puts right what was written down wrongly of a home."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.models import User
from properties import corrections
from properties.models import Unit
from properties.pages import homes
from properties.pages.home_forms import UnitForm


class CorrectionForm(UnitForm):
    """The facts of a home as they stand, and why they change."""

    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        min_length=5,
        help_text=_("It stays with the home, with what stood before."),
    )
    field_order = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {"reason", *corrections.FIELDS}:
            del self.fields[name]
        self.fields["address"].help_text = _(
            "Address and place hold for all homes of the building."
        )


@pages.page("unit.edit", methods=["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put facts of a home right, with the reason."""
    unit = homes.own_unit(request, pk)
    form = CorrectionForm(request.POST or None, initial=corrections.facts(unit))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        reason, by = told.pop("reason"), pages.person_of(request)
        saved = pages.attempt(
            form,
            lambda: corrections.correct(unit=unit, told=told, reason=reason, by=by, at=clock.now()),
        )
        if saved:
            return pages.done(
                request, _("Corrected; what stood before is kept."), "home-page", pk=pk
            )
    return render(request, "properties/correct_home.html", {"form": form, "unit": unit})


LABELS = {name: field.label for name, field in UnitForm.base_fields.items()}


def _part(user: User, unit: Unit) -> dict[str, Any]:
    """The corrections of a home, for its page."""
    return {"corrections": [_told(event.facts, event) for event in corrections.history(unit)[:10]]}


def _told(facts: dict[str, Any], event: Any) -> dict[str, Any]:
    changes = [
        (LABELS[name], facts["before"][name], value) for name, value in facts["after"].items()
    ]
    return {"at": event.at, "by": event.by_label, "reason": event.reason, "changes": changes}


homes.show(_part)
