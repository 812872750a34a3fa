"""Deputies: who decides in whose stead, named and ended here."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.accounts import deputies
from backend.accounts.models import Deputy
from backend.core import clock, pages, undoing
from backend.core.fields import DayField
from backend.core.models import User


class PersonField(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name() or obj.username


class DeputyForm(forms.Form):
    """Whom, from when to when, and why."""

    deputy = PersonField(label=_("Who decides in your stead"), queryset=User.objects.none())
    first_on = DayField(label=_("From"))
    last_on = DayField(label=_("To"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, principal: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = deputies.possible_for(principal)
        self.fields["deputy"].queryset = possible  # type: ignore[attr-defined]  # a model's


@pages.page(deputies.NAME, methods=["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Those that one named or stands in for, and a form for the next."""
    person = pages.person_of(request)
    form = DeputyForm(request.POST or None, principal=person)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        span = deputies.Span(told["first_on"], told["last_on"])

        def rule() -> Deputy:
            return deputies.name(
                principal=person, deputy=told["deputy"], span=span, reason=told["reason"],
                by=person, at=clock.now(),
            )  # fmt: skip

        if named := pages.attempt(form, rule):
            undo = undoing.of("deputy.named", named.pk)
            return pages.done(request, _("Your deputy is named."), "deputies", undo=undo)
    context = {"form": form, "rows": deputies.visible_to(person)[:50], "today": clock.today()}
    return render(request, "accounts/deputies.html", context)


@pages.page(deputies.NAME, methods=["POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one before its day."""
    person = pages.person_of(request)
    row = get_object_or_404(deputies.visible_to(person), pk=pk)
    deputies.end(row=row, by=person, at=clock.now())
    return pages.done(request, _("This ended."), "deputies")
