"""On the page of a home bought with people in it: say that they left before any lease."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.fields import DayField
from backend.core.models import User
from properties import releases
from properties.models import HomeRelease, Unit
from properties.pages import homes


class ReleaseForm(forms.Form):
    on = DayField(label=_("First day they no longer live there"))
    how = forms.ChoiceField(label=_("How it came"), choices=HomeRelease.How.choices)
    document = forms.CharField(label=_("Paper"), max_length=120, required=False)


@pages.page("tenancy.edit", methods=["POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that nobody lives there any more."""
    unit, by = homes.own_unit(request, pk), pages.person_of(request)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        new = releases.NewRelease(**form.cleaned_data)
        told = pages.attempt(
            form, lambda: releases.record(unit=unit, new=new, by=by, at=clock.now())
        )
        if told:
            return pages.done(request, _("Written down: the home may be let."), "home-page", pk=pk)
    return homes.render_home(request, unit, {"release_form": form})


def _part(user: User, unit: Unit) -> dict[str, Any]:
    """The form, while those found in a home may still be living there without a lease."""
    may = user.may("tenancy.edit") and releases.may_be(unit)
    return {"release_form": ReleaseForm()} if may else {}


homes.show(_part)
