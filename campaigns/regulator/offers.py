"""The yearly structured data on offers (I8), as far as their fields are known: one line per offer."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q, Sum
from djmoney.money import Money

from campaigns import figures, rules
from campaigns.models import Campaign, Pledge, TransferOrder
from campaigns.rules import identifiers, yearly
from investors import qualifications
from investors.models import Investor

HEADER = (
    "csp_lei", "period", "offer_id", "instrument", "price_per_share", "minimum", "target", "maximum",
    "opened_on", "deadline_on", "outcome", "promised", "paid", "currency", "pledges", "revocations",
    "amount_revoked", "natural_persons", "legal_persons", "sophisticated", "csp_fees",
)  # fmt: skip


def offers(*, campaigns: Iterable[Campaign], year: int) -> list[Campaign]:
    """The European offers that were open on some day of a year, by identifier."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    ran = [
        each
        for each in campaigns
        if rules.regime(each.regime).is_reported
        and each.fund_id is not None
        and (each.opens_on or last) <= last
        and (each.deadline_on or first) >= first
    ]
    return sorted(ran, key=lambda each: (each.offer_identifier, each.pk))


def rows(found: Iterable[Campaign], *, year: int, at: dt.datetime) -> Iterator[tuple[object, ...]]:
    """The lines of the file."""
    listed = list(found)
    known = figures.of_campaigns(listed, at=at)
    for campaign in listed:
        stands = known[campaign.pk]
        sums = campaign.price_per_share, campaign.minimum, campaign.target, campaign.maximum
        ended = _revoked(campaign)
        yield (
            identifiers.lei_of(campaign.offer_identifier),
            year,
            campaign.offer_identifier,
            campaign.instrument,
            *map(yearly.figure, sums),
            campaign.opens_on,
            campaign.deadline_on,
            campaign.state,
            yearly.figure(stands.promised),
            yearly.figure(stands.paid),
            "EUR",
            stands.pledges,
            ended["number"],
            _sum(ended["amount"]),
            *_investors(campaign),
            _sum(_fees(campaign)),
        )


def _revoked(campaign: Campaign) -> dict[str, Any]:
    revoked = campaign.pledges.filter(state=Pledge.State.REVOKED)
    return revoked.aggregate(number=Count("pk"), amount=Sum("amount"))


def _investors(campaign: Campaign) -> tuple[int, int, int]:
    """Natural persons, legal persons, and how many of both counted as sophisticated when they ordered."""
    standing = campaign.pledges.standing().values_list("investor", "placed_at")
    orders = [(investor, at) for investor, at in standing if at is not None]
    found = Investor.objects.filter(pk__in=campaign.pledges.standing().values("investor"))
    persons = Count("pk", filter=Q(kind=Investor.Kind.PERSON))
    counted = found.aggregate(all=Count("pk"), persons=persons)
    experienced = {investor for investor, _at in qualifications.sophisticated_when(orders)}
    return counted["persons"], counted["all"] - counted["persons"], len(experienced)


def _fees(campaign: Campaign) -> Any:
    fees = campaign.transfer_orders.filter(
        kind=TransferOrder.Kind.SUCCESS_FEE, arrived_at__isnull=False
    )
    return fees.aggregate(sum=Sum("amount"))["sum"]


def _sum(amount: Any) -> str:
    return yearly.figure(Money(amount or 0, "EUR"))
