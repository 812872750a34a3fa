"""How pledges end without shares: places go back, nobody waits for money, what came is returned.

The acts themselves (revoke, lapse) are in `pledges`; this is what follows from each.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import F, QuerySet

from backend.core import states
from backend.core.users import Actor
from backend.treasury import expectations
from backend.treasury.models import Expectation
from campaigns import letters, refunds
from campaigns.models import Campaign, Pledge

PLEDGE_OWNER = "campaigns.pledge"


def hold(pledge_ids: Iterable[int]) -> None:
    """Lock the transfers that pledges wait for, until the transaction ends.

    Before the pledges themselves, because a bank's lines come that way too (expectation, then owner):
    of two who act on one pledge the second waits, and never both.
    """
    keys = [str(pk) for pk in pledge_ids]
    waiting = Expectation.objects.filter(owner_kind=PLEDGE_OWNER, owner_key__in=keys)
    list(waiting.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def end(pledges: Sequence[Pledge], *, to: str, by: Actor, at: dt.datetime, reason: str) -> None:
    """End pledges of one campaign, whose lock the caller holds, and do all that follows.

    Frees their places, cancels the expected transfers, has received money returned, writes to the
    investors. Who moves up into the places is the caller's next step (places.promote).
    """
    hold(pledge.pk for pledge in pledges)
    freed = sum(pledge.shares for pledge in pledges if pledge.state in Pledge.STANDING)
    states.move_many(records=pledges, to=to, by=by, at=at, reason=reason)
    if freed:
        campaign_id = pledges[0].campaign_id
        Campaign.objects.filter(pk=campaign_id).update(taken_shares=F("taken_shares") - freed)
    expect_no_more(pledges, by=by, at=at, reason=reason)
    refunds.return_all(pledges=pledges, by=by, at=at, reason=reason or f"the pledge was {to}")
    letters.to_pledgers(pledges, f"pledge_{to}", at=at)


def end_all(
    *,
    campaign: Campaign,
    among: QuerySet[Pledge] | None = None,
    by: Actor,
    at: dt.datetime,
    reason: str,
) -> list[Pledge]:
    """Let every pledge that is not allotted lapse, placed or waiting; or of some of them alone."""
    pledges = campaign.pledges.all() if among is None else among
    live = pledges.exclude(state__in=(*Pledge.ENDED, Pledge.State.ALLOTTED))
    found = list(live.select_related("investor", "campaign").order_by("queued_at", "id"))
    # Who only began an order waits for nothing, and is not written to.
    begun = [pledge for pledge in found if pledge.state == Pledge.State.STARTED]
    states.move_many(records=begun, to=Pledge.State.LAPSED, by=by, at=at, reason=reason)
    found = [pledge for pledge in found if pledge not in begun]
    if found:
        end(found, to=Pledge.State.LAPSED, by=by, at=at, reason=reason)
    return found


def expect_no_more(pledges: Sequence[Pledge], *, by: Actor, at: dt.datetime, reason: str) -> None:
    """Stop waiting for the transfers of pledges; one that comes all the same is a discrepancy."""
    waiting = Expectation.objects.filter(
        owner_kind=PLEDGE_OWNER,
        owner_key__in=[str(pledge.pk) for pledge in pledges],
        state=Expectation.State.OPEN,
    )
    expectations.cancel_many(
        expectations=list(waiting.select_related("after")), by=by, at=at, reason=reason
    )
