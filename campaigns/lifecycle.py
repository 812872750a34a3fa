"""The life of a campaign: who may move it from where to where, and what blocks a move.

What blocks is computed before anyone tries (`blockers`), and a move that is blocked says so.
Publishing and opening are asked for by one person and approved by another (core.approvals).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, clock, states, transactions
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval, User
from backend.core.users import SYSTEM, Actor
from campaigns import allotments, checklist, endings, figures, holding, interests
from campaigns.models import Campaign

PUBLISH = "campaign.publish"
OPEN = "campaign.open"
State = Campaign.State


class Blocked(Conflict):
    """Something stands in the way; `facts["blockers"]` lists codes and sentences."""

    code = "campaign.blocked"


class ReasonMissing(Refused):
    code = "campaign.reason_missing"


class NotAMove(Refused):
    code = "campaign.not_a_move"


@dataclass(frozen=True)
class Blocker:
    """One reason why a move may not be made now."""

    code: str
    sentence: str | Promise


@dataclass(frozen=True)
class Wanted:
    """A move that somebody asks for."""

    to: str
    reason: str = ""


def blockers(*, campaign: Campaign, to: str, at: dt.datetime) -> list[Blocker]:
    """Say what stands in the way of a move, whether or not anyone tries it."""
    if not states.may_move(campaign, to):
        return [Blocker("state", _("This step is not possible from where the campaign is now."))]
    look = _LOOKS.get(to)
    return look(campaign, at) if look else []


def waiting(campaign: Campaign) -> list[Approval]:
    """The decisions of a second person that the campaign waits for."""
    asked = (approvals.waiting(action=action, subject=campaign) for action in (PUBLISH, OPEN))
    return [approval for approval in asked if approval is not None]


def submit(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Approval:
    """Hand a draft in for review and ask a second person to publish it. Raises Blocked."""
    _refuse_blocked(campaign, State.IN_REVIEW, at)
    with transaction.atomic():
        states.move(record=campaign, to=State.IN_REVIEW, by=by, at=at)
        return approvals.request(action=PUBLISH, subject=campaign, by=by, at=at)


def send_back(*, campaign: Campaign, by: User, at: dt.datetime, reason: str) -> Campaign:
    """Return a campaign to its authors with a reason, and refuse its publication."""
    _need(reason)
    with transaction.atomic():
        asked = approvals.waiting(action=PUBLISH, subject=campaign)
        if asked is not None:
            approvals.refuse(approval=asked, by=by, at=at, reason=reason)
        return states.move(record=campaign, to=State.NEEDS_WORK, by=by, at=at, reason=reason)


def publish(campaign: Campaign, *, by: User, at: dt.datetime) -> Campaign:
    """Begin the pre-campaign; follows a second person's approval."""
    _refuse_blocked(campaign, State.PRE_CAMPAIGN, at)
    return states.move(record=campaign, to=State.PRE_CAMPAIGN, by=by, at=at)


