"""The tax relief that an issuer's status opens on a day: rates and ceilings read from dated parameters.

What follows from them is pure (`rules.tax_relief`); the certificate is in `certificates`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock, parameters
from backend.core.models import Organisation, Parameter
from backend.core.money import euro
from campaigns import stakes
from campaigns.models import Allotment, ChangeOfHolder, IssuerStatus
from campaigns.rules import tax_relief
from campaigns.rules.tax_relief import Passed, Scheme, StartUp
from investors.models import Investor


def scheme(name: str, *, is_person: bool, on: dt.date) -> Scheme | None:
    """A scheme (ORDINARY, DE_MINIMIS) as it stood on a day; None where the law knew none."""
    who = "person" if is_person else "body"
    try:
        rate = parameters.value(tax_relief.RATE.format(name), on=on)
        ceiling = parameters.value(tax_relief.YEARLY_CEILING.format(name, who), on=on)
    except Parameter.DoesNotExist:
        return None
    return Scheme(Decimal(rate), euro(ceiling))


def start_up(issuer: Organisation, *, on: dt.date) -> StartUp:
    """Since when an issuer is an innovative start-up on a day, and what it raised; the newest status
    that is in force counts, and without one it is none."""
    in_force = IssuerStatus.objects.filter(
        Q(until=None) | Q(until__gt=on),
        issuer=issuer,
        status=IssuerStatus.Status.STARTUP,
        since__lte=on,
    )
    newest = in_force.order_by("-recorded_at", "-id").first()
    if newest is None:
        return StartUp(registered_on=None)
    raised = Allotment.objects.filter(
        campaign__issuer=issuer, allotted_at__gte=clock.start_of(newest.since)
    ).aggregate(sum=Sum("amount"))["sum"]
    return StartUp(newest.since, Money(raised or 0, "EUR"))


def passes(allotment: Allotment) -> list[Passed]:
    """How shares of an entry passed on since, as the rules of the relief want to know it."""
    kinds = ChangeOfHolder.Kind
    return [
        Passed(
            on=each.happened_on,
            giver=each.giver_id,
            taker=each.taker_id,
            is_gift=each.kind == kinds.GIFT,
            is_sale=each.kind == kinds.SALE,
        )
        for each in allotment.changes.order_by("happened_on", "id")
    ]


@dataclass(frozen=True)
class Asked:
    """A relief that somebody asks for on what they subscribed."""

    allotment: Allotment
    scheme: str

    @property
    def is_person(self) -> bool:
        return self.allotment.pledge.investor.kind == Investor.Kind.PERSON


def lacks(asked: Asked, *, on: dt.date) -> list[str]:
    """What stands against the relief on a payment of a day (I9, I10); empty: nothing does."""
    issuer = start_up(asked.allotment.campaign.issuer, on=on)
    found = tax_relief.lacks(issuer, stakes.of_subscriber(asked.allotment), on=on)
    is_closed = asked.scheme == tax_relief.DE_MINIMIS and not tax_relief.may_choose_de_minimis(
        issuer, is_person=asked.is_person, on=on
    )
    if is_closed or _scheme_of(asked, on) is None:
        found.append(_("This relief is not open for this payment."))
    return [str(each) for each in found]


def years(asked: Asked, payments: Iterable[tuple[dt.date, Money]]) -> list[tax_relief.Year]:
    """What payments come to, each at the rate of its day; those that the relief is not open for are
    left out."""
    open_ones = [(on, amount) for on, amount in payments if not lacks(asked, on=on)]
    schemes = {on: _scheme_of(asked, on) for on, _amount in open_ones}
    return tax_relief.by_year(
        tax_relief.Payment(on, amount, found)
        for on, amount in open_ones
        if (found := schemes[on]) is not None
    )


def _scheme_of(asked: Asked, on: dt.date) -> Scheme | None:
    return scheme(asked.scheme, is_person=asked.is_person, on=on)
