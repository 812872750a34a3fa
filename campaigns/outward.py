"""What other systems may be told of campaigns (backend.webhooks.events): which records, by which names."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.money import ZERO
from backend.webhooks import events
from backend.webhooks.events import Source
from campaigns.figures import PledgeFigures
from campaigns.models import Campaign, Certificate, Interest, Payment, Pledge, Refund

RECEIVED = "pledge.payment_received"
PAID = "pledge.paid"

SOURCES = (
    Source(
        Campaign,
        "campaign",
        organisation="issuer",
        names={"campaign": "slug"},
        acts={
            "campaign.update": _("News told"),
            "campaign.document": _("Document published"),
            "campaign.amended": _("Terms changed"),
            "campaign.extended": _("Deadline moved"),
        },
    ),
    Source(
        Interest,
        "interest",
        organisation="campaign__issuer",
        names={"campaign": "campaign__slug"},
        acts={"interest.confirmed": _("confirmed by mail")},
    ),
    Source(
        Pledge,
        "pledge",
        organisation="campaign__issuer",
        names={"campaign": "campaign__slug"},
        acts={
            "pledge.amended": _("amount changed"),
            RECEIVED: _("money arrived"),
            PAID: _("paid in full"),
        },
    ),
    Source(
        Refund,
        "refund",
        organisation="payment__pledge__campaign__issuer",
        names={"pledge": "payment__pledge"},
        acts={"refund.failed": _("could not be returned")},
    ),
    Source(
        Certificate,
        "certificate",
        organisation="allotment__campaign__issuer",
        names={"pledge": "allotment__pledge"},
        acts={"certificate.issued": _("issued"), "certificate.withdrawn": _("withdrawn")},
    ),
)


def money_came(
    payments: Sequence[Payment], found: Mapping[int, PledgeFigures], *, at: dt.datetime
) -> None:
    """Tell of payments that were just booked, and of the pledges that are paid in full by them."""
    told = [events.happened(one.pledge, RECEIVED, key=f"{RECEIVED}:{one.pk}") for one in payments]
    last = {payment.pledge_id: payment for payment in payments}
    came: dict[int, Money] = defaultdict(lambda: ZERO)
    for payment in payments:
        came[payment.pledge_id] += payment.amount
    whole = [last[pk] for pk in came if _is_paid_by(came[pk], found[pk])]
    told += [events.happened(one.pledge, PAID, key=f"{PAID}:{one.pk}") for one in whole]
    events.tell(told, at=at)


def _is_paid_by(came: Money, figures: PledgeFigures) -> bool:
    """Whether a pledge was not paid in full before this money came, and now is."""
    return figures.is_paid and figures.paid - came < figures.pledged
