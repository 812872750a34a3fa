"""The life of a campaign: who may move it from where to where, and what follows.

What stands in the way is computed before anyone tries (`obstacles`), and a move that is blocked says
so. Publishing and opening are asked for by one person and approved by another (core.approvals).
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, states, transactions
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval, User
from backend.core.users import SYSTEM, Actor
from campaigns import (
    allotments,
    announcements,
    endings,
    holding,
    interests,
    obstacles,
    places,
    sheets,
    suspensions,
)
from campaigns.announcements import Announcement
from campaigns.changes import Change
from campaigns.models import Campaign
from campaigns.sheets import drafts
from campaigns.suspensions import Standstill

PUBLISH = "campaign.publish"
OPEN = "campaign.open"
State = Campaign.State


class Blocked(Conflict):
    """Something stands in the way; `facts["blockers"]` lists codes and sentences."""

    code = "campaign.blocked"


class ReasonMissing(Refused):
    code = "campaign.reason_missing"


def waiting(campaign: Campaign) -> list[Approval]:
    """The decisions of a second person that the campaign waits for."""
    asked = (approvals.waiting(action=action, subject=campaign) for action in (PUBLISH, OPEN))
    return [approval for approval in asked if approval is not None]


def to_ask_again(campaign: Campaign) -> list[str]:
    """The moves that a second person was asked for, of a campaign that was changed since: nobody can
    approve them before somebody asks again."""
    moves = {PUBLISH: State.IN_REVIEW, OPEN: State.OPEN}
    return [moves[each.action] for each in waiting(campaign) if not approvals.is_current(each)]


def submit(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Approval:
    """Hand a draft in for review and ask a second person to publish it; what was changed since it was
    handed in is handed in anew. Raises Blocked."""
    if State.IN_REVIEW in to_ask_again(campaign):
        return approvals.request(action=PUBLISH, subject=campaign, by=by, at=at)
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
    """Begin the pre-campaign with the information sheet in force; follows a second person's approval."""
    _refuse_blocked(campaign, State.PRE_CAMPAIGN, at)
    with transaction.atomic():
        states.move(record=campaign, to=State.PRE_CAMPAIGN, by=by, at=at)
        if drafts.draft_of(campaign) is not None:
            first = Change(words="", is_material=False)
            sheets.publish(campaign=campaign, change=first, by=by, at=at)
    return campaign


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


def suspend(*, campaign: Campaign, why: Standstill, by: Actor, at: dt.datetime) -> Campaign:
    """Stop an open offer, or one that still collects, thirty days at most (ECSPR art. 23(12)); everyone
    in it is told. It neither takes pledges nor closes meanwhile."""
    _need(why.reason)
    was = campaign.state
    with transaction.atomic():
        states.move(record=campaign, to=State.SUSPENDED, by=by, at=at, reason=why.reason)
        suspensions.begin(campaign=campaign, why=why, interrupted=was, by=by, at=at)
    return campaign


def resume(*, campaign: Campaign, by: Actor, at: dt.datetime, reason: str = "") -> Campaign:
    """Go on, and tell everyone in it. Raises Blocked while an error is not corrected.

    Places that were given back meanwhile go to those who wait. The deadline is what was announced:
    where it has passed, the offer collects what is late and takes no more pledges.
    """
    goal = suspensions.goal(campaign, at=at)
    _refuse_blocked(campaign, goal, at)
    with transaction.atomic():
        places.lock(campaign)
        states.move(record=campaign, to=goal, by=by, at=at, reason=reason)
        ended = suspensions.end(campaign=campaign, at=at)
        if ended is not None:
            suspensions.give_back_time(suspension=ended, by=by, at=at)
        is_over = goal == State.COLLECTING
        facts = {"reason": reason, "is_over": is_over}
        what = Announcement("offer_resumed", str(ended.pk if ended else ""), facts)
        announcements.tell(campaign=campaign, what=what, at=at)
        if is_over:
            interests.lapse_all(campaign=campaign, by=by, at=at, reason="the offer ended")
        places.promote(campaign=campaign, at=at)
    return campaign


def stop_taking_pledges(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Campaign:
    """End the offer and wait for late payments; interests that nobody converted lapse."""
    _refuse_blocked(campaign, State.COLLECTING, at)
    with transaction.atomic():
        states.move(record=campaign, to=State.COLLECTING, by=by, at=at)
        interests.lapse_all(campaign=campaign, by=by, at=at, reason="the offer ended")
    return campaign


@transactions.repeated
def close(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Campaign:
    """Decide success or failure by orders that are paid whole alone, and do what follows from it.

    Success: shares are allotted to paid pledges, the rest lapses. Failure: every pledge lapses and
    all money is returned. Raises Blocked while money or reflection is still under way, or while
    the minimum is there but another condition of the regime is not (`fail` then ends it).
    """
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        endings.hold(campaign.pledges.values_list("pk", flat=True))
        _refuse_blocked(campaign, State.SUCCEEDED, at)
        if not obstacles.has_minimum(campaign):
            return _fail(campaign, State.FAILED, by, at, "the minimum was not reached")
        states.move(record=campaign, to=State.SUCCEEDED, by=by, at=at)
        allotments.allot(campaign=campaign, by=by, at=at)
        return campaign


@transactions.repeated
def fail(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Campaign:
    """End an offer whose conditions are not met; all money is returned. Raises Blocked if they are."""
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        endings.hold(campaign.pledges.values_list("pk", flat=True))
        _refuse_blocked(campaign, State.FAILED, at)
        return _fail(campaign, State.FAILED, by, at, "the conditions for closing were not met")


@transactions.repeated
def cancel(*, campaign: Campaign, by: Actor, at: dt.datetime, reason: str) -> Campaign:
    """Give the campaign up; all money is returned."""
    _need(reason)
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        return _fail(campaign, State.CANCELLED, by, at, reason)


def start_reporting(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Campaign:
    """The proceeds are spent; from now on the campaign only reports. Raises Blocked."""
    _refuse_blocked(campaign, State.REPORTING, at)
    return states.move(record=campaign, to=State.REPORTING, by=by, at=at)


def finish(*, campaign: Campaign, by: Actor, at: dt.datetime) -> Campaign:
    """Nothing more is reported. Raises Blocked while money is held or no final report is public."""
    _refuse_blocked(campaign, State.CLOSED, at)
    return states.move(record=campaign, to=State.CLOSED, by=by, at=at)


def _fail(campaign: Campaign, to: str, by: Actor, at: dt.datetime, reason: str) -> Campaign:
    states.move(record=campaign, to=to, by=by, at=at, reason=reason)
    suspensions.end(campaign=campaign, at=at)
    what = Announcement("offer_ended", to, {"reason": reason})
    announcements.tell_interested(campaign=campaign, what=what, at=at)
    endings.end_all(campaign=campaign, by=SYSTEM, at=at, reason=reason)
    interests.lapse_all(campaign=campaign, by=SYSTEM, at=at, reason=reason)
    return campaign


def _refuse_blocked(campaign: Campaign, to: str, at: dt.datetime) -> None:
    found = obstacles.found(campaign=campaign, to=to, at=at)
    if found:
        listed = [{"code": each.code, "sentence": str(each.sentence)} for each in found]
        raise Blocked(" ".join(str(each.sentence) for each in found), blockers=listed)


def _need(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Please give a reason."), field="reason")
