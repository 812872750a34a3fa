"""The manager's desk of a campaign: where it stands, what blocks each next step, who is in it."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, pages
from backend.core.fields import DayField, EuroField
from backend.core.models import Approval, AuditEvent, User
from backend.core.money import ZERO
from backend.ledger import balances
from campaigns import (
    checklist,
    extensions,
    figures,
    holding,
    lifecycle,
    moves,
    obstacles,
    purses,
    sections,
    suspensions,
    tallies,
    windows,
)
from campaigns.models import Campaign, Question, Suspension

State = Campaign.State
MOVE_WORDS = {
    State.IN_REVIEW: _("Hand in for approval"),
    State.NEEDS_WORK: _("Send back to its authors"),
    State.OPEN: _("Ask to open"),
    State.SUSPENDED: _("Suspend"),
    State.COLLECTING: _("End the offer"),
    State.SUCCEEDED: _("Close"),
    State.FAILED: _("Let it fail: a condition is not met"),
    State.CANCELLED: _("Cancel the campaign"),
    State.REPORTING: _("Proceeds are spent"),
    State.CLOSED: _("Close for good"),
}
RUNNING = (State.OPEN, State.SUSPENDED, State.COLLECTING)
BEFORE_OPENING = (State.DRAFT, State.IN_REVIEW, State.NEEDS_WORK, State.PRE_CAMPAIGN)
ACT_WORDS = {
    "campaign.drafted": _("Written"),
    "campaign.amended": _("Changed"),
    "campaign.allotted": _("Shares allotted"),
    "campaign.planned": _("Plan for the money written"),
    "campaign.window_opened": _("Right to revoke opened"),
    "campaign.time_given_back": _("Time to pay and to answer moved by the standstill"),
    "campaign.extended": _("Deadline moved"),
    "campaign.update": _("News told"),
    "campaign.story": _("Story told"),
    "campaign.document": _("Document published"),
    "campaign.team": _("Team written"),
    "campaign.filed": _("Filing noted"),
    "sheet.written": _("Information sheet written"),
    "sheet.declared": _("Information sheet declared"),
    "sheet.published": _("Information sheet published"),
    "campaign.release_ordered": _("Release ordered"),
    "campaign.fee_top_up_ordered": _("Top-up of fees ordered"),
    "campaign.fees_covered": _("Fees covered from own money"),
    "campaign.taken_over": _("Money and homes from before taken over"),
    "orders.taken_in": _("Orders of the platform taken in"),
    "owner.checked": _("Owner checked"),
    "register.filed": _("Register of members filed"),
}
GOES_ON = (State.OPEN, State.COLLECTING)
NEEDS_REASON = (State.NEEDS_WORK, State.SUSPENDED, State.CANCELLED)


class MoveForm(forms.Form):
    """A step and, where it is asked for, its reason."""

    to = forms.ChoiceField(choices=State.choices, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)
    kind = forms.ChoiceField(choices=Suspension.Kind.choices, required=False)
    steps = forms.CharField(required=False, max_length=2000)


class ExtensionForm(forms.Form):
    """A later deadline and why."""

    to_on = DayField(label=_("New deadline"))
    reason = forms.CharField(label=_("Reason"), max_length=1000)
    is_material = forms.BooleanField(
        label=_("It could matter to somebody's decision: let them revoke"),
        required=False,
        initial=True,
    )


class ReleaseForm(forms.Form):
    success_fee = EuroField(required=False)


@pages.page("campaign.view")
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns one works on, with their figures."""
    found = list(Campaign.objects.of_staff(pages.user_of(request)).order_by("-id"))
    known = tallies.of_campaigns(found, at=clock.now())
    rows = [{"campaign": each, "figures": known[each.pk]} for each in found]
    may_edit = pages.is_open_to(pages.user_of(request), "campaign.edit")
    return render(request, "campaigns/desk_list.html", {"rows": rows, "may_edit": may_edit})


@pages.page("campaign.view")
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign as its managers need it."""
    found, at = campaign_of(request, slug), clock.now()
    may_edit = pages.is_open_to(pages.user_of(request), "campaign.edit")
    context = {
        "campaign": found,
        "figures": tallies.of_campaign(found, at=at),
        "under_way": figures.under_way(found, at=at),
        "days_left": (found.deadline_on - clock.day_of(at)).days if found.deadline_on else None,
        "items": _items(found, is_linked=may_edit),
        "moves": _moves(found, at),
        "waiting": [*lifecycle.waiting(found), *extensions.waiting(found)],
        "to_ask_again": lifecycle.to_ask_again(found),
        "asked": found.questions.filter(state=Question.State.ASKED).count(),
        **_standing(found, at),
        "orders": found.transfer_orders.order_by("-ordered_at"),
        "money": _money(found),
        "sections": sections.of(found, is_public=False),
        "history": _history(found),
        "may_edit": may_edit,
        "is_before_opening": found.state in BEFORE_OPENING,
    }
    return render(request, "campaigns/desk.html", context)


@pages.page("campaign.edit", methods=["POST"])
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a step, or ask a second person for it."""
    found, form = campaign_of(request, slug), MoveForm(request.POST)
    if not form.is_valid():
        return pages.missing(request, _("This step is not known."), "campaign-desk", slug=slug)
    told = form.cleaned_data
    made = moves.make(
        campaign=found,
        wanted=moves.Wanted(**told),
        by=_person(request),
        at=clock.now(),
    )
    is_asked = isinstance(made, Approval)
    sentence = _("A second person is asked to approve.") if is_asked else _("Done.")
    return pages.done(request, sentence, "campaign-desk", slug=slug)


