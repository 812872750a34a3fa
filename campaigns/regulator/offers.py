"""The yearly structured data on offers (I8), as far as their fields are known: one line per offer."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Sum
from djmoney.money import Money

from backend.core.money import ZERO
from campaigns import figures, rules
from campaigns.models import Campaign, Pledge, TransferOrder
from campaigns.regulator import past
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
    """The lines of the file: all of it as it stood at an instant, whatever came since."""
    listed = list(found)
    known, state_of = figures.of_campaigns(listed, at=at), past.states(listed, at=at)
    for campaign in listed:
        orders = past.orders(campaign, at=at)
        standing = [each for each in orders if each.stands]
        revoked = [each for each in orders if each.state == Pledge.State.REVOKED]
        sums = campaign.price_per_share, campaign.minimum, campaign.target, campaign.maximum
        yield (
            identifiers.lei_of(campaign.offer_identifier),
            year,
            campaign.offer_identifier,
            campaign.instrument,
            *map(yearly.figure, sums),
            campaign.opens_on,
            past.deadline(campaign, at=at),
            state_of[campaign.pk],
            _sum(standing),
            yearly.figure(known[campaign.pk].paid),
            "EUR",
            len(standing),
            len(revoked),
            _sum(revoked),
            *_investors(standing),
            yearly.figure(_fees(campaign, at)),
        )


def _investors(standing: Iterable[past.Order]) -> tuple[int, int, int]:
    """Natural persons, legal persons, and how many of both counted as sophisticated when they ordered."""
    pledges = [each.pledge for each in standing]
    kinds = {pledge.investor_id: pledge.investor.kind for pledge in pledges}
    orders = [(each.investor_id, each.placed_at) for each in pledges if each.placed_at is not None]
    experienced = {investor for investor, _at in qualifications.sophisticated_when(orders)}
    persons = sum(1 for kind in kinds.values() if kind == Investor.Kind.PERSON)
    return persons, len(kinds) - persons, len(experienced)


def _fees(campaign: Campaign, at: dt.datetime) -> Money:
    fees = campaign.transfer_orders.filter(kind=TransferOrder.Kind.SUCCESS_FEE, arrived_at__lte=at)
    return Money(fees.aggregate(sum=Sum("amount"))["sum"] or 0, "EUR")


def _sum(orders: Iterable[past.Order]) -> str:
    return yearly.figure(sum((each.amount for each in orders), ZERO))
