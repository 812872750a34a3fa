"""The city's programmes on pages: funnel, money and outputs together; the officer's entries.

A refusal comes back as an error of the form or, for one click, as a message where the person was.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.errors import RuleBroken
from backend.core.models import User
from campaigns.models import (
    Call,
    OutputFigure,
    Programme,
    Project,
    ProjectInstalment,
    ReportDuty,
)
from campaigns.pages.programme_forms import (
    AccountsForm,
    AwardForm,
    CallForm,
    HandedInForm,
    MoveForm,
    OutputForm,
    PaidForm,
    ProceedingsEndForm,
    ProceedingsForm,
    ProgrammeForm,
    ProjectForm,
    WithdrawForm,
)
from campaigns.programmes import awards, calls, evidence, outputs, standing

PROGRAMME, PROJECT = "programme", "project"
EVIDENCE = ("accounts", "proceedings", "proceedings-end")


@pages.page("programme.view", methods=["GET", "HEAD", "POST"])
def programme_list(request: HttpRequest) -> HttpResponse:
    """The programmes one may see, and a new one."""
    person = pages.person_of(request)
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = pages.attempt(
            form, lambda: calls.open_programme(**form.cleaned_data, by=person, at=clock.now())
        )
        if made is not None:
            return pages.done(request, _("The programme is open."), PROGRAMME, code=made.code)
    context = {
        "rows": Programme.objects.visible_to(person).prefetch_related("calls"),
        "form": form if person.may("programme.edit") else None,
    }
    return render(request, "campaigns/programmes.html", context)


@pages.page("programme.view", methods=["GET", "HEAD", "POST"])
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Funnel, money and outputs of each call; a POST opens another call."""
    person = pages.person_of(request)
    found = get_object_or_404(Programme.objects.visible_to(person), code=code)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = pages.attempt(
            form,
            lambda: calls.open_call(programme=found, new=form.new(), by=person, at=clock.now()),
        )
        if made is not None:
            return pages.done(request, _("The call is open."), PROGRAMME, code=code)
    context = {
        "programme": found,
        "calls": standing.of(found, on=clock.today()),
        "form": form if _may_write(person, found) else None,
        "project_form": ProjectForm(),
        **_total(request, found),
    }
    return render(request, "campaigns/programme.html", context)


def _total(request: HttpRequest, found: Programme) -> dict[str, Any]:
    """The sum of the figures that were ticked, or why they are not added up."""
    ticked = [number for number in request.GET.getlist("figure") if number.isdecimal()][:200]
    if not ticked:
        return {}
    rows = OutputFigure.objects.filter(
        pk__in=[int(number) for number in ticked if len(number) < 19],
        project__call__programme=found,
        withdrawn_at=None,
    )
    try:
        return {"total": outputs.total(list(rows)), "first": rows[0]}
    except RuleBroken as problem:
        return {"refusal": problem.sentence}


@pages.page("programme.edit", methods=["POST"])
def enrol(request: HttpRequest, code: str) -> HttpResponse:
    """A project applies to a call."""
    person = pages.person_of(request)
    seen = Programme.objects.visible_to(person)
    call: Call = get_object_or_404(Call.objects.filter(programme__in=seen), code=code)
    form = ProjectForm(request.POST)
    if not form.is_valid():
        return pages.missing(request, _("Please name the project and its bodies."), "programmes")
    made = calls.enrol(call=call, new=form.new(), by=person, at=clock.now())
    return pages.done(request, _("The project is written down."), PROJECT, code=made.code)


@pages.page("programme.view")
def project(request: HttpRequest, code: str) -> HttpResponse:
    """One project: how far it is, its grant and reports, its figures."""
    return _show(request, _own(request, code))