@pages.page("campaign.edit", methods=["POST"])
def extend(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a second person to move the deadline."""
    campaign, form = campaign_of(request, slug), ExtensionForm(request.POST)
    if not form.is_valid():
        return pages.missing(request, _("Give a day and a reason."), "campaign-desk", slug=slug)
    wish = extensions.Later(**form.cleaned_data)
    extensions.ask(campaign=campaign, wish=wish, by=_person(request), at=clock.now())
    return pages.done(
        request, _("A second person is asked to approve."), "campaign-desk", slug=slug
    )


@pages.page("campaign.release", methods=["POST"], once=True)
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Release the held money; what to order at the bank is shown afterwards."""
    campaign, form = campaign_of(request, slug), ReleaseForm(request.POST)
    if not form.is_valid():
        return pages.missing(request, _("The fee is not an amount."), "campaign-desk", slug=slug)
    fee = form.cleaned_data["success_fee"] or ZERO
    holding.release(campaign=campaign, success_fee=fee, by=_person(request), at=clock.now())
    return pages.done(request, _("Now order the transfer at the bank."), "campaign-desk", slug=slug)


@pages.page("campaign.release", methods=["POST"], once=True)
def top_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Order own money to the restricted account for the payment fees."""
    holding.top_up_fees(campaign=campaign_of(request, slug), by=_person(request), at=clock.now())
    return pages.done(request, _("Now order the transfer at the bank."), "campaign-desk", slug=slug)


def campaign_of(request: HttpRequest, slug: str) -> Campaign:
    """A campaign that the person works on; 404 for every other."""
    rows = Campaign.objects.of_staff(pages.user_of(request))
    related = ("issuer", "platform", "fund", "own_fund", "restricted_account", "ordinary_account")
    return get_object_or_404(rows.select_related(*related), slug=slug)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _moves(found: Campaign, at: dt.datetime) -> list[dict[str, Any]]:
    """Each next step with what stands in its way; those that only an approval makes are left out."""
    steps = [
        to
        for to in MOVE_WORDS
        if to in found.MOVES[found.state] and not _is_elsewhere(found, to, at)
    ]
    return [_step(found, to, obstacles.found(campaign=found, to=to, at=at)) for to in steps]


def _step(found: Campaign, to: str, blockers: list[obstacles.Blocker]) -> dict[str, Any]:
    goes_on = found.state == State.SUSPENDED and to in GOES_ON
    return {
        "to": to,
        "words": _("Let it go on") if goes_on else MOVE_WORDS[State(to)],
        "needs_reason": to in NEEDS_REASON,
        "is_ready": not blockers and to not in NEEDS_REASON,
        "kinds": Suspension.Kind.choices if to == State.SUSPENDED else (),
        "blockers": blockers,
    }


def _is_elsewhere(found: Campaign, to: str, at: dt.datetime) -> bool:
    """A standstill ends in one of two ways, and only the calendar says in which."""
    stands_still = found.state == State.SUSPENDED and to in GOES_ON
    return stands_still and to != suspensions.goal(found, at=at)


def _items(found: Campaign, *, is_linked: bool) -> list[dict[str, Any]]:
    """What publishing needs; for who may do it, each with where it is done."""
    sheet = reverse("campaign-desk-sheet", args=[found.slug])
    edit = reverse("campaign-desk-edit", args=[found.slug])
    return [
        {
            "label": item.label,
            "done": item.is_done,
            "note": item.note,
            "url": (sheet if item.code == "information_sheet" else edit) if is_linked else "",
        }
        for item in checklist.items(found)
    ]


def _standing(found: Campaign, at: dt.datetime) -> dict[str, Any]:
    """What goes on besides: a standstill, a right to revoke, what a success needs."""
    is_open = found.state == State.OPEN
    conditions = obstacles.conditions(found, at) if found.state in RUNNING else []
    return {
        "suspension": suspensions.standing(found),
        "window": windows.standing(found, at=at),
        "conditions": [{"label": each.sentence, "done": each.is_met} for each in conditions],
        "extension_form": ExtensionForm() if is_open else None,
    }


def _history(found: Campaign) -> list[AuditEvent]:
    """What happened, newest first, each act in words."""
    events = list(audit.history(found).order_by("-id")[:20])
    for event in events:
        event.words = ACT_WORDS.get(event.action, event.action)  # type: ignore[attr-defined]  # for the template alone
    return events


def _money(found: Campaign) -> dict[str, Any]:
    """What stands where in the books, once the campaign has its fund."""
    if found.fund is None:
        return {}
    accounts = {
        "held": purses.held(found),
        "clearing": purses.clearing(found),
        "due": purses.due(found),
        "released": purses.released(found),
    }
    known = balances.balances(account.pk for account in accounts.values())
    amounts = {name: known[account.pk] for name, account in accounts.items()}
    is_releasable = found.state == State.SUCCEEDED and found.fund.released_at is None
    return amounts | {"is_releasable": is_releasable, "owes_fees": amounts["due"] > ZERO}
