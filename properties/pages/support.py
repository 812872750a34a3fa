"""A household's support, a page of its own: what is owed, agreed, asked for, threatened, consented to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, roles
from backend.core.models import User
from backend.core.money import cents
from properties import arrears, wording
from properties.models import EvictionCase, Household, RepaymentPlan, Tenancy
from properties.pages import hardship_form
from properties.pages.support_forms import FORMS, FactForm


@dataclass(frozen=True)
class Section:
    """A part of the page: its title, what is known line by line, and which forms add to it."""

    title: str | Promise
    lines: list[str]
    kinds: tuple[str, ...]


@pages.page("household.view")
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found, agreed and asked for; the forms for those who work with the household."""
    return _render(request, _own(request, pk))


@pages.page("household.edit", methods=["POST"])
def tell(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Write down one fact: the form of its kind, its rule, back to the page."""
    found = _own(request, pk)
    if kind not in FORMS:
        raise Http404(kind)
    form = FORMS[kind](request.POST, household=found, user=pages.person_of(request))
    if form.is_valid() and _written(form):
        if kind == "hand-over":
            return pages.done(request, _("Handed over."), "households")
        return pages.done(request, _("Written down."), "household-support", pk=pk)
    return _render(request, found, (kind, form))


def _written(form: FactForm) -> bool:
    return pages.attempt(form, lambda: form.write(clock.now())) is not None


def _render(
    request: HttpRequest, found: Household, filled: tuple[str, FactForm] | None = None
) -> HttpResponse:
    user = pages.person_of(request)
    may_edit = roles.may(user, "household.edit")
    sections = [
        {
            "title": section.title,
            "lines": section.lines,
            "forms": _forms(section.kinds, found, user, filled) if may_edit else [],
        }
        for section in _sections(found, may_edit)
    ]
    context = {"household": found, "sections": sections}
    return render(request, "properties/support.html", context)


def _forms(
    kinds: Iterable[str], found: Household, user: User, filled: tuple[str, FactForm] | None
) -> list[dict[str, Any]]:
    forms = []
    for kind in kinds:
        is_filled = filled is not None and filled[0] == kind
        form = filled[1] if filled and is_filled else FORMS[kind](household=found, user=user)
        forms.append({"kind": kind, "form": form, "is_open": is_filled})
    return forms


def _sections(found: Household, may_edit: bool) -> list[Section]:
    """All sections; what is special or consented to is for those who work with the household."""
    common = [
        Section(_("Rent and plan"), _rent(found), ("plan", "give-up")),
        Section(_("The road of those who stay"), _road(found), ("milestone", "result")),
        Section(_("Debts"), _debts(found), ("debt", "settlement")),
        Section(_("Public aid"), _aids(found), ("aid", "aid-decision")),
        Section(_("Threat of eviction"), _evictions(found), ("eviction", "eviction-step")),
    ]
    if not may_edit:
        return common
    return [
        *common,
        Section(_("Income and satisfaction"), _income(found), ("income", "answer")),
        Section(_("Why they fell into arrears"), hardship_form.lines(found), ("hardship",)),
        Section(_("Consents"), _consents(found), ("consent", "withdrawal", "removal")),
        Section(_("What only a service needs to know"), _traits(found), ("trait",)),
        Section(_("The case"), [], ("hand-over", "close")),
    ]


def _rent(found: Household) -> list[str]:
    today = clock.today()
    tenancies = dict(Tenancy.objects.filter(household=found).values_list("pk", "contract_no"))
    owing = arrears.by_tenancy(arrears.dues(list(tenancies), as_of=today))
    lines = [
        gettext("%(contract)s: %(amount)s owed, the oldest since %(day)s")
        % {
            "contract": tenancies[tenancy],
            "amount": wording.cents(sum(due.owed for due in dues)),
            "day": wording.day(dues[0].due_on),
        }
        for tenancy, dues in owing.items()
    ]
    plans = RepaymentPlan.objects.filter(tenancy__in=tenancies).order_by("-pk")
    return lines + [
        gettext("Plan of %(amount)s %(often)s from %(day)s: %(state)s")
        % {
            "amount": wording.cents(cents(plan.instalment)),
            "often": plan.get_frequency_display(),
            "day": wording.day(plan.starts_on),
            "state": plan.get_state_display(),
        }
        for plan in plans
    ]


def _road(found: Household) -> list[str]:
    steps = [(one.on, one.get_kind_display()) for one in found.milestones.all()]
    results = [(one.on, one.get_code_display()) for one in found.results.all()]
    return [f"{wording.day(on)}: {what}" for on, what in sorted(steps + results)]


def _debts(found: Household) -> list[str]:
    lines = []
    for debt in found.debts.order_by("pk"):
        line = f"{debt.creditor}: {wording.cents(cents(debt.owed))}"
        if debt.settled_on and debt.settled_for is not None:
            line += ", " + gettext("settled for %(amount)s on %(day)s") % {
                "amount": wording.cents(cents(debt.settled_for)),
                "day": wording.day(debt.settled_on),
            }
        lines.append(line)
    return lines


def _aids(found: Household) -> list[str]:
    return [
        f"{aid.get_kind_display()}, {wording.day(aid.asked_on)}: {aid.get_decision_display()}"
        + (f", {wording.cents(cents(aid.amount))}" if aid.amount else "")
        for aid in found.aids.order_by("pk")
    ]


def _evictions(found: Household) -> list[str]:
    lines = []
    for case in found.evictions.order_by("pk"):
        lines += _grounds(case)
        for step in case.steps.all():
            line = f"{wording.day(step.on)}: {step.get_state_display()}"
            if step.next_on:
                line += " · " + gettext("next: %(day)s") % {"day": wording.day(step.next_on)}
            lines.append(line)
    return lines


def _grounds(case: EvictionCase) -> list[str]:
    """The arrears that a threat began with."""
    lines = []
    if case.rent_due_on:
        lines.append(gettext("Rent due since %(day)s") % {"day": wording.day(case.rent_due_on)})
    if case.charges_owed and case.monthly_rent:
        said = {
            "charges": wording.cents(cents(case.charges_owed)),
            "rent": wording.cents(cents(case.monthly_rent)),
        }
        lines.append(gettext("Charges owed %(charges)s, monthly rent %(rent)s") % said)
    return lines


def _income(found: Household) -> list[str]:
    lines = [
        f"{wording.day(one.on)}: {wording.cents(cents(one.monthly))}"
        for one in found.incomes.order_by("on")
    ]
    return lines + [
        f"{wording.day(one.on)}: "
        + (gettext("no answer") if one.score is None else f"{one.score} / 10")
        for one in found.answers.order_by("on")
    ]


def _consents(found: Household) -> list[str]:
    lines = []
    for one in found.consents.order_by("pk"):
        line = (
            f"{one.get_scope_display()}, {wording.day(one.given_on)} – {wording.day(one.ends_on)}"
        )
        if one.withdrawn_on:
            line += " · " + gettext("taken back on %(day)s") % {
                "day": wording.day(one.withdrawn_on)
            }
        if one.removed_on:
            line += " · " + gettext("removed on %(day)s") % {"day": wording.day(one.removed_on)}
        lines.append(line)
    return lines


def _traits(found: Household) -> list[str]:
    """What was asked and for which service; the answer is opened with the name, for a purpose (P22)."""
    return [
        f"{wording.day(one.on)}: {one.get_kind_display()} ({one.service})"
        for one in found.traits.order_by("on")
    ]


def _own(request: HttpRequest, pk: int) -> Household:
    return get_object_or_404(Household.objects.visible_to(pages.person_of(request)), pk=pk)