@pages.page("programme.edit", methods=["POST"])
def act(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """One entry about a project: move, award or output."""
    found, person = _own(request, code), pages.person_of(request)
    form, rule = _entry(what, found, request, person)
    if form.is_valid() and pages.attempt(form, rule) is not None:
        return pages.done(request, _("It is written down."), PROJECT, code=code)
    return _show(request, found, **{f"{what.replace('-', '_')}_form": form})


def _entry(
    what: str, found: Project, request: HttpRequest, person: User
) -> tuple[forms.Form, Callable[[], object]]:
    at = clock.now()
    if what == "move":
        goal = MoveForm(found, request.POST)
        return goal, lambda: calls.move(project=found, **goal.cleaned_data, by=person, at=at)
    if what == "award":
        grant = AwardForm(request.POST)
        return grant, lambda: awards.award(project=found, new=grant.new(), by=person, at=at)
    if what in EVIDENCE:
        return _evidence_entry(what, found, request, person)
    figure = OutputForm(request.POST)
    return figure, lambda: outputs.enter(project=found, new=figure.new(), by=person, at=at)


def _evidence_entry(
    what: str, found: Project, request: HttpRequest, person: User
) -> tuple[forms.Form, Callable[[], object]]:
    at = clock.now()
    if what == "accounts":
        told = AccountsForm(request.POST)
        return told, lambda: evidence.tell_accounts(
            project=found, **told.cleaned_data, by=person, at=at
        )
    if what == "proceedings":
        begun = ProceedingsForm(request.POST)
        return begun, lambda: evidence.begin_proceedings(
            project=found, **begun.cleaned_data, by=person, at=at
        )
    ended = ProceedingsEndForm(request.POST)
    return ended, lambda: evidence.end_proceedings(
        project=found, **ended.cleaned_data, by=person, at=at
    )


@pages.page("programme.edit", methods=["POST"])
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    """The city paid an instalment."""
    rows = ProjectInstalment.objects.filter(grant__project__in=_seen(request))
    part: ProjectInstalment = get_object_or_404(rows, pk=pk)
    form = PaidForm(request.POST)
    if form.is_valid():
        person = pages.person_of(request)
        awards.pay(instalment=part, **form.cleaned_data, by=person, at=clock.now())
    return _back(request, form, part.grant.project)


@pages.page("programme.edit", methods=["POST"])
def handed_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A project handed in a report."""
    rows = ReportDuty.objects.filter(project__in=_seen(request))
    duty, form = get_object_or_404(rows, pk=pk), HandedInForm(request.POST)
    if form.is_valid():
        person = pages.person_of(request)
        awards.hand_in(duty=duty, **form.cleaned_data, by=person, at=clock.now())
    return _back(request, form, duty.project)


@pages.page("programme.edit", methods=["POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A figure was wrong."""
    rows = OutputFigure.objects.filter(project__in=_seen(request))
    figure, form = get_object_or_404(rows, pk=pk), WithdrawForm(request.POST)
    if form.is_valid():
        person = pages.person_of(request)
        outputs.withdraw(figure=figure, **form.cleaned_data, by=person, at=clock.now())
    return _back(request, form, figure.project)


def _back(request: HttpRequest, form: forms.Form, found: Project) -> HttpResponse:
    if not form.is_valid():
        return pages.missing(request, _("Please fill in every field."), PROJECT, code=found.code)
    return pages.done(request, _("It is written down."), PROJECT, code=found.code)


def _show(request: HttpRequest, found: Project, **bound: forms.Form) -> HttpResponse:
    person = pages.person_of(request)
    may_write = _may_write(person, found.call.programme)
    goals = found.MOVES[found.state] - {Project.State.FUNDED}
    context = {
        "standing": standing.of_project(found, on=clock.today()),
        "project": found,
        "today": clock.today(),
        "may_write": may_write,
        "is_awardable": may_write and Project.State.FUNDED in found.MOVES[found.state],
        "is_running": may_write and found.state in outputs.RUNNING,
        "move_form": MoveForm(found) if goals else None,
        "award_form": AwardForm(),
        "output_form": OutputForm(),
        "paid_form": PaidForm(),
        "handed_in_form": HandedInForm(),
        "withdraw_form": WithdrawForm(),
        **_evidence(found, may_write=may_write),
        **bound,
    }
    return render(request, "campaigns/project.html", context)


def _evidence(found: Project, *, may_write: bool) -> dict[str, Any]:
    """Until when the evidence of a project that has reported is kept; nothing before."""
    if found.state not in (Project.State.REPORTED, Project.State.CLOSED):
        return {}
    return {
        "evidence": evidence.term_of(found, on=clock.today()),
        "accounts_form": AccountsForm() if may_write else None,
        "proceedings_form": ProceedingsForm(),
        "proceedings_end_form": ProceedingsEndForm(),
    }


def _may_write(person: User, found: Programme) -> bool:
    is_own = found.organisation_id is not None and found.organisation_id == person.organisation_id
    return is_own and person.may("programme.edit")


def _seen(request: HttpRequest) -> Any:
    return Project.objects.visible_to(pages.person_of(request))


def _own(request: HttpRequest, code: str) -> Project:
    found: Project = get_object_or_404(_seen(request).select_related("call__programme"), code=code)
    return found
