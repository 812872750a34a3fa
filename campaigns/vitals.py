"""What campaigns add to the figures of the house: what was promised, and how far behind the inbox is."""

import datetime as dt

from django.db.models import Count, F, Min, Sum
from django.utils.translation import gettext_lazy as _

from backend.core import vitals
from backend.core.vitals import Limits, Vital
from campaigns.models import Campaign, StripeEvent


def _promised(at: dt.datetime) -> dict[str, float]:
    """By the places that each campaign keeps count of; pledges themselves are not read."""
    worth = F("taken_shares") * F("price_per_share")
    rows = Campaign.objects.values("state").annotate(sum=Sum(worth))
    return {row["state"]: float(row["sum"] or 0) for row in rows.order_by("state")}


def _inbox(at: dt.datetime) -> dict[str, float]:
    return {"": StripeEvent.objects.filter(handled_at=None).aggregate(n=Count("id"))["n"]}


def _inbox_lag(at: dt.datetime) -> dict[str, float]:
    waiting = StripeEvent.objects.filter(handled_at=None)
    return {"": vitals.age(waiting.aggregate(oldest=Min("received_at"))["oldest"], at)}


VITALS = (
    Vital(
        "mattone_promised_euro", "Pledges that stand, by the campaign's state", _promised, "state"
    ),
    Vital("mattone_inbox_waiting", "Events of the card provider not handled yet", _inbox),
    Vital(
        "mattone_inbox_lag_seconds",
        "How long the oldest unhandled event has waited",
        _inbox_lag,
        limits=Limits(600, 3600, _("Payments by card wait to be booked.")),
    ),
)
