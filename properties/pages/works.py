"""The page of works on a home: stages, budget with its variations, costs, energy before and after."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, roles
from backend.core.fields import DayField, EuroField
from backend.core.models import User
from backend.core.money import euro
from backend.ledger.models import Fund
from properties import costs, energy, renovations, words
from properties.models import Unit, Works
from properties.pages import homes
from properties.pages.purchase_forms import funds_of


class NewWorksForm(forms.Form):
    description = forms.CharField(label=_("What is done"), max_length=200)
    budget = EuroField(label=_("Budget"))
    fund = forms.ModelChoiceField(label=_("Paid by"), queryset=Fund.objects.none())
    contractor = forms.CharField(label=_("Contractor"), max_length=200, required=False)
    has_social_clause = forms.BooleanField(label=_("With a clause for social work"), required=False)
    started_on = DayField(label=_("From"))
    planned_ready_on = DayField(label=_("To be ready on"), required=False)

    def __init__(self, *args: Any, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = funds_of(organisation_id)  # type: ignore[attr-defined]  # a model choice


class StageForm(forms.Form):
    to = forms.ChoiceField(label=_("What happened"))
    on = DayField(label=_("On"))
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("The reason of a halt.")
    )

    def __init__(self, *args: Any, works: Works, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ahead = [one for one in words.STATES if one in Works.MOVES[works.state]]
        self.fields["to"].choices = [(one, words.STATES[one]) for one in ahead]  # type: ignore[attr-defined]  # a choice field


class VariationForm(forms.Form):
    amount = EuroField(label=_("By how much"))
    less = forms.BooleanField(label=_("Less, not more"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class WorksCostForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(str(one), one.label) for one in renovations.KINDS]
    )
    fund = forms.ModelChoiceField(label=_("Paid by"), queryset=Fund.objects.none())
    amount = EuroField(label=_("Amount"))
    due_on = DayField(label=_("Due on"))
    payee = forms.CharField(label=_("Paid to"), required=False, max_length=200)

    def __init__(self, *args: Any, works: Works, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = funds_of(works.unit.organisation_id)  # type: ignore[attr-defined]  # a model choice
        self.fields["fund"].initial = works.fund_id


def shown(user: User, unit: Unit) -> dict[str, Any]:
    """The form that opens works, on the page of a home."""
    if not user.may("works.edit"):
        return {}
    return {"works_form": NewWorksForm(organisation_id=unit.organisation_id)}


homes.show(shown)


@pages.page("works.edit", methods=["POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Open works in a home."""
    unit, user = homes.own_unit(request, pk), pages.person_of(request)
    form = NewWorksForm(request.POST, organisation_id=unit.organisation_id)
    if form.is_valid():
        new = renovations.NewWorks(unit=unit, **form.cleaned_data)
        begun = pages.attempt(form, lambda: renovations.begin(new=new, by=user, at=clock.now()))
        if begun is not None:
            return pages.done(request, _("The works are opened."), "works", pk=begun.pk)
    return homes.render_home(request, unit, {"works_form": form})


@pages.page("acquisition.view")
def works(request: HttpRequest, pk: int) -> HttpResponse:
    """One renovation."""
    return _render(request, _own(request, pk), {})


@pages.page("works.edit", methods=["POST"], once=True)
def change(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Write down a stage, ask for another budget, or owe a cost."""
    if act not in ACTS:
        raise Http404
    found = _own(request, pk)
    shape, rule, sentence = ACTS[act]
    form = shape(request.POST) if shape is VariationForm else shape(request.POST, works=found)
    if form.is_valid():
        by = pages.person_of(request)
        done = pages.attempt(form, lambda: rule(found, form.cleaned_data, by))
        if done is not None:
            return pages.done(request, sentence, "works", pk=pk)
    return _render(request, found, {f"{act}_form": form})


def _move(works: Works, typed: dict[str, Any], by: User) -> object:
    return renovations.move(works=works, step=renovations.Step(**typed), by=by, at=clock.now())


def _vary(works: Works, typed: dict[str, Any], by: User) -> object:
    amount = euro(0) - typed["amount"] if typed["less"] else typed["amount"]
    reason = typed["reason"]
    return renovations.vary(works=works, amount=amount, reason=reason, by=by, at=clock.now())


def _commit(works: Works, typed: dict[str, Any], by: User) -> object:
    return renovations.commit(works=works, cost=costs.NewCost(**typed), by=by, at=clock.now())


Act = Callable[[Works, dict[str, Any], User], object]
ACTS: dict[str, tuple[Any, Act, Any]] = {
    "stage": (StageForm, _move, _("Written down.")),
    "variation": (VariationForm, _vary, _("Asked. Another person finds it under Approvals.")),
    "cost": (
        *(WorksCostForm, _commit),
        _("Committed. Write its reference on the payment; the bank statement does the rest."),
    ),
}


def _render(request: HttpRequest, found: Works, filled: dict[str, Any]) -> HttpResponse:
    user = pages.person_of(request)
    lines = found.costs.select_related("fund", "expectation").order_by("pk")
    paid = costs.paid_by(lines, "pk")
    certificates = list(found.unit.certificates.all())
    before = [
        one for one in certificates if (one.issued_on or found.started_on) <= found.started_on
    ]
    after = [one for one in certificates if one not in before]
    context = {
        "works": found,
        "budget": renovations.budget(found),
        "steps": found.steps.order_by("pk"),
        "variations": found.variations.order_by("pk"),
        "lines": [{"line": line, "paid": paid.get(line.pk)} for line in lines],
        "missing": [{"label": each, "done": False} for each in renovations.missing(found)],
        "before": energy.newest(before),
        "after": energy.newest(after),
        "may_edit": roles.may(user, "works.edit"),
        "may_move": bool(Works.MOVES[found.state]),
        "stage_form": StageForm(works=found),
        "variation_form": VariationForm(),
        "cost_form": WorksCostForm(works=found),
        **filled,
    }
    return render(request, "properties/works.html", context)


def _own(request: HttpRequest, pk: int) -> Works:
    rows = Works.objects.visible_to(pages.person_of(request))
    return get_object_or_404(rows.select_related("unit__building", "fund"), pk=pk)
