"""The four numbers of campaigns and pledges: promised, paid, settled, beyond recall. Set-based.

promised: placed and not revoked or lapsed. paid: confirmed by provider or bank, less returns.
settled: gross of what reached the restricted account by bank line or payout, less returns.
beyond recall: settled, and the time for disputes has ended. As of an instant where one is given.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from djmoney.money import Money

from backend.core import clock
from backend.core.money import ZERO
from backend.ledger import balances
from campaigns.models import Campaign, Interest, Payment, Pledge, Refund

# Card schemes let a holder dispute for about 120 days (weak source); a debit that nobody authorised goes
# back for thirteen months (SEPA direct debit core rulebook). Credit transfers are final at once.
RECALL_DAYS = {Payment.Method.CARD: 120, Payment.Method.DEBIT: 396}
FINAL = (Payment.Method.TRANSFER, Payment.Method.OPENING, Payment.Method.REMOTE)

# What is on the restricted account the moment we know of it.
AT_THE_BANK = (Payment.Method.TRANSFER, Payment.Method.OPENING)

Row = dict[str, Any]


@dataclass(frozen=True)
class CampaignFigures:
    """What stands for a campaign; `interest` only counts while nobody could pledge yet."""

    promised: Money = ZERO
    paid: Money = ZERO
    settled: Money = ZERO
    beyond_recall: Money = ZERO
    interest: Money = ZERO
    pledges: int = 0
    investors: int = 0
    interests: int = 0
    waitlisted: int = 0


@dataclass(frozen=True)
class PledgeFigures:
    """What a pledge received; `to_return` is money that is here and must go back."""

    pledged: Money
    paid: Money
    settled: Money
    is_ended: bool

    @property
    def shortfall(self) -> Money:
        return ZERO if self.is_ended else max(self.pledged - self.paid, ZERO)

    @property
    def to_return(self) -> Money:
        return self.paid if self.is_ended else max(self.paid - self.pledged, ZERO)

    @property
    def is_paid(self) -> bool:
        return not self.is_ended and self.paid >= self.pledged


@dataclass(frozen=True)
class UnderWay:
    """What is still in motion when somebody wants to close a campaign: numbers of pledges."""

    in_reflection: int
    unpaid: int
    unsettled: int


def of_campaign(campaign: Campaign, *, at: dt.datetime) -> CampaignFigures:
    """The figures of one campaign (see of_campaigns)."""
    return of_campaigns([campaign], at=at)[campaign.pk]


def of_campaigns(campaigns: Iterable[Campaign], *, at: dt.datetime) -> dict[int, CampaignFigures]:
    """The figures of campaigns by id, as of an instant; four queries however many campaigns.

    Money is as of the instant; promises are those that stand now.
    """
    ids = [campaign.pk for campaign in campaigns]
    if not ids:
        return {}
    promised, wishes = _promised(ids), wished(ids)
    came, went = _payments(ids, at), _returned(ids, at)
    return {
        pk: _together(promised.get(pk, {}), wishes.get(pk, {}), _less(came.get(pk), went.get(pk)))
        for pk in ids
    }


def of_pledge(pledge: Pledge) -> PledgeFigures:
    """The figures of one pledge (see of_pledges)."""
    return of_pledges([pledge])[pledge.pk]


def of_pledges(pledges: Sequence[Pledge]) -> dict[int, PledgeFigures]:
    """The figures of pledges by id, now; paid is read from the ledger. Three queries."""
    ids = [pledge.pk for pledge in pledges]
    received = balances.balances(pledge.payer_id for pledge in pledges)
    settled = _settled_by_pledge(ids)
    return {
        pledge.pk: PledgeFigures(
            pledged=pledge.amount,
            paid=-received[pledge.payer_id],
            settled=settled.get(pledge.pk, ZERO),
            is_ended=pledge.state in Pledge.ENDED,
        )
        for pledge in pledges
    }


def under_way(campaign: Campaign, *, at: dt.datetime) -> UnderWay:
    """Count pledges that may still be revoked, paid in time, or settled."""
    placed = list(campaign.pledges.filter(state__in=(Pledge.State.PLACED, Pledge.State.CONFIRMED)))
    found = of_pledges(placed)
    return UnderWay(
        in_reflection=sum(1 for p in placed if p.reflection_ends_at and at < p.reflection_ends_at),
        unpaid=sum(
            1 for p in placed if not found[p.pk].is_paid and p.pay_until and at < p.pay_until
        ),
        unsettled=sum(1 for p in placed if found[p.pk].settled < found[p.pk].paid),
    )


def fully_paid(pledges: Sequence[Pledge]) -> list[Pledge]:
    """Those whose whole amount reached the restricted account, in the order given."""
    found = of_pledges(pledges)
    return [pledge for pledge in pledges if found[pledge.pk].settled >= pledge.amount]


def counted(campaign: Campaign) -> Money:
    """What of an offer counts towards its minimum: the orders that stand and whose whole amount reached
    the restricted account. Neither what is on its way back, nor a part of an order, nor what came
    beyond one. Four queries."""
    standing = Pledge.objects.filter(campaign=campaign, state__in=Pledge.STANDING)
    # Of the few that had money returned what is left is asked one by one; the rest are one sum.
    went = Refund.objects.filter(payment__pledge__in=standing, returned_at__isnull=False)
    returned = set(went.values_list("payment__pledge", flat=True))
    came = Payment.objects.filter(
        settled_payments(),
        pledge__campaign=campaign,
        pledge__state__in=Pledge.STANDING,
    ).exclude(pledge__in=returned)
    by_pledge = (
        came.order_by().values("pledge").annotate(sum=Sum("amount"), due=Max("pledge__amount"))
    )
    whole = by_pledge.filter(sum__gte=F("due")).aggregate(total=Sum("due"))["total"]
    rest = fully_paid(list(standing.filter(pk__in=returned)))
    return as_euro(whole) + sum((pledge.amount for pledge in rest), ZERO)


def stage(pledge: Pledge, figures: PledgeFigures, *, at: dt.datetime) -> str:
    """Where a pledge is, as a person sees it: an act, or what follows from money and time."""
    if pledge.state in Pledge.ENDED:
        return _stage_of_ended(pledge, figures)
    if pledge.state in (Pledge.State.STARTED, Pledge.State.ALLOTTED, Pledge.State.WAITLISTED):
        return str(pledge.state)
    if figures.is_paid:
        return "paid"
    if figures.paid > ZERO:
        return "part_paid"
    if pledge.reflection_ends_at is not None and at < pledge.reflection_ends_at:
        return "in_reflection"
    return "awaiting_payment"


def _stage_of_ended(pledge: Pledge, figures: PledgeFigures) -> str:
    if figures.to_return > ZERO:
        return "refund_due"
    was_paid = pledge.payments.exists()
    return "refunded" if was_paid else str(pledge.state)


# --- The queries -----------------------------------------------------------------------------------


def settled_payments(at: dt.datetime | None = None) -> Q:
    """Payments whose gross reached the restricted account: transfers, and cards paid out."""
    arrived = Q(payout_item__payout__arrived_at__isnull=False)
    if at is not None:
        arrived = Q(payout_item__payout__arrived_at__lte=at)
    return Q(method__in=AT_THE_BANK) | arrived


def _beyond_recall(at: dt.datetime) -> Q:
    final = Q(method__in=FINAL)
    for method, days in RECALL_DAYS.items():
        final |= Q(method=method, received_at__lt=clock.end_of(_day_ago(at, days)))
    return final


def _day_ago(at: dt.datetime, days: int) -> dt.date:
    return clock.day_of(at) - dt.timedelta(days=days)


def _payments(ids: Sequence[int], at: dt.datetime) -> dict[int, Row]:
    rows = Payment.objects.filter(pledge__campaign__in=ids, received_at__lte=at)
    return _by_campaign(
        rows.values(about=F("pledge__campaign")).annotate(
            paid=Sum("amount"),
            settled=Sum("amount", filter=settled_payments(at)),
            beyond_recall=Sum("amount", filter=settled_payments(at) & _beyond_recall(at)),
        )
    )


def _returned(ids: Sequence[int], at: dt.datetime) -> dict[int, Row]:
    rows = Refund.objects.filter(payment__pledge__campaign__in=ids, returned_at__lte=at)
    settled = _of_refunds(settled_payments(at))
    return _by_campaign(
        rows.values(about=F("payment__pledge__campaign")).annotate(
            paid=Sum("amount"),
            settled=Sum("amount", filter=settled),
            beyond_recall=Sum("amount", filter=settled & _of_refunds(_beyond_recall(at))),
        )
    )


def _of_refunds(condition: Q) -> Q:
    """The same condition, asked of a refund's payment."""
    moved = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            moved.children.append(_of_refunds(child))
        elif isinstance(child, tuple):
            name, value = child
            moved.children.append((f"payment__{name}", value))
    return moved


