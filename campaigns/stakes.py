"""What part of an issuer an investor holds, and how much it supplies: both may close the tax relief (I10).

Shares of every offer of the issuer count, with what passed on since, and what was stated of capital
beside our offers (`ties`). The bounds are in `rules.tax_relief`.
"""

import datetime as dt
from decimal import Decimal

from django.db.models import F, QuerySet, Sum
from djmoney.money import Money

from backend.core import clock
from backend.core.models import Organisation
from campaigns.models import Allotment, Campaign, ChangeOfHolder, IssuerTie
from campaigns.rules.tax_relief import Subscriber
from investors.models import Investor

NOTHING = Decimal(0)


def of_subscriber(allotment: Allotment) -> Subscriber:
    """What the relief asks of who subscribed, as of the day on which they got these shares."""
    investor, issuer = allotment.pledge.investor, allotment.campaign.issuer
    tie = IssuerTie.objects.filter(issuer=issuer, investor=investor).order_by("-id").first()
    held = capital_percent(issuer, investor, on=clock.day_of(allotment.allotted_at))
    votes = tie.votes_percent if tie and tie.votes_percent is not None else NOTHING
    return Subscriber(max(held, votes), _supplied(allotment, tie))


def capital_percent(issuer: Organisation, investor: Investor, *, on: dt.date) -> Decimal:
    """The part of an issuer's capital that an investor holds at the end of a day, in percent.

    The capital is that of the newest offer whose terms name it; 0 where none does.
    """
    entries = Allotment.objects.filter(campaign__issuer=issuer, allotted_at__lt=clock.end_of(on))
    whole = _capital(issuer, entries)
    if whole == NOTHING:
        return NOTHING
    tie = IssuerTie.objects.filter(issuer=issuer, investor=investor).order_by("-id").first()
    passed = ChangeOfHolder.objects.filter(allotment__in=entries, happened_on__lte=on)
    held = (
        _nominal(entries.filter(pledge__investor=investor), "campaign")
        + _nominal(passed.filter(taker=investor), "allotment__campaign")
        - _nominal(passed.filter(giver=investor), "allotment__campaign")
        + (tie.other_capital.amount if tie else NOTHING)
    )
    return held * 100 / whole


def _capital(issuer: Organisation, entries: QuerySet[Allotment]) -> Decimal:
    """The capital after the newest offer: what its terms say stood before, and what it added."""
    newest = entries.order_by("-allotted_at").values("campaign")[:1]
    campaign = Campaign.objects.filter(pk__in=newest, issuer=issuer).first()
    if campaign is None or campaign.nominal_per_share is None or campaign.capital_before is None:
        return NOTHING
    added = _nominal(entries.filter(campaign=campaign), "campaign")
    before: Decimal = campaign.capital_before.amount
    return before + added


def _nominal(rows: QuerySet[Allotment] | QuerySet[ChangeOfHolder], campaign: str) -> Decimal:
    """The nominal value of the shares in some rows; shares of unknown value count for nothing."""
    value = F("shares") * F(f"{campaign}__nominal_per_share")
    return rows.aggregate(sum=Sum(value))["sum"] or NOTHING


def _supplied(allotment: Allotment, tie: IssuerTie | None) -> Decimal:
    """What was invoiced in percent of what the investor put into this offer."""
    if tie is None or not tie.invoiced.amount:
        return NOTHING
    own = allotment.campaign.allotments.filter(pledge__investor=allotment.pledge.investor_id)
    invested = Money(own.aggregate(sum=Sum("amount"))["sum"], "EUR")
    percent: Decimal = tie.invoiced.amount * 100 / invested.amount
    return percent
