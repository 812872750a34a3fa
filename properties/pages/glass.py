"""Names opened in an emergency: the caseworker's form, and the auditor's list to be reviewed."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, roles
from properties import glass
from properties.identities import Identity
from properties.models import GlassBreak
from properties.pages.free_words import FreeWords


class GlassForm(forms.Form):
    """Whose name, and why it cannot wait."""

    code = forms.CharField(label=_("Code of the household"), max_length=30)
    reason = FreeWords(
        label=_("What the emergency is"),
        max_length=500,
        help_text=_("The auditor reads it and says whether it was justified."),
    )


class ReviewForm(forms.Form):
    finding = forms.ChoiceField(label=_("It was"), choices=GlassBreak.Finding.choices)
    note = FreeWords(label=_("Note"), max_length=500, required=False)


@pages.page("identity.view")
def emergency(request: HttpRequest) -> HttpResponse:
    """What was opened, by whom and why; the form for who may."""
    return _render(request, GlassForm())


@pages.page("identity.break_glass", methods=["POST"])
def open_name(request: HttpRequest) -> HttpResponse:
    """Open a name; it is shown once, on this page alone."""
    form, by = GlassForm(request.POST), pages.person_of(request)
    who = None
    if form.is_valid():
        typed = form.cleaned_data
        who = pages.attempt(form, lambda: glass.break_glass(**typed, by=by, at=clock.now()))
    return _render(request, form, who)


@pages.page("identity.review_glass", methods=["POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of an opening whether it was justified."""
    by = pages.person_of(request)
    opening = get_object_or_404(glass.openings_for(by), pk=pk)
    form = ReviewForm(request.POST)
    if form.is_valid():
        glass.review(opening=opening, **form.cleaned_data, by=by, at=clock.now())
        return pages.done(request, _("Written down."), "emergency")
    return _render(request, GlassForm())


def _render(request: HttpRequest, form: GlassForm, who: Identity | None = None) -> HttpResponse:
    user = pages.person_of(request)
    context = {
        "page": pages.paged(request, glass.openings_for(user)),
        "form": form,
        "who": who,
        "review_form": ReviewForm(),
        "may_open": roles.may(user, "identity.break_glass"),
        "may_review": roles.may(user, "identity.review_glass"),
    }
    return render(request, "properties/emergency.html", context)
