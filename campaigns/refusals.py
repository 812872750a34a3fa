"""Refuse a paid pledge whose payer was never identified, after the close, and return its money.

Who cannot identify somebody abstains and returns the money to where it came from (D.Lgs. 231/2007,
art. 42). Such a pledge never had shares, so its money was never released: it is still held.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import transactions
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from campaigns import allotments, endings, places, pledges
from campaigns.models import Pledge


class NothingToRefuse(Conflict):
    code = "refusal.nothing_to_refuse"


class ReasonMissing(Refused):
    code = "refusal.reason_missing"


@transactions.repeated
def refuse(*, pledge: Pledge, reason: str, by: Actor, at: dt.datetime) -> Pledge:
    """Refuse a pledge that waits for shares and have all that came for it sent back the way it came.

    The success of the offer stands, which was decided by what was settled then. Raises ReasonMissing;
    NothingToRefuse before the close, of an unpaid pledge, and once nothing blocks its shares.
    """
    if not reason.strip():
        raise ReasonMissing(_("Please give a reason."), field="reason")
    with transaction.atomic():
        campaign = places.lock(pledge.campaign)
        blocked = {each.pk for each, needs in allotments.waiting(campaign, at=at) if needs}
        if pledge.pk not in blocked:
            raise NothingToRefuse(
                _("Only who paid and was not identified after the close is refused."),
                pledge=pledge.pk,
            )
        fresh = pledges.fresh([pledge])
        endings.end(fresh, to=Pledge.State.REFUSED, by=by, at=at, reason=reason)
    return fresh[0]