def ask_to_open(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Approval:
    """Ask a second person to open the campaign to pledges. Raises Blocked."""
    _refuse_blocked(campaign, State.OPEN, at)
    return approvals.request(action=OPEN, subject=campaign, by=by, at=at)


def open_to_pledges(campaign: Campaign, *, by: User, at: dt.datetime) -> Campaign:
    """Open: the fund and its accounts are made, its policy is set, the interested are invited."""
    _refuse_blocked(campaign, State.OPEN, at)
    with transaction.atomic():
        holding.open_fund(campaign=campaign, by=by, at=at)
        states.move(record=campaign, to=State.OPEN, by=by, at=at)
        interests.invite_all(campaign=campaign, by=by, at=at)
    return campaign


def suspend(*, campaign: Campaign, by: Actor, at: dt.datetime, reason: str) -> Campaign:
    """Take no pledges for a while (30 days at most, ECSPR art. 23(12))."""
    _need(reason)
    return states.move(record=campaign, to=State.SUSPENDED, by=by, at=at, reason=reason)


def resume(*, campaign: Campaign, by: Actor, at: dt.datetime, reason: str = "") -> Campaign:
    """Take pledges again."""
    return states.move(record=campaign, to=State.OPEN, by=by, at=at, reason=reason)


def stop_taking_pledges(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Campaign:
    """End the offer and wait for late payments; interests that nobody converted lapse."""
    _refuse_blocked(campaign, State.COLLECTING, at)
    with transaction.atomic():
        states.move(record=campaign, to=State.COLLECTING, by=by, at=at)
        interests.lapse_all(campaign=campaign, by=by, at=at, reason="the offer ended")
    return campaign


@transactions.repeated
def close(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Campaign:
    """Decide success or failure by settled money alone, and do what follows from it.

    Success: shares are allotted to paid pledges, the rest lapses. Failure: every pledge lapses and
    all money is returned. Raises Blocked while money or reflection is still under way.
    """
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        endings.hold(campaign.pledges.values_list("pk", flat=True))
        _refuse_blocked(campaign, State.SUCCEEDED, at)
        settled = figures.of_campaign(campaign, at=at).settled
        if settled < campaign.minimum:
            return _fail(campaign, State.FAILED, by, at, "the minimum was not reached")
        states.move(record=campaign, to=State.SUCCEEDED, by=by, at=at)
        allotments.allot(campaign=campaign, by=by, at=at)
        return campaign


@transactions.repeated
def cancel(*, campaign: Campaign, by: Actor, at: dt.datetime, reason: str) -> Campaign:
    """Give the campaign up; all money is returned."""
    _need(reason)
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        return _fail(campaign, State.CANCELLED, by, at, reason)


def start_reporting(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Campaign:
    """The proceeds are spent; from now on the campaign only reports."""
    return states.move(record=campaign, to=State.REPORTING, by=by, at=at)


def finish(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Campaign:
    """Nothing more is reported."""
    return states.move(record=campaign, to=State.CLOSED, by=by, at=at)


def make(*, campaign: Campaign, wanted: Wanted, by: User, at: dt.datetime) -> Approval | Campaign:
    """Make the move that somebody asks for; an approval comes back where a second person decides.

    Raises NotAMove for a state that nobody moves to by hand.
    """
    way = _WAYS.get((campaign.state, wanted.to)) or _WAYS.get(("", wanted.to))
    if way is None:
        raise NotAMove(
            _("Nobody moves a campaign there by hand: a second person approves it."), to=wanted.to
        )
    return way(campaign, wanted, by, at)


def _fail(campaign: Campaign, to: str, by: Actor, at: dt.datetime, reason: str) -> Campaign:
    states.move(record=campaign, to=to, by=by, at=at, reason=reason)
    endings.end_all(campaign=campaign, by=SYSTEM, at=at, reason=reason)
    interests.lapse_all(campaign=campaign, by=SYSTEM, at=at, reason=reason)
    return campaign


# --- What blocks ------------------------------------------------------------------------------------


def _lacks(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    return [Blocker(item.code, item.label) for item in checklist.missing(campaign)]


def _opening(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    if campaign.state == State.SUSPENDED:
        return []
    found = _lacks(campaign, at)
    if campaign.opens_on and clock.day_of(at) < campaign.opens_on:
        found.append(Blocker("opens_on", _("The day of opening has not come.")))
    if interests.standing(campaign).amount < campaign.pre_campaign_threshold:
        found.append(Blocker("threshold", _("The interest so far is below what you asked for.")))
    return found


def _ending(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """The issuer is bound until the deadline, or until the offer is full (ECSPR art. 22(1))."""
    is_over = campaign.deadline_on is not None and at >= clock.end_of(campaign.deadline_on)
    promised = figures.of_campaign(campaign, at=at).promised
    if is_over or promised >= campaign.target:
        return []
    return [Blocker("deadline", _("The deadline has not come and the target is not reached."))]


def _closing(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    waiting = figures.under_way(campaign, at=at)
    found = []
    if waiting.in_reflection:
        found.append(Blocker("reflection", _("Some pledges may still be revoked freely.")))
    if waiting.unpaid:
        found.append(Blocker("unpaid", _("Some pledges may still be paid in time.")))
    if waiting.unsettled:
        found.append(Blocker("unsettled", _("Some card payments have not reached the bank.")))
    return found


_LOOKS: dict[str, Callable[[Campaign, dt.datetime], list[Blocker]]] = {
    State.IN_REVIEW: _lacks,
    State.PRE_CAMPAIGN: _lacks,
    State.OPEN: _opening,
    State.COLLECTING: _ending,
    State.SUCCEEDED: _closing,
    State.FAILED: _closing,
}

Way = Callable[[Campaign, Wanted, User, dt.datetime], Approval | Campaign]

_WAYS: dict[tuple[str, str], Way] = {
    ("", State.IN_REVIEW): lambda c, w, by, at: submit(campaign=c, by=by, at=at),
    ("", State.NEEDS_WORK): lambda c, w, by, at: send_back(
        campaign=c, by=by, at=at, reason=w.reason
    ),
    ("", State.OPEN): lambda c, w, by, at: ask_to_open(campaign=c, by=by, at=at),
    (State.SUSPENDED, State.OPEN): lambda c, w, by, at: resume(
        campaign=c, by=by, at=at, reason=w.reason
    ),
    ("", State.SUSPENDED): lambda c, w, by, at: suspend(campaign=c, by=by, at=at, reason=w.reason),
    ("", State.COLLECTING): lambda c, w, by, at: stop_taking_pledges(campaign=c, by=by, at=at),
    ("", State.SUCCEEDED): lambda c, w, by, at: close(campaign=c, by=by, at=at),
    ("", State.FAILED): lambda c, w, by, at: close(campaign=c, by=by, at=at),
    ("", State.CANCELLED): lambda c, w, by, at: cancel(campaign=c, by=by, at=at, reason=w.reason),
    ("", State.REPORTING): lambda c, w, by, at: start_reporting(campaign=c, by=by, at=at),
    ("", State.CLOSED): lambda c, w, by, at: finish(campaign=c, by=by, at=at),
}


def _refuse_blocked(campaign: Campaign, to: str, at: dt.datetime) -> None:
    found = blockers(campaign=campaign, to=to, at=at)
    if found:
        listed = [{"code": each.code, "sentence": str(each.sentence)} for each in found]
        raise Blocked(" ".join(str(each.sentence) for each in found), blockers=listed)


def _need(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Please give a reason."), field="reason")