def _promised(ids: Sequence[int]) -> dict[int, Row]:
    standing = Q(state__in=Pledge.STANDING)
    return _by_campaign(
        Pledge.objects.filter(campaign__in=ids)
        .values(about=F("campaign"))
        .annotate(
            promised=Sum("amount", filter=standing),
            pledges=Count("id", filter=standing),
            investors=Count("investor", filter=standing, distinct=True),
            waitlisted=Count("id", filter=Q(state=Pledge.State.WAITLISTED)),
        )
    )


def wished(ids: Sequence[int]) -> dict[int, Row]:
    """Sum and number of the interests that stand, by campaign."""
    live = Interest.objects.live().filter(campaign__in=ids)
    return _by_campaign(
        live.values(about=F("campaign")).annotate(interest=Sum("amount"), interests=Count("id"))
    )


def paid_by_pledge(ids: Sequence[int], *, at: dt.datetime) -> dict[int, Money]:
    """What pledges had paid at an instant, less what had gone back by then. Two queries."""
    came = Payment.objects.filter(pledge__in=ids, received_at__lte=at)
    return _less_by_pledge(came, Refund.objects.filter(returned_at__lte=at), ids)


def _settled_by_pledge(ids: Sequence[int]) -> dict[int, Money]:
    came = Payment.objects.filter(settled_payments(), pledge__in=ids)
    settled = _of_refunds(settled_payments())
    return _less_by_pledge(came, Refund.objects.filter(settled, returned_at__isnull=False), ids)


