"""The ceiling of twelve months as it stands for a campaign: which offers of its issuer count, and how much.

An offer that succeeded counts with what reached the bank, a running one with its maximum, a failed one
not at all. What was offered elsewhere is told by the issuer. The rule itself is in `rules.limits`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, money
from backend.core.errors import Conflict
from backend.core.models import Organisation
from backend.core.users import Actor
from campaigns import figures, rules
from campaigns.models import Campaign, OfferElsewhere
from campaigns.rules import limits

State = Campaign.State
RUNNING = (State.PRE_CAMPAIGN, State.OPEN, State.SUSPENDED, State.COLLECTING)
EVER = clock.start_of(dt.date(2999, 1, 1))
SUCCEEDED = (State.SUCCEEDED, State.IN_USE, State.REPORTING, State.CLOSED)


class ToldTwice(Conflict):
    """The same offer elsewhere is recorded already."""

    code = "offer_elsewhere.told_twice"


@dataclass(frozen=True)
class Elsewhere:
    """An offer that the issuer made elsewhere."""

    kind: str
    opened_on: dt.date
    amount: Money
    place: str


@dataclass(frozen=True)
class Standing:
    """What the offers of twelve months come to, and what they may come to."""

    on: dt.date
    total: Money
    ceiling: Money

    @property
    def is_over(self) -> bool:
        return limits.is_over(self.total, self.ceiling)


def standing(campaign: Campaign, *, at: dt.datetime) -> Standing:
    """The issuer's sum of the twelve months that end with the opening of this campaign (R2)."""
    on = campaign.opens_on or clock.day_of(at)
    offers = [*_counted([campaign], on), *_others(campaign, on)]
    total = limits.sum_of_twelve_months(offers, on=on)
    return Standing(on, total, rules.regime(campaign.regime).ceiling(on))


def record(*, issuer: Organisation, told: Elsewhere, by: Actor, at: dt.datetime) -> OfferElsewhere:
    """Write down an offer that the issuer made elsewhere. Raises ToldTwice, NotAnAmount."""
    money.positive(told.amount)
    try:
        with transaction.atomic():
            offer = OfferElsewhere.objects.create(
                issuer=issuer,
                kind=told.kind,
                opened_on=told.opened_on,
                amount=told.amount,
                place=told.place,
                recorded_at=at,
            )
            audit.record(action="offer_elsewhere.recorded", subject=offer, by=by, at=at)
    except IntegrityError as problem:
        raise ToldTwice(_("This offer is recorded already."), place=told.place) from problem
    return offer


def elsewhere(campaign: Campaign) -> QuerySet[OfferElsewhere]:
    """What the campaign's issuer offered elsewhere, newest first."""
    return OfferElsewhere.objects.filter(issuer=campaign.issuer_id)


def _counted(campaigns: Sequence[Campaign], on: dt.date) -> list[limits.Offer]:
    """What offers count with: all that was raised, of those that succeeded, whenever it arrived; else the
    most they may raise. One whose opening has no day yet is counted from `on`."""
    ended = [each for each in campaigns if each.state in SUCCEEDED]
    raised = figures.of_campaigns(ended, at=EVER)
    return [
        limits.Offer(
            each.opens_on or on, raised[each.pk].settled if each.pk in raised else each.maximum
        )
        for each in campaigns
    ]


def _others(campaign: Campaign, on: dt.date) -> list[limits.Offer]:
    ours = Campaign.objects.filter(issuer=campaign.issuer_id, opens_on__isnull=False)
    found = ours.filter(state__in=(*RUNNING, *SUCCEEDED)).exclude(pk=campaign.pk)
    here = _counted(list(found), on)
    there = [limits.Offer(each.opened_on, each.amount) for each in elsewhere(campaign)]
    return here + there
