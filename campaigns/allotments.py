"""Shares to those who paid, in queue order, with a number in the register of members.

Who is not identified (D.Lgs. 231/2007) gets none yet: the pledge stays as it is, its money stays held,
and the shares follow once the identity is established.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from backend.core import audit, jobs, states, transactions
from backend.core.errors import Conflict
from backend.core.users import Actor
from campaigns import endings, figures, letters, places
from campaigns.models import Allotment, Campaign, Pledge
from investors import identification
from investors.suitability import Need

PROOFS_JOB = "campaigns.proofs"
PROOFS_BATCH = 50
AFTER_SUCCESS = (
    Campaign.State.SUCCEEDED,
    Campaign.State.IN_USE,
    Campaign.State.REPORTING,
)


class NothingToAllot(Conflict):
    code = "allotment.nothing_to_allot"


def allot(*, campaign: Campaign, by: Actor, at: dt.datetime) -> list[Allotment]:
    """Allot shares to every pledge that is settled in full and whose investor is identified.

    The unpaid lapse and their money returns; the unidentified stay. Called in the transaction that
    closes the campaign, which holds its lock.
    """
    paid = _paid(campaign)
    unpaid = campaign.pledges.exclude(pk__in=[pledge.pk for pledge in paid])
    blocked = _blocked(paid, at)
    made = _give(campaign, [pledge for pledge in paid if pledge.pk not in blocked], by, at)
    endings.end_all(
        campaign=campaign,
        among=unpaid,
        by=by,
        at=at,
        reason="not paid when the campaign closed",
    )
    return made


@transactions.repeated
def allot_waiting(*, campaign: Campaign, by: Actor, at: dt.datetime) -> list[Allotment]:
    """Allot to those whose identity was established since the close. Raises NothingToAllot."""
    with transaction.atomic():
        campaign = places.lock(campaign)
        paid = _paid(campaign) if campaign.state in AFTER_SUCCESS else []
        blocked = _blocked(paid, at)
        free = [pledge for pledge in paid if pledge.pk not in blocked]
        if not free:
            raise NothingToAllot(
                _("Nobody waits for shares whose identity is established by now."),
                campaign=campaign.slug,
            )
        return _give(campaign, free, by, at)


def waiting(campaign: Campaign, *, at: dt.datetime) -> list[tuple[Pledge, list[Need]]]:
    """The paid pledges of a campaign that is closed and what still blocks their shares."""
    if campaign.state not in AFTER_SUCCESS:
        return []
    paid = _paid(campaign)
    blocked = _blocked(paid, at)
    return [(pledge, blocked.get(pledge.pk, [])) for pledge in paid]


def _paid(campaign: Campaign) -> list[Pledge]:
    """Settled in full and without shares, in queue order."""
    candidates = campaign.pledges.filter(state__in=(Pledge.State.PLACED, Pledge.State.CONFIRMED))
    return figures.fully_paid(list(candidates.select_related("investor").in_queue()))


def _blocked(paid: Sequence[Pledge], at: dt.datetime) -> dict[int, list[Need]]:
    """What blocks a pledge's allotment, by pledge; those that nothing blocks are absent."""
    found = identification.blockers({pledge.investor for pledge in paid}, at=at)
    return {pledge.pk: found[pledge.investor_id] for pledge in paid if pledge.investor_id in found}


def _give(
    campaign: Campaign, pledges: Sequence[Pledge], by: Actor, at: dt.datetime
) -> list[Allotment]:
    made = register(campaign=campaign, pledges=pledges, allotted_at=at, by=by, at=at)
    letters.to_pledgers(pledges, "pledge_allotted", at=at)
    ids = [each.pk for each in made]
    batches = [ids[start : start + PROOFS_BATCH] for start in range(0, len(ids), PROOFS_BATCH)]
    asked = [
        jobs.NewJob(PROOFS_JOB, f"{PROOFS_JOB}:{batch[0]}", {"allotments": batch})
        for batch in batches
    ]
    jobs.enqueue_many(jobs=asked, at=at)
    return made


def register(
    *,
    campaign: Campaign,
    pledges: Sequence[Pledge],
    allotted_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
) -> list[Allotment]:
    """Enter pledges in the register of members, in the order given; `allotted_at` is when they got
    their shares, today or, elsewhere, in the past."""
    last = campaign.allotments.aggregate(last=Max("register_number"))["last"] or 0
    made = Allotment.objects.bulk_create(
        Allotment(
            pledge=pledge,
            campaign=campaign,
            register_number=number,
            shares=pledge.shares,
            amount=pledge.amount,
            allotted_at=allotted_at,
        )
        for number, pledge in enumerate(pledges, start=last + 1)
    )
    states.move_many(records=pledges, to=Pledge.State.ALLOTTED, by=by, at=at)
    facts = {"pledges": len(pledges), "shares": sum(pledge.shares for pledge in pledges)}
    audit.record(action="campaign.allotted", subject=campaign, by=by, at=at, facts=facts)
    return made
