"""The economic side of the homes over twelve months: rents, running costs and who paid them, result.

Exact inside; what is told of rents is a band, for the sum of a few rents, or how it grew from one
quarter to the next, would tell one household's. Book value is what was paid, not what a home is worth.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import asdict
from typing import Any

from django.db.models import Max, Sum

from backend.core import clock
from backend.core.models import Organisation
from backend.core.money import CENT
from backend.ledger.models import Account, Purpose, Transfer
from campaigns.models import Allotment, Campaign, CampaignDocument, Grant, OwnerCheck
from properties import disclosure

RUNNING = (
    Purpose.RATES,
    Purpose.INSURANCE,
    Purpose.MANAGEMENT,
    Purpose.FURNITURE,
    Purpose.RUNNING,
    Purpose.PROVIDER_FEES,
)
"""What homes and the house cost from year to year; purchases and works are no running costs."""

OWN, RAISED, GRANT = "own", "raised", "grant"


def of_issuer(organisation: Organisation, *, as_of: dt.date, book_cents: int) -> dict[str, Any]:
    """The twelve months until a day, JSON-ready; `book_cents` is what may be told of purchases and works.

    Nine queries. Costs are net of what came back; the result is rents less what own money paid.
    """
    since = a_year_before(as_of)
    costs = _costs(organisation, since, as_of)
    rents = _rents(organisation, since, as_of)
    own = sum(each["cents"] for each in costs if each["payer"] == OWN)
    shown = disclosure.rents(rents)
    assert shown.low is not None, "rents are told as a band"
    assert shown.high is not None, "rents are told as a band"
    return {
        "since": since.isoformat(),
        "rents": _json(shown),
        "costs": costs,
        "own_costs_cents": own,
        "result": _json(disclosure.band_of_cents(shown.low - own, shown.high - own)),
        "book_cents": book_cents,
        "rights": [_rights(campaign) for campaign in _raises(organisation, as_of)],
    }


def a_year_before(day: dt.date) -> dt.date:
    """The first of the twelve months that end with a day: 1 January for 31 December."""
    following = day + dt.timedelta(days=1)
    is_leap_day = (following.month, following.day) == (2, 29)
    return following.replace(year=following.year - 1, day=28 if is_leap_day else following.day)


def rents_cents(organisation: Organisation, *, since: dt.date, until: dt.date) -> int:
    """What tenants paid in a time, as the bank showed it: inside only."""
    return _rents(organisation, since, until)


def _rents(organisation: Organisation, since: dt.date, until: dt.date) -> int:
    moved = Transfer.objects.filter(entry__on__gte=since, entry__on__lte=until)
    of_tenants = {"kind": Account.Kind.PAYER, "fund__organisation": organisation}
    came, back = (
        moved.filter(
            **{f"{side}__{key}": value for key, value in of_tenants.items()},
            **{f"{side}__code__startswith": "tenancy:"},
        ).aggregate(sum=Sum("amount"))["sum"]
        for side in ("source", "target")
    )
    return int(((came or 0) - (back or 0)) / CENT)


def _costs(organisation: Organisation, since: dt.date, until: dt.date) -> list[dict[str, Any]]:
    """By purpose and fund what was paid for running, with who that fund is: own money, a raise, a grant."""
    found: dict[tuple[str, int], int] = defaultdict(int)
    names: dict[int, tuple[str, bool]] = {}
    for side, sign in (("target", 1), ("source", -1)):
        rows = Transfer.objects.filter(
            **{
                f"{side}__kind": Account.Kind.USE,
                f"{side}__purpose__in": RUNNING,
                f"{side}__fund__organisation": organisation,
            },
            entry__on__gte=since,
            entry__on__lte=until,
        )
        fund = f"{side}__fund"
        keys = (f"{side}__purpose", fund, f"{fund}__name", f"{fund}__is_restricted")
        for purpose, pk, name, restricted, amount in rows.values_list(*keys).annotate(
            Sum("amount")
        ):
            found[purpose, pk] += sign * int(amount / CENT)
            names[pk] = (name, restricted)
    grants = set(Grant.objects.filter(fund__in=names).values_list("fund", flat=True))
    order = list(RUNNING)
    return [
        {
            "purpose": purpose,
            "fund": names[fund][0],
            "payer": GRANT if fund in grants else RAISED if names[fund][1] else OWN,
            "cents": cents,
        }
        for (purpose, fund), cents in sorted(
            found.items(), key=lambda item: (order.index(Purpose(item[0][0])), item[0][1])
        )
        if cents
    ]


def _raises(organisation: Organisation, as_of: dt.date) -> list[Campaign]:
    allotted = Allotment.objects.filter(
        campaign__issuer=organisation, allotted_at__lt=clock.end_of(as_of)
    )
    return list(Campaign.objects.filter(pk__in=allotted.values("campaign")).order_by("pk"))


def _rights(campaign: Campaign) -> dict[str, Any]:
    """What holders may do: leave when control passes, read the accounts, since when they hold."""
    check = OwnerCheck.objects.filter(campaign=campaign).order_by("-checked_on", "-pk").first()
    accounts = campaign.documents.filter(kind=CampaignDocument.Kind.ACCOUNTS)
    newest = accounts.order_by("-published_at", "-pk").values_list("title", flat=True).first()
    allotted = campaign.allotments.aggregate(last=Max("allotted_at"))["last"]
    return {
        "campaign": campaign.slug,
        "titles": {"it": campaign.title_it, "en": campaign.title_en},
        "instrument": campaign.instrument,
        "exit_years": check.exit_years if check else None,
        "allotted_on": clock.day_of(allotted).isoformat(),
        "accounts": newest or "",
    }


def _json(shown: disclosure.Shown) -> dict[str, Any]:
    return {**asdict(shown), "telling": shown.telling.value}
