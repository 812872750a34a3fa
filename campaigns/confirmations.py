"""An order made firm by its investor: it is changed no more, and no longer taken back for being unpaid.

Nobody gives up the days to change one's mind: it can be confirmed once they are over. A material change
opens them anew for a confirmed order too (`windows`).
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import states, transactions
from backend.core.errors import Conflict
from backend.core.users import Actor
from campaigns import orders, places, pledges, windows
from campaigns.models import Campaign, Pledge


class StillReflecting(Conflict):
    """`facts["until"]` is the first instant at which it may be confirmed."""

    code = "pledge.still_reflecting"


@transactions.repeated
def confirm(*, pledge: Pledge, by: Actor, at: dt.datetime) -> Pledge:
    """Make an order firm. Raises StillReflecting while it may be taken back freely, WrongState,
    TakenElsewhere for an order of a platform, OfferEnded."""
    with transaction.atomic():
        campaign = places.lock(pledge.campaign)
        pledge = pledges.fresh([pledge])[0]
        orders.refuse_elsewhere(campaign)
        if campaign.state not in Campaign.TAKES_PAYMENTS:
            raise pledges.OfferEnded(_("The offer has ended."), campaign=campaign.slug)
        until = free_until(pledge)
        if until is not None and at < until:
            raise StillReflecting(
                _("Confirm it once the days to change your mind are over."), until=until
            )
        states.move(record=pledge, to=Pledge.State.CONFIRMED, by=by, at=at)
    return pledge


def may_confirm(pledge: Pledge, at: dt.datetime) -> bool:
    """Whether the button is worth showing."""
    until = free_until(pledge)
    is_ours = pledge.campaign.mode == Campaign.Mode.OPERATOR
    is_open = pledge.campaign.state in Campaign.TAKES_PAYMENTS
    is_over = until is None or at >= until
    return pledge.state == Pledge.State.PLACED and is_ours and is_open and is_over


def free_until(pledge: Pledge) -> dt.datetime | None:
    """The end of the last time in which the order may be taken back without a reason."""
    ends = [each for each in (pledge.reflection_ends_at, windows.until(pledge)) if each]
    return max(ends, default=None)
