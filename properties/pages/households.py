"""The caseworker's pages, phone first: whom to call today, one household, a new one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, pages, roles
from backend.core.models import User
from backend.core.money import ZERO, from_cents
from backend.core.pages import done
from properties import (
    arrears,
    assessments,
    households,
    identities,
    lettings,
    locare,
    support,
    worktray,
)
from properties.models import Household, Tenancy
from properties.models.household import AGE_BANDS
from properties.pages import household_forms as kinds

SHOWN = 200
"""So many tasks are listed; who has more has another kind of problem."""


@pages.page("household.view")
def worklist(request: HttpRequest) -> HttpResponse:
    """What to do today and what is late, then what comes, then everybody."""
    user = pages.person_of(request)
    rows = Household.objects.visible_to(user)
    today = clock.today()
    tasks = worktray.tasks(rows, on=today)
    context = {
        "due": [task for task in tasks if task.by_when <= today][:SHOWN],
        "later": [task for task in tasks if task.by_when > today][:SHOWN],
        "households": pages.paged(request, rows.order_by("code")),
        "today": today,
        "may_edit": roles.may(user, "household.edit"),
    }
    return render(request, "properties/households.html", context)


@pages.page("household.edit", methods=["GET", "HEAD", "POST"])
def new_household(request: HttpRequest) -> HttpResponse:
    """Take a household in."""
    form = kinds.HouseholdForm(request.POST or None, user=pages.person_of(request))
    if request.method == "POST" and form.is_valid():
        new = form.value(pages.person_of(request))
        saved = pages.attempt(
            form, lambda: households.register(new=new, by=pages.person_of(request), at=clock.now())
        )
        if saved:
            return done(request, _("The household is taken in."), "household-page", pk=saved.pk)
    return render(request, "properties/new_household.html", {"form": form})


@pages.page("household.view")
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """One household: what to do next, where it lives, what was done, what became of it."""
    return _render(request, _own(request, pk))


@pages.page("household.edit", methods=["POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what to do next."""

    def rule(found: Household, typed: dict[str, Any], user: User, at: dt.datetime) -> object:
        return households.plan_next(
            household=found, step=typed["step"], by_when=typed["by_when"], by=user, at=at
        )

    return _change(request, pk, ("plan_form", kinds.PlanForm(request.POST)), rule)


@pages.page("household.edit", methods=["POST"])
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down something done."""

    def rule(found: Household, typed: dict[str, Any], user: User, at: dt.datetime) -> object:
        return support.record_action(household=found, **typed, by=user, at=at)

    return _change(request, pk, ("action_form", kinds.ActionForm(request.POST)), rule)


@pages.page("household.edit", methods=["POST"])
def tell_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down where the household lives."""

    def rule(found: Household, typed: dict[str, Any], user: User, at: dt.datetime) -> object:
        new = households.NewOutcome(**typed)
        return households.record_outcome(household=found, new=new, by=user, at=at)

    return _change(request, pk, ("outcome_form", kinds.OutcomeForm(request.POST)), rule)


