"""What a proof states, gathered from register, ledger and dated data, and how it is worded.

Facts are JSON, so that two of them can be compared and hashed; `certificates` freezes them. Money is
what is paid now: received, less returned, less what a card's holder took back.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.db.models import Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext
from djmoney.money import Money

from backend.core import clock
from backend.core.money import ZERO, as_text, euro
from campaigns import reliefs, stakes
from campaigns.models import (
    Allotment,
    Certificate,
    Chargeback,
    Payment,
    Pledge,
)
from campaigns.rules import tax_relief
from investors.models import Investor

Kind = Certificate.Kind
SCHEMES = (tax_relief.ORDINARY, tax_relief.DE_MINIMIS)


def gather(
    allotment: Allotment, *, kind: str, scheme: str = "", at: dt.datetime
) -> dict[str, Any] | None:
    """The facts of a proof as they stand; None when everything went back, and nothing is left to prove."""
    money = money_of([allotment.pledge])[allotment.pledge_id]
    return stated(allotment, money, kind=kind, scheme=scheme)


def stated(
    allotment: Allotment, money: "Paid", *, kind: str, scheme: str = ""
) -> dict[str, Any] | None:
    """The same from what is known of the money; of a contract and a subscription without a query."""
    pledge, campaign, payments = allotment.pledge, allotment.campaign, money.payments
    received = sum((amount for _on, amount, _how in payments), ZERO)
    paid = tax_relief.certified(received, money.taken_back)
    if paid is None:
        return None
    found = {
        "issuer": campaign.issuer.name,
        "campaign": campaign.title_it,
        "instrument": campaign.instrument,
        "investor": pledge.investor.name,
        "tax_code": pledge.investor.tax_code,
        "register_number": allotment.register_number,
        "shares": allotment.shares,
        "amount": str(allotment.amount.amount),
        "paid": str(paid.amount),
        "payments": [
            {"on": on.isoformat(), "amount": str(amount.amount), "method": how}
            for on, amount, how in payments
        ],
        "allotted_on": clock.day_of(allotment.allotted_at).isoformat(),
        "is_synthetic": campaign.is_synthetic,
    }
    if kind == Kind.CONTRACT:
        found |= _of_contract(pledge)
    if kind == Kind.TAX_RELIEF:
        found |= _of_relief(allotment, scheme or tax_relief.ORDINARY, payments[-1][0])
    return found


@dataclass(frozen=True)
class Paid:
    """What came for a pledge and stayed: day, amount less returns, way; and what a card took back."""

    payments: list[tuple[dt.date, Money, str]]
    taken_back: Money


def money_of(pledges: Sequence[Pledge]) -> dict[int, Paid]:
    """What is paid of some pledges now, by id; two queries however many."""
    ids = [pledge.pk for pledge in pledges]
    returned = Sum("refunds__amount", filter=Q(refunds__returned_at__isnull=False))
    rows = Payment.objects.filter(pledge__in=ids).annotate(went=returned)
    came: dict[int, list[tuple[dt.date, Money, str]]] = {pk: [] for pk in ids}
    for row in rows.order_by("received_at", "id"):
        kept = row.amount - Money(row.went or 0, "EUR")
        if kept > ZERO:
            came[row.pledge_id].append((clock.day_of(row.received_at), kept, str(row.method)))
    taken = Chargeback.objects.filter(payment__pledge__in=ids, reinstated_at=None, repaid_at=None)
    sums = dict(taken.order_by().values_list("payment__pledge").annotate(Sum("amount")))
    return {pk: Paid(came[pk], Money(sums.get(pk) or 0, "EUR")) for pk in ids}


def of_holding(
    allotment: Allotment, who: Investor, shares: int, *, at: dt.datetime
) -> dict[str, Any] | None:
    """The facts of somebody who holds shares of an entry now; None for who holds none of it.

    What was paid for them is nobody's but the subscriber's to prove.
    """
    facts = gather(allotment, kind=Kind.HOLDING, at=at)
    if facts is None or not shares:
        return None
    price = Decimal(facts["amount"]) / allotment.shares
    return {name: value for name, value in facts.items() if name != "paid"} | {
        "investor": who.name,
        "tax_code": who.tax_code,
        "shares": shares,
        "amount": str(price * shares),
        "payments": [],
        "held_on": clock.day_of(at).isoformat(),
    }


def was_sold_early(allotment: Allotment) -> bool:
    """Whether who subscribed, or got shares from them as a gift, sold some before the relief on the
    payments is safe (I9.holding, I9.gift)."""
    payments, passes = _payments(allotment.pledge), reliefs.passes(allotment)
    bound = tax_relief.bound(allotment.pledge.investor_id, passes)
    return any(
        not tax_relief.keeps_relief(paid_on=on, sold_on=each.on)
        for each in passes
        for on, _amount, _how in payments
        if each.is_sale and each.giver in bound
    )


def lacks(allotment: Allotment, *, kind: str, scheme: str = "") -> list[str | Promise]:
    """What stands against a proof; empty but for the tax relief, which has conditions (I9, I10)."""
    if kind != Kind.TAX_RELIEF:
        return []
    pledge, on = allotment.pledge, _payments(allotment.pledge)[-1][0]
    issuer = reliefs.start_up(allotment.campaign.issuer, on=on)
    found = tax_relief.lacks(issuer, stakes.of_subscriber(allotment), on=on)
    if was_sold_early(allotment):
        found.append(gettext("Shares of this entry were sold within three years."))
    is_person = pledge.investor.kind == Investor.Kind.PERSON
    if (scheme or tax_relief.ORDINARY) not in SCHEMES or (
        scheme == tax_relief.DE_MINIMIS
        and not tax_relief.may_choose_de_minimis(issuer, is_person=is_person, on=on)
    ):
        found.append(gettext("This relief is not open for this payment."))
    return found


def _of_contract(pledge: Pledge) -> dict[str, Any]:
    last = pledge.reflection_last_day
    return {
        "ordered_at": pledge.first_at.isoformat(),
        "terms_version": pledge.terms_version,
        "use_of_funds": pledge.campaign.use_of_funds,
        "reflection_last_day": last.isoformat() if last else "",
    }


def _of_relief(allotment: Allotment, scheme: str, on: dt.date) -> dict[str, Any]:
    """Status, rate and ceiling as they were on the day of the last payment."""
    since = reliefs.start_up(allotment.campaign.issuer, on=on).registered_on
    # What is not open for a body has no ceiling for it: `lacks` says so.
    is_person = allotment.pledge.investor.kind == Investor.Kind.PERSON
    open_to_person = is_person or scheme == tax_relief.DE_MINIMIS
    found = reliefs.scheme(scheme, is_person=open_to_person, on=on) if scheme in SCHEMES else None
    return {
        "scheme": scheme,
        "rate_percent": str(found.rate_percent) if found else "",
        "yearly_ceiling": str(found.yearly_ceiling.amount) if found else "",
        "registered_on": since.isoformat() if since else "",
    }


def _payments(pledge: Pledge) -> list[tuple[dt.date, Money, str]]:
    """What came and stayed: day, amount less what was returned of it, and how."""
    return money_of([pledge])[pledge.pk].payments


# --- Wording ------------------------------------------------------------------------------------------


def document(data: dict[str, Any], *, kind: str, language: str) -> dict[str, Any]:
    """What the document shows, in the active language."""
    facts = data["facts"]
    issued = dt.datetime.fromisoformat(data["issued_at"])
    day = clock.day_of(issued)
    return {
        "title": _titles()[kind],
        "language": language[:2],
        "issuer": facts["issuer"],
        "number": data["number"],
        "replaces": gettext("It replaces %(number)s, which was withdrawn.")
        % {"number": data["replaces"]}
        if data["replaces"]
        else "",
        "day": [day.year, day.month, day.day],
        "issued": _day(day.isoformat(), language),
        "lead": _leads()[kind] % {"issuer": facts["issuer"], "investor": facts["investor"]},
        "rows": _rows(facts, kind, language),
        "payments": [
            [_day(each["on"], language), as_text(euro(each["amount"]), language)]
            for each in facts["payments"]
        ],
        "notes": _notes(kind),
        "synthetic": gettext("SYNTHETIC: EVERYTHING IN THIS DOCUMENT IS INVENTED")
        if facts["is_synthetic"]
        else "",
        "words": {
            "payments": gettext("What was paid"),
            "day": gettext("Day"),
            "amount": gettext("Amount"),
            "number": gettext("Number"),
            "hash": gettext("hash of the contents"),
        },
    }


def _titles() -> dict[str, str]:
    return {
        Kind.CONTRACT: gettext("Subscription contract"),
        Kind.SUBSCRIPTION: gettext("Proof of subscription"),
        Kind.HOLDING: gettext("Proof of holding"),
        Kind.TAX_RELIEF: gettext("Certificate for the tax relief"),
    }


def _leads() -> dict[str, str]:
    return {
        Kind.CONTRACT: gettext(
            "%(investor)s subscribed the shares below, and %(issuer)s allotted them, on the terms of "
            "the offer in the version named here."
        ),
        Kind.SUBSCRIPTION: gettext(
            "%(issuer)s states that %(investor)s subscribed and paid the shares below and stands in "
            "the register of members."
        ),
        Kind.HOLDING: gettext(
            "%(issuer)s states that %(investor)s holds the shares below and stands in the register of "
            "members."
        ),
        Kind.TAX_RELIEF: gettext(
            "%(issuer)s states, for the tax relief of who invests in innovative start-ups, that "
            "%(investor)s made the payments below towards an increase of capital."
        ),
    }


def _notes(kind: str) -> list[str]:
    """What a reader must know of it."""
    if kind == Kind.CONTRACT:
        return [
            gettext("No right to a dividend follows while the issuer is an innovative start-up.")
        ]
    if kind in (Kind.SUBSCRIPTION, Kind.HOLDING):
        return [gettext("It is no security and cannot be traded; what counts is the register.")]
    return [
        gettext("Who sells within three years loses the relief, with interest."),
        gettext("It is void for whatever is paid back, and a new one is issued then."),
    ]


def _rows(facts: dict[str, Any], kind: str, language: str) -> list[list[str]]:
    rows = [
        [gettext("Investor"), facts["investor"]],
        [gettext("Tax code"), facts["tax_code"]],
        [gettext("Offer"), facts["campaign"]],
        [gettext("Number in the register"), str(facts["register_number"])],
        [gettext("Shares"), str(facts["shares"])],
        [gettext("Amount subscribed"), as_text(euro(facts["amount"]), language)],
        [gettext("Allotted on"), _day(facts["allotted_on"], language)],
    ]
    if kind == Kind.HOLDING:
        rows.append([gettext("As of"), _day(facts["held_on"], language)])
    else:
        rows.insert(-1, [gettext("Paid"), as_text(euro(facts["paid"]), language)])
    if kind == Kind.CONTRACT:
        rows.append([gettext("Version of the terms"), str(facts["terms_version"])])
    if kind == Kind.TAX_RELIEF:
        rows += [
            [gettext("Innovative start-up since"), _day(facts["registered_on"], language)],
            [gettext("Rate"), f"{facts['rate_percent']} %"],
            [gettext("At most in a year"), as_text(euro(facts["yearly_ceiling"]), language)],
            [gettext("Reason of the payment"), "versamento in conto aumento di capitale"],
        ]
    return rows


def _day(text: str, language: str) -> str:
    return format_date(dt.date.fromisoformat(text), "d MMMM y", locale=language[:2])
