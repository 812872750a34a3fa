"""Shares to those who paid, in queue order, with a number in the register of members."""

import datetime as dt

from backend.core import audit, states
from backend.core.users import Actor
from campaigns import endings, figures, letters
from campaigns.models import Allotment, Campaign, Pledge


def allot(*, campaign: Campaign, by: Actor, at: dt.datetime) -> list[Allotment]:
    """Allot shares to every pledge that is settled in full; the others lapse, their money returns.

    Called in the transaction that closes the campaign, which holds its lock.
    """
    candidates = campaign.pledges.filter(state__in=(Pledge.State.PLACED, Pledge.State.CONFIRMED))
    paid = figures.fully_paid(list(candidates.select_related("investor").in_queue()))
    allotted = Allotment.objects.bulk_create(
        Allotment(
            pledge=pledge,
            campaign=campaign,
            register_number=number,
            shares=pledge.shares,
            amount=pledge.amount,
            allotted_at=at,
        )
        for number, pledge in enumerate(paid, start=1)
    )
    states.move_many(records=paid, to=Pledge.State.ALLOTTED, by=by, at=at)
    endings.end_all(campaign=campaign, by=by, at=at, reason="not paid when the campaign closed")
    audit.record(
        action="campaign.allotted",
        subject=campaign,
        by=by,
        at=at,
        facts={"pledges": len(paid), "shares": sum(pledge.shares for pledge in paid)},
    )
    letters.to_pledgers(paid, "pledge_allotted", at=at)
    return allotted