def _less_by_pledge(
    came: QuerySet[Payment], went: QuerySet[Refund], ids: Sequence[int]
) -> dict[int, Money]:
    went = went.filter(payment__pledge__in=ids)
    plus = dict(came.values_list("pledge").annotate(sum=Sum("amount")).order_by())
    minus = dict(went.values_list("payment__pledge").annotate(sum=Sum("amount")).order_by())
    return {pk: as_euro(amount - minus.get(pk, 0)) for pk, amount in plus.items()}


def _by_campaign(rows: Iterable[Any]) -> dict[int, Row]:
    """Rows of sums, by the campaign that they are `about`."""
    return {row["about"]: row for row in rows}


def _less(came: Row | None, went: Row | None) -> Row:
    names = ("paid", "settled", "beyond_recall")
    plus, minus = came or {}, went or {}
    return {name: (plus.get(name) or 0) - (minus.get(name) or 0) for name in names}


def _together(promised: Row, wishes: Row, money: Row) -> CampaignFigures:
    return CampaignFigures(
        promised=as_euro(promised.get("promised")),
        paid=as_euro(money["paid"]),
        settled=as_euro(money["settled"]),
        beyond_recall=as_euro(money["beyond_recall"]),
        interest=as_euro(wishes.get("interest")),
        pledges=promised.get("pledges", 0),
        investors=promised.get("investors", 0),
        interests=wishes.get("interests", 0),
        waitlisted=promised.get("waitlisted", 0),
    )


def as_euro(amount: Decimal | int | None) -> Money:
    return Money(amount or 0, "EUR")
