"""The envelopes of a court auction: write down every offer that was opened, ours among them; rank them.

What counts as an offer and what decides between equals is in `auctions`; an award below the best offer
is refused by `guards`.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, parameters, users
from backend.core.errors import Conflict, Refused
from backend.core.money import as_text
from backend.core.users import Actor
from properties import auctions
from properties.auctions import Offer
from properties.models import Acquisition, AuctionOffer
from properties.models.routes import Route

TIES = "auction.ties"
OURS = "ours"
OPENED = ("OFFER_FILED", "SINGLE_OFFER", "CONTEST", "AWARDED", "LOST")
"""States in which the envelopes are open, or may be opened today."""


class NotOpened(Conflict):
    code = "contest.not_opened"


class OpenedAlready(Conflict):
    code = "contest.opened_already"


class NoPriceWon(Conflict):
    code = "contest.no_price_won"


class NotOneOfOurs(Refused):
    code = "contest.not_one_of_ours"


class BadOffer(Refused):
    code = "contest.bad_offer"


@transaction.atomic
def open_envelopes(
    *, acquisition: Acquisition, offers: Sequence[Offer], by: Actor, at: dt.datetime
) -> list[AuctionOffer]:
    """Write down what lay in the envelopes, once; `bidder` is "ours" for one of them.

    Void offers belong to it: they are why somebody lost. Raises NotOpened, OpenedAlready,
    NotOneOfOurs, BadOffer.
    """
    users.require(by, "acquisition.edit")
    Acquisition.objects.select_for_update(no_key=True).get(pk=acquisition.pk)
    if acquisition.route != Route.COURT_AUCTION or acquisition.state not in OPENED:
        raise NotOpened(_("The envelopes of this auction are not open."))
    if acquisition.offers.exists():
        raise OpenedAlready(_("The offers of this auction are written down already."))
    _refuse_bad(acquisition, offers)
    kept = AuctionOffer.objects.bulk_create(
        AuctionOffer(
            acquisition=acquisition,
            number=number,
            is_ours=offer.bidder == OURS,
            price=offer.price,
            deposit=offer.deposit,
            pays_in_days=offer.pays_in_days,
            filed_at=offer.filed_at,
            at=at,
            by_label=users.label(by),
        )
        for number, offer in enumerate(offers, start=1)
    )
    facts = {"offers": len(kept), "best": as_text(max(each.price for each in kept), "en")}
    audit.record(action="acquisition.envelopes", subject=acquisition, by=by, at=at, facts=facts)
    return kept


def ranking(acquisition: Acquisition) -> list[tuple[int | None, AuctionOffer]]:
    """Every offer with its rank, the one that would win first; a void one has none and comes last."""
    rows = {str(row.number): row for row in acquisition.offers.order_by("number")}
    base = acquisition.base_price
    if base is None:
        return [(None, row) for row in rows.values()]
    told = [_offer(row) for row in rows.values()]
    ties = ties_of(acquisition)
    ranked = [rows.pop(one.bidder) for one in auctions.ranked(told, base_price=base, ties=ties)]
    return [*enumerate(ranked, start=1), *((None, row) for row in rows.values())]


def ties_of(acquisition: Acquisition) -> tuple[str, ...]:
    """What decides between equal prices at an auction: the order in force on its day, or on the day
    on which the envelopes were opened where its day is not known."""
    opened_at = acquisition.offers.values_list("at", flat=True).first()
    on = acquisition.sale_on or clock.day_of(opened_at or acquisition.created_at)
    return auctions.order_of(parameters.value(TIES, on=on))


def _offer(row: AuctionOffer) -> Offer:
    return Offer(
        bidder=str(row.number),
        price=row.price,
        deposit=row.deposit,
        pays_in_days=row.pays_in_days,
        filed_at=row.filed_at,
    )


def _refuse_bad(acquisition: Acquisition, offers: Sequence[Offer]) -> None:
    ours = [offer for offer in offers if offer.bidder == OURS]
    if len(ours) != 1:
        raise NotOneOfOurs(_("One of the offers is ours, and only one."), field="offers")
    filed = acquisition.steps.filter(state="OFFER_FILED", amount__isnull=False).last()
    if filed and filed.amount != ours[0].price:
        raise BadOffer(_("We filed another price than this one."), field="price")
    if any(offer.price.amount <= 0 or offer.deposit.amount < 0 for offer in offers):
        raise BadOffer(_("An offer has a price above zero."), field="price")


def price_won(acquisition: Acquisition) -> Money:
    """The price at which a home was awarded to us: what is paid, or owed after a default (c.p.c. 587).

    Never that of our offer, which a contest leaves behind. Raises NoPriceWon.
    """
    award = acquisition.steps.filter(state="AWARDED", amount__isnull=False).last()
    if award is None or award.amount is None:
        raise NoPriceWon(_("No price is written down at which this home was awarded to us."))
    return award.amount