@pages.page("household.edit", methods=["POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what is known anew of who lives together, where from, with how much."""

    def rule(found: Household, typed: dict[str, Any], user: User, at: dt.datetime) -> object:
        people = {band: typed.pop(f"people_{band}") for band in AGE_BANDS}
        new = assessments.NewAssessment(people=people, **typed)
        return assessments.assess(household=found, new=new, by=user, at=at)

    return _change(request, pk, ("assess_form", kinds.AssessForm(request.POST)), rule)


@pages.page("household.edit", methods=["POST"])
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the names, or what of them changed."""

    def rule(found: Household, typed: dict[str, Any], user: User, at: dt.datetime) -> object:
        return assessments.complete(household=found, said=typed, by=user, at=at)

    return _change(request, pk, ("names_form", kinds.NamesForm(request.POST)), rule)


@pages.page("household.edit", methods=["POST"])
def protect(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the household under protection, or end that."""

    def rule(found: Household, typed: dict[str, Any], user: User, at: dt.datetime) -> object:
        return assessments.protect(household=found, **typed, by=user, at=at)

    return _change(request, pk, ("protect_form", kinds.ProtectForm(request.POST)), rule)


@pages.page("household.edit", methods=["POST"])
def begin_tenancy(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the keys of a free home, or keep the household where it lives."""

    def rule(found: Household, typed: dict[str, Any], user: User, at: dt.datetime) -> object:
        charges = typed.pop("charges_monthly") or ZERO
        new = lettings.NewTenancy(household=found, charges_monthly=charges, **typed)
        begin = lettings.keep if lettings.is_kept(new.unit, found) else lettings.let
        return begin(new=new, by=user, at=at)

    form = kinds.TenancyForm(request.POST, user=pages.person_of(request))
    return _change(request, pk, ("tenancy_form", form), rule)


@pages.page("tenancy.edit", methods=["POST"])
def agree_on_locare(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a lease under Lo.C.A.Re."""
    rows = Tenancy.objects.visible_to(pages.person_of(request))
    tenancy = get_object_or_404(rows.select_related("household", "unit"), pk=pk)

    def rule(found: Household, typed: dict[str, Any], user: User, at: dt.datetime) -> object:
        return locare.agree(tenancy=tenancy, new=locare.NewTerms(**typed), by=user, at=at)

    form = kinds.LocareForm(request.POST)
    return _change(request, tenancy.household_id, ("locare_form", form), rule)


@pages.page("tenancy.edit", methods=["POST"])
def end_tenancy(request: HttpRequest, pk: int) -> HttpResponse:
    """End a tenancy."""
    tenancy = get_object_or_404(Tenancy.objects.visible_to(pages.person_of(request)), pk=pk)

    def rule(found: Household, typed: dict[str, Any], user: User, at: dt.datetime) -> object:
        return lettings.end(tenancy=tenancy, **typed, by=user, at=at)

    return _change(request, tenancy.household_id, ("end_form", kinds.EndForm(request.POST)), rule)


@pages.page("identity.view", methods=["POST"])
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Open who it is; the purpose is written down."""
    found = _own(request, pk)
    form = kinds.PurposeForm(request.POST)
    who = None
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        who = pages.attempt(
            form,
            lambda: identities.read(
                household=found, purpose=purpose, by=pages.person_of(request), at=clock.now()
            ),
        )
    return _render(request, found, {"purpose_form": form, "who": who})


Rule = Callable[[Household, dict[str, Any], User, dt.datetime], object]


def _change(
    request: HttpRequest, pk: int, filled: tuple[str, forms.Form], rule: Rule
) -> HttpResponse:
    """One act on a household: the form, the rule, back to its page; refused forms stay as typed."""
    name, form = filled
    found = _own(request, pk)
    if form.is_valid() and _done(request, found, form, rule):
        sentence: Promise = _("Written down.")
        return done(request, sentence, "household-page", pk=pk)
    return _render(request, found, {name: form})


def _done(request: HttpRequest, found: Household, form: forms.Form, rule: Rule) -> bool:
    person, at = pages.person_of(request), clock.now()
    return pages.attempt(form, lambda: rule(found, form.cleaned_data, person, at)) is not None


def _render(
    request: HttpRequest, found: Household, filled: dict[str, Any] | None = None
) -> HttpResponse:
    user = pages.person_of(request)
    may_edit = roles.may(user, "household.edit")
    context = {
        "household": found,
        "ages": [
            (field.label, getattr(found, name))
            for name, field in kinds.HouseholdForm.base_fields.items()
            if name.startswith("people_") and getattr(found, name)
        ],
        "tasks": worktray.tasks(Household.objects.filter(pk=found.pk), on=clock.today()),
        "stays": _stays(user, found),
        "assessments": found.assessments.order_by("-on", "-pk"),
        "actions": found.actions.order_by("-on", "-pk")[:20],
        "outcomes": found.outcomes.order_by("-on"),
        "history": audit.history(found).order_by("-id")[:10] if may_edit else (),
        "today": clock.today(),
        "may_edit": may_edit,
        "may_open_identity": roles.may(user, "identity.view"),
        **(kinds.empty_forms(user, found) if may_edit else {}),
        "purpose_form": kinds.PurposeForm(),
        **(filled or {}),
    }
    return render(request, "properties/household.html", context)


def _stays(user: User, found: Household) -> list[tuple[Tenancy, list[dict[str, Any]]]]:
    """Each lease with its rents, month by month, the newest first."""
    rows = Tenancy.objects.visible_to(user).filter(household=found)
    leases = list(rows.select_related("unit", "locare").order_by("-starts_on"))
    ledger = arrears.ledger([each.pk for each in leases], as_of=clock.today())
    return [(each, [_month(due) for due in ledger.get(each.pk, [])]) for each in leases]


def _month(due: arrears.Due) -> dict[str, Any]:
    return {
        "on": due.due_on,
        "amount": from_cents(due.amount),
        "received": from_cents(due.received),
        "owed": from_cents(due.owed),
    }


def _own(request: HttpRequest, pk: int) -> Household:
    return get_object_or_404(Household.objects.visible_to(pages.person_of(request)), pk=pk)
