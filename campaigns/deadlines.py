"""What the calendar does to offers: they end at their deadline; after thirty days of standstill they go
on, or are cancelled where nobody corrected an error.

The moves are in `lifecycle`, what blocks them in `obstacles`; closing stays the act of a person.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from backend.core import clock
from backend.core.errors import Conflict
from backend.core.users import SYSTEM
from campaigns import lifecycle, obstacles, suspensions
from campaigns.models import Campaign, Suspension
from campaigns.rules import suspension as law

log = logging.getLogger(__name__)
State = Campaign.State
REMIND_AT_DAYS = (10, 3, 0)
THIRTY_DAYS = "thirty days of standstill are over"
UNCORRECTED = "the error in the sheet was not corrected within thirty days"


def end_offers(*, at: dt.datetime) -> list[Campaign]:
    """End every open offer whose last day is over, and return those that ended now.

    Safe to repeat and to run beside itself: each campaign moves in a transaction of its own, and
    one that a person moved first is left as it is.
    """
    over = Campaign.objects.filter(state=State.OPEN, deadline_on__lt=clock.day_of(at))
    return [campaign for campaign in over.order_by("pk") if _end(campaign, at)]


def closable(campaigns: Iterable[Campaign], *, at: dt.datetime) -> list[Campaign]:
    """Those that wait for nothing any more but the decision to close them."""
    return [
        campaign
        for campaign in campaigns
        if campaign.state == State.COLLECTING
        and not obstacles.found(campaign=campaign, to=State.SUCCEEDED, at=at)
    ]


def cancel_uncorrected(*, at: dt.datetime) -> list[Campaign]:
    """Cancel every offer that stood still for thirty days for an error in its sheet that nobody
    corrected (ECSPR art. 23(12)); all money is returned. Safe to repeat."""
    late = [
        each
        for each in suspensions.all_standing()
        if law.must_cancel(each.began_at, at) and not suspensions.is_corrected(each)
    ]
    return [
        lifecycle.cancel(campaign=each.campaign, by=SYSTEM, at=at, reason=UNCORRECTED)
        for each in late
    ]


def resume_overdue(*, at: dt.datetime) -> list[Campaign]:
    """End every standstill of thirty days that no error keeps: the offer goes on, or ends with its day.

    No offer stands still for longer, and nobody's money waits on a forgotten one. Safe to repeat.
    """
    over = [
        each
        for each in suspensions.all_standing()
        if law.must_cancel(each.began_at, at) and suspensions.is_corrected(each)
    ]
    return [
        lifecycle.resume(campaign=each.campaign, by=SYSTEM, at=at, reason=THIRTY_DAYS)
        for each in over
    ]


def remind_of_suspensions(*, at: dt.datetime) -> list[Suspension]:
    """Write to the issuer's managers ten, three and no days before a standstill must end, once each."""
    due = [
        (each, mark)
        for each in suspensions.all_standing()
        if (mark := _mark(law.days_left(each.began_at, at))) is not None
    ]
    for each, mark in due:
        suspensions.remind(suspension=each, occasion=str(mark), at=at)
    return [each for each, _mark_ in due]


def _mark(days_left: int) -> int | None:
    """The next reminder that is due when so many days are left; None before the first."""
    return min((mark for mark in REMIND_AT_DAYS if days_left <= mark), default=None)


def _end(campaign: Campaign, at: dt.datetime) -> bool:
    try:
        lifecycle.stop_taking_pledges(campaign=campaign, by=SYSTEM, at=at)
    except Conflict as problem:
        log.warning("the offer %s was not ended: %s", campaign.slug, problem)
        return False
    return True
