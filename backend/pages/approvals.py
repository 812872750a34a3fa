"""The page of what waits for a second person."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, clock
from backend.core.models import Approval, User
from backend.core.pages import done, page


class RefusalForm(forms.Form):
    reason = forms.CharField(label=_("Why not"), max_length=1000)


@page("approval.view")
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for this person, oldest first, and what they asked of others."""
    person = _person(request)
    context = {
        "waiting": _named(
            approvals.pending_for(person, at=clock.now()).select_related("requested_by")
        ),
        "asked": _named(approvals.asked_by(person)),
        "refusal": RefusalForm(),
    }
    return render(request, "approvals.html", context)


@page("approval.view", methods=["POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    approval = approvals.visible(pk=pk, to=_person(request))
    approvals.approve(approval=approval, by=_person(request), at=clock.now())
    return done(request, _("Approved."), "approvals")


@page("approval.view", methods=["POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    form = RefusalForm(request.POST)
    form.is_valid()
    reason = form.cleaned_data.get("reason", "")
    approval = approvals.visible(pk=pk, to=_person(request))
    approvals.refuse(approval=approval, by=_person(request), at=clock.now(), reason=reason)
    return done(request, _("Refused. The person who asked can see why."), "approvals")


def _named(found: QuerySet[Approval]) -> list[dict[str, object]]:
    return [{"is": approval, "act": approvals.label_of(approval)} for approval in found]


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
