"""Opening balances: what an issuer has already, taken over with its evidence and by two people.

A list is tried before anybody is asked, and applied once a second person agreed. Money that still
waits is the opening balance of the restricted account's first statement (`held`); of an offer that
ended elsewhere the money was released and perhaps spent (`released`). The list is read in `rows`.
"""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, audit, users
from backend.core.errors import Conflict
from backend.core.models import Approval
from backend.core.users import Actor
from campaigns import places
from campaigns.models import Campaign, Opening
from campaigns.openings import held, released, rows
from campaigns.openings.rows import Told
from campaigns.order_rows import Fault

ACTION = "campaign.opening"


class TooLate(Conflict):
    code = "opening.too_late"


class _Undone(Exception):
    """Takes a trial back."""


def ask(*, campaign: Campaign, told: Told, by: Actor, at: dt.datetime) -> Approval:
    """Try a list, keep it, and ask a second person to apply it.

    Raises rows.OpeningFaulty with every fault, TooLate once another opening was applied, what
    `released.refuse_unfit` raises, held.NoOpeningBalance and AlreadyExplained while the bank has not
    shown that the money is there.
    """
    _refuse_late(campaign)
    if told.released_on is not None:
        released.refuse_unfit(campaign=campaign, told=told)
    kept = rows.read(campaign, told)
    with transaction.atomic():
        opening = Opening.objects.create(
            campaign=campaign,
            as_of=told.as_of,
            released_on=told.released_on,
            left=told.left if told.released_on else None,
            evidence=told.evidence[:300],
            rows=kept,
            content_hash=hashlib.sha256(told.raw).hexdigest(),
            asked_at=at,
            by_label=users.label(by),
        )
        _try(opening, by, at)
        facts = {"rows": len(kept), "hash": opening.content_hash, "evidence": opening.evidence}
        audit.record(action="opening.asked", subject=opening, by=by, at=at, facts=facts)
        return approvals.request(action=ACTION, subject=opening, by=by, at=at)


def apply(opening: Opening, *, by: Actor, at: dt.datetime) -> Opening:
    """Make the pledges of a list and book what they had paid; follows the approval."""
    with transaction.atomic():
        campaign = places.lock(opening.campaign)
        _refuse_late(campaign)
        rows.refuse(_apply(opening, campaign, by, at))
        Opening.objects.filter(pk=opening.pk, applied_at=None).update(applied_at=at)
        audit.record(action="opening.applied", subject=opening, by=by, at=at)
    opening.refresh_from_db()
    return opening


def _try(opening: Opening, by: Actor, at: dt.datetime) -> None:
    faults: list[Fault] = []
    try:
        with transaction.atomic():
            faults = _apply(opening, places.lock(opening.campaign), by, at)
            raise _Undone
    except _Undone:
        pass
    rows.refuse(faults)


def _apply(opening: Opening, campaign: Campaign, by: Actor, at: dt.datetime) -> list[Fault]:
    way = held.apply if opening.released_on is None else released.apply
    return way(opening=opening, campaign=campaign, by=by, at=at)


def _refuse_late(campaign: Campaign) -> None:
    if campaign.openings.exclude(applied_at=None).exists():
        raise TooLate(
            _("This campaign has taken over its opening already."), campaign=campaign.slug
        )
