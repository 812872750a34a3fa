"""The pages on which a lease or an outcome is put right, with what stood before each time."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.fields import DayField, EuroField
from properties import amendments
from properties.models import Household, HousingOutcome, OutcomeCode, Tenancy
from properties.pages.free_words import FreeWords


class ReasonForm(forms.Form):
    reason = FreeWords(
        label=_("Why it is corrected"),
        max_length=300,
        min_length=5,
        help_text=_("It stays with the household, with what stood before."),
    )


class LeaseForm(ReasonForm):
    starts_on = DayField(label=_("Since when"))
    ends_on = DayField(label=_("First day they no longer live there"), required=False)
    rent = EuroField(label=_("Rent a month"))
    charges_monthly = EuroField(label=_("Charges a month"))


class OutcomeForm(ReasonForm):
    code = forms.ChoiceField(label=_("Where they live"), choices=OutcomeCode.choices)
    on = DayField(label=_("As of"))
    is_care = forms.BooleanField(label=_("In a hospital or care home"), required=False)


@pages.page("tenancy.edit", methods=["GET", "HEAD", "POST"])
def amend_lease(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right days and rent of a lease, with the reason."""
    lease = get_object_or_404(Tenancy.objects.visible_to(pages.person_of(request)), pk=pk)
    known = {name: getattr(lease, name) for name in amendments.OF_LEASE}
    return _amend(request, lease, LeaseForm(request.POST or None, initial=known))


@pages.page("household.edit", methods=["GET", "HEAD", "POST"])
def amend_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right where a household lived as of which day, with the reason."""
    mine = Household.objects.visible_to(pages.person_of(request))
    outcome = get_object_or_404(HousingOutcome.objects.filter(household__in=mine), pk=pk)
    known = {name: getattr(outcome, name) for name in amendments.OF_OUTCOME}
    return _amend(request, outcome, OutcomeForm(request.POST or None, initial=known))


RULES: dict[type, tuple[str, Callable[..., object]]] = {
    Tenancy: ("tenancy", amendments.amend_lease),
    HousingOutcome: ("outcome", amendments.amend_outcome),
}


def _amend(request: HttpRequest, row: Tenancy | HousingOutcome, form: ReasonForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        name, rule = RULES[type(row)]
        told: dict[str, Any] = dict(form.cleaned_data)
        who = {"reason": told.pop("reason"), "by": pages.person_of(request), "at": clock.now()}
        if pages.attempt(form, lambda: rule(**{name: row}, told=told, **who)):
            sentence = _("Corrected; what stood before is kept.")
            return pages.done(request, sentence, "household-page", pk=row.household_id)
    context = {"form": form, "household": row.household, "amendments": _told(row, form)}
    return render(request, "properties/amend.html", context)


def _told(row: Tenancy | HousingOutcome, form: ReasonForm) -> list[dict[str, Any]]:
    return [
        {
            "told": each,
            "changes": [
                (form.fields[name].label, each.before[name], each.after[name])
                for name in sorted(each.after)
            ],
        }
        for each in row.amendments.order_by("-pk")
    ]
