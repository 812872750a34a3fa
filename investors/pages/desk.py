"""Investors as staff see them: who lacks an identity check, who asked for a category, what ties them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, pages
from backend.core.fields import DayField
from backend.core.models import AuditEvent
from investors import codes, identification, qualifications, reads
from investors.categories import Criterion
from investors.models import Investor, Qualification


class FindingForm(forms.Form):
    """What a check of the identity found."""

    checked_by = forms.CharField(label=_("Checked by"), max_length=200)
    checked_on = DayField(label=_("Checked on"))
    valid_until = DayField(label=_("Valid until"))
    evidence = forms.CharField(label=_("Evidence"), max_length=300, required=False)
    is_identified = forms.TypedChoiceField(
        label=_("Is the identity established?"),
        choices=(("yes", _("Yes")), ("no", _("No"))),
        coerce=lambda word: word == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )


class StatusForm(forms.Form):
    """A status that is shown by proof; it is decided on afterwards like a request."""

    kind = forms.ChoiceField(label=_("Status"), choices=Qualification.Kind.choices[1:])
    evidence = forms.CharField(label=_("Evidence"), max_length=1000)


class RulingForm(forms.Form):
    """Granted or refused."""

    is_granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=(("yes", _("Grant")), ("no", _("Refuse"))),
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("If refused, why"), max_length=1000, required=False)
    valid_until = DayField(label=_("Valid until"), required=False)


ACT_WORDS = {
    "investor.registered": _("Introduced themselves"),
    "investor.admitted": _("Let in as an investor"),
    "investor.iban_changed": _("Another bank account told"),
    "investor.shown_as": _("Chose how others see them"),
    "knowledge_test.taken": _("Took the knowledge test"),
    "loss_simulation.made": _("Worked out what loss they could bear"),
    "loss_components.forgotten": _("Had the figures of that forgotten"),
    "warning.acknowledged": _("Took note of a warning"),
    "identity.checked": _("Identity checked"),
    "erasure.asked": _("Asked to be forgotten"),
    "erasure.done": _("Forgotten, but for what the law keeps"),
}


@pages.page("investor.view")
def investors(request: HttpRequest) -> HttpResponse:
    """Who dealt with the organisation, those with something to do first."""
    user, at = pages.person_of(request), clock.now()
    visible = Investor.objects.visible_to(user)
    waiting = _waiting(visible)
    page = pages.paged(request, visible.order_by("name", "pk"))
    blocked = identification.blockers(page.object_list, at=at)
    counted = qualifications.in_force([each.pk for each in page.object_list], at=at)
    context = {
        "waiting": waiting,
        "page": page,
        "rows": [
            {
                "investor": each,
                "blocked": blocked.get(each.pk, []),
                "kinds": [Qualification.Kind(kind).label for kind in counted.get(each.pk, ())],
            }
            for each in page.object_list
        ],
    }
    return render(request, "investors/desk.html", context)


@pages.page("investor.view")
def investor(request: HttpRequest, pk: int) -> HttpResponse:
    """One investor: identity, categories, people, ties, and what happened."""
    return _show(request, pk)


@pages.page("investor.check", methods=["POST"])
def identify(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a check of the identity."""
    found, form, by = _visible(request, pk), FindingForm(request.POST), pages.person_of(request)
    if form.is_valid():
        finding = identification.Finding(**form.cleaned_data)
        made = pages.attempt(
            form,
            lambda: identification.record(investor=found, finding=finding, by=by, at=clock.now()),
        )
        if made is not None:
            return pages.done(request, _("The check is written down."), "desk-investor", pk=pk)
    return _show(request, pk, finding=form)


@pages.page("investor.check", methods=["POST"])
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a status with its proof, to be decided on."""
    found, form, by = _visible(request, pk), StatusForm(request.POST), pages.person_of(request)
    if form.is_valid():
        asked = qualifications.Request(**form.cleaned_data)
        made = pages.attempt(
            form,
            lambda: qualifications.ask(investor=found, request=asked, by=by, at=clock.now()),
        )
        if made is not None:
            return pages.done(
                request, _("The status waits for a decision."), "desk-investor", pk=pk
            )
    return _show(request, pk, status=form)


@pages.page("investor.check", methods=["POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse a request."""
    found, form, by = (
        _qualification(request, pk),
        RulingForm(request.POST),
        pages.person_of(request),
    )
    if form.is_valid():
        decision = qualifications.Decision(**form.cleaned_data)
        made = pages.attempt(
            form,
            lambda: qualifications.decide(
                qualification=found, decision=decision, by=by, at=clock.now()
            ),
        )
        if made is not None:
            sentence = _("Decided; the investor is told.")
            return pages.done(request, sentence, "desk-investor", pk=found.investor_id)
    return _show(request, found.investor_id, ruling=form)


@pages.page("investor.check", methods=["POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a category because something changed."""
    found, reason = _qualification(request, pk), request.POST.get("reason", "")[:1000]
    by = pages.person_of(request)
    qualifications.end(qualification=found, reason=reason, by=by, at=clock.now())
    sentence = _("Ended; the investor is told.")
    return pages.done(request, sentence, "desk-investor", pk=found.investor_id)


def _visible(request: HttpRequest, pk: int) -> Investor:
    visible = Investor.objects.visible_to(pages.person_of(request))
    found: Investor = get_object_or_404(visible, pk=pk)
    return found


def _qualification(request: HttpRequest, pk: int) -> Qualification:
    visible = Investor.objects.visible_to(pages.person_of(request))
    rows = Qualification.objects.select_related("investor")
    return get_object_or_404(rows, pk=pk, investor__in=visible)


def _waiting(visible: QuerySet[Investor]) -> QuerySet[Qualification]:
    asked = Qualification.objects.filter(state=Qualification.State.ASKED, investor__in=visible)
    return asked.select_related("investor").order_by("asked_at", "pk")


def _show(request: HttpRequest, pk: int, **filled: forms.Form) -> HttpResponse:
    found, user, at = _visible(request, pk), pages.person_of(request), clock.now()
    reads.note(investors=[found], place="desk", by=user, at=at)
    asked = found.qualifications.order_by("-asked_at", "-pk")
    context: dict[str, Any] = {
        "investor": found,
        "country": codes.country_name(found.tax_country),
        "may_check": user.may("investor.check"),
        "blocked": identification.blockers([found], at=at).get(found.pk, []),
        "checks": found.identity_checks.order_by("-recorded_at", "-pk"),
        "qualifications": [{"asked": each, "criteria": _words(each)} for each in asked],
        "people": found.representations.select_related("user").order_by("since", "pk"),
        "ties": found.conflicts.select_related("organisation").order_by("-since", "-pk"),
        "history": _history(found),
        "reads": reads.of(found)[:20],
        "finding": filled.get("finding") or FindingForm(initial={"checked_on": clock.today()}),
        "status": filled.get("status") or StatusForm(),
        "ruling": filled.get("ruling") or RulingForm(),
    }
    return render(request, "investors/desk_investor.html", context)


def _history(found: Investor) -> list[AuditEvent]:
    """What happened to an investor, the newest first, in words."""
    events = list(audit.history(found).exclude(action=reads.ACTION).order_by("-id")[:20])
    for event in events:
        event.words = ACT_WORDS.get(event.action, event.action)  # type: ignore[attr-defined]  # for the template alone
    return events


def _words(asked: Qualification) -> list[Any]:
    return [Criterion(code).label for code in asked.criteria]
