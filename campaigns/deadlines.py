"""Offers end by the calendar: which deadlines have passed, and which campaigns can be closed since.

The move itself, and what blocks it, is in `lifecycle`; closing stays the act of a person.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from backend.core import clock
from backend.core.errors import Conflict
from backend.core.users import SYSTEM
from campaigns import lifecycle
from campaigns.models import Campaign

log = logging.getLogger(__name__)
State = Campaign.State


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
        and not lifecycle.blockers(campaign=campaign, to=State.SUCCEEDED, at=at)
    ]


def _end(campaign: Campaign, at: dt.datetime) -> bool:
    try:
        lifecycle.stop_taking_pledges(campaign=campaign, by=SYSTEM, at=at)
    except Conflict as problem:
        log.warning("the offer %s was not ended: %s", campaign.slug, problem)
        return False
    return True
