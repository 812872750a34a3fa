"""Complaints: leave one by the template, see what became of it; staff see what is due and answer."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.accounts import pace
from backend.core import clock, pages
from backend.core.fields import DayField
from backend.core.models import Organisation, User
from investors import complaints
from investors.models import Complaint

ANSWERS_FOR = (Organisation.Kind.ISSUER, Organisation.Kind.PLATFORM)


class GrievanceForm(forms.Form):
    """The template (RTS 2022/2117)."""

    organisation = forms.ModelChoiceField(
        label=_("About whom"),
        queryset=Organisation.objects.filter(kind__in=ANSWERS_FOR).order_by("name"),
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(
        label=_("What happened, and when"), max_length=5000, widget=forms.Textarea
    )
    wish = forms.CharField(
        label=_("What you ask for"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class RulingForm(forms.Form):
    """Admissible or not."""

    is_admissible = forms.TypedChoiceField(
        label=_("Is it admissible?"),
        choices=(("yes", _("Yes")), ("no", _("No"))),
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("If not, why"), max_length=2000, required=False)
    contact = forms.CharField(label=_("Whom to ask"), max_length=200, required=False)
    answer_due_on = DayField(label=_("Answer by"), required=False)


class AnswerForm(forms.Form):
    """The answer, as it is sent."""

    answer = forms.CharField(label=_("Answer"), max_length=5000, widget=forms.Textarea)


@pages.page("", methods=["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """One's complaints, and the template of a new one."""
    user, form = pages.person_of(request), GrievanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        grievance = complaints.Grievance(**form.cleaned_data)
        if left := pages.attempt(form, lambda: _left(request, grievance, user)):
            return pages.done(request, _("Your complaint has arrived."), "complaint", pk=left.pk)
    rows = Complaint.objects.filter(complainant=user).order_by("-received_at", "-pk")
    context = {"rows": rows.select_related("organisation"), "form": form}
    return render(request, "investors/complaints.html", context)


@pages.page("")
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """One complaint: where it stands, and for staff the next step."""
    return _show(request, pk)


@pages.page("", methods=["POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's complaint back."""
    user = pages.person_of(request)
    found = get_object_or_404(Complaint, pk=pk, complainant=user)
    complaints.withdraw(complaint=found, by=user, at=clock.now())
    return pages.done(request, _("Your complaint is withdrawn."), "complaint", pk=pk)


@pages.page("complaint.view")
def desk(request: HttpRequest) -> HttpResponse:
    """The register: what is due first, with its day."""
    user = pages.person_of(request)
    rows = Complaint.objects.filter(organisation=user.organisation_id)
    found = list(rows.unfinished().select_related("organisation"))
    found.sort(key=lambda each: (each.due_on or clock.today(), each.pk))
    closed = rows.exclude(pk__in=[each.pk for each in found]).order_by("-received_at", "-pk")
    context = {"due": found, "page": pages.paged(request, closed), "today": clock.today()}
    return render(request, "investors/complaint_desk.html", context)


@pages.page("complaint.handle", methods=["POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Acknowledge a complaint: admissible or not."""
    found, form = _of_staff(request, pk), RulingForm(request.POST)
    by = pages.person_of(request)
    if form.is_valid():
        ruling = complaints.Ruling(**form.cleaned_data)
        made = pages.attempt(
            form, lambda: complaints.rule(complaint=found, ruling=ruling, by=by, at=clock.now())
        )
        if made is not None:
            return pages.done(request, _("The complaint is acknowledged."), "complaint", pk=pk)
    return _show(request, pk, ruling=form)


@pages.page("complaint.handle", methods=["POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a complaint."""
    found, form = _of_staff(request, pk), AnswerForm(request.POST)
    by = pages.person_of(request)
    if form.is_valid():
        text = form.cleaned_data["answer"]
        made = pages.attempt(
            form, lambda: complaints.answer(complaint=found, text=text, by=by, at=clock.now())
        )
        if made is not None:
            return pages.done(request, _("The answer is sent."), "complaint", pk=pk)
    return _show(request, pk, answer=form)


def _left(request: HttpRequest, grievance: complaints.Grievance, user: User) -> Complaint:
    pace.keep(request, "complaint")
    return complaints.leave(grievance=grievance, user=user, by=user, at=clock.now())


def _of_staff(request: HttpRequest, pk: int) -> Complaint:
    organisation = pages.person_of(request).organisation_id
    return get_object_or_404(Complaint, pk=pk, organisation=organisation)


def _show(request: HttpRequest, pk: int, **filled: forms.Form) -> HttpResponse:
    user = pages.person_of(request)
    rows = Complaint.objects.visible_to(user).select_related("organisation")
    found = get_object_or_404(rows, pk=pk)
    is_staff = user.may("complaint.handle") and found.organisation_id == user.organisation_id
    context: dict[str, Any] = {
        "complaint": found,
        "today": clock.today(),
        "is_own": found.complainant_id == user.pk,
        "may_rule": is_staff and found.state == Complaint.State.RECEIVED,
        "may_answer": is_staff and found.state == Complaint.State.ADMISSIBLE,
        "ruling": filled.get("ruling") or RulingForm(),
        "answer": filled.get("answer") or AnswerForm(),
    }
    return render(request, "investors/complaint.html", context)
