"""On the page of a home bought with people in it: say that they left before any lease."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, undoing
from backend.core.fields import DayField
from backend.core.models import User
from properties import releases
from properties.models import HomeRelease, Unit
from properties.pages import homes
from properties.pages.free_words import FreeWords


class ReleaseForm(forms.Form):
    on = DayField(label=_("First day they no longer live there"))
    how = forms.ChoiceField(label=_("How it came"), choices=HomeRelease.How.choices)
    document = forms.CharField(label=_("Paper"), max_length=120, required=False)


class TakeBackForm(forms.Form):
    reason = FreeWords(label=_("Why it was a mistake"), max_length=300, min_length=5)


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
            undo = undoing.of("home.released", pk)
            sentence = _("Written down: the home may be let.")
            return pages.done(request, sentence, "home-page", pk=pk, undo=undo)
    return homes.render_home(request, unit, {"release_form": form})


@pages.page("tenancy.edit", methods=["POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo it where it was a mistake."""
    unit, by = homes.own_unit(request, pk), pages.person_of(request)
    form = TakeBackForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        if pages.attempt(
            form, lambda: releases.take_back(unit=unit, **told, by=by, at=clock.now())
        ):
            return pages.done(request, _("Taken back: they live there still."), "home-page", pk=pk)
    return homes.render_home(request, unit, {"take_back_form": form})


def _part(user: User, unit: Unit) -> dict[str, Any]:
    """The form, while those found in a home may still be living there without a lease; or its undo."""
    if not user.may("tenancy.edit"):
        return {}
    if releases.may_be(unit):
        return {"release_form": ReleaseForm()}
    return {"take_back_form": TakeBackForm()} if releases.may_be_taken_back(unit) else {}


homes.show(_part)
