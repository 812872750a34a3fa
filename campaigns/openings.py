"""Opening balances: pledges and held money that an issuer has already, taken over with their evidence.

The list is read like a platform's file (one column per field, named as the field) with what each order
had paid on the day. It is tried before anybody is asked, and applied once a second person agreed. The
money is the opening balance of the restricted account's first statement, divided among its payers.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, audit, clock, tables, users
from backend.core.errors import Conflict, Refused, RuleBroken
from backend.core.models import Approval
from backend.core.money import ZERO, euro
from backend.core.users import Actor
from backend.treasury import allocations
from backend.treasury.allocations import Part
from backend.treasury.line_rows import OPENING
from backend.treasury.models import BankLine
from campaigns import endings, figures, order_rows, places, platform_orders, pledges, purses
from campaigns.models import Campaign, Opening, Payment
from campaigns.order_rows import Fault, OrderRow
from campaigns.orders import Order

ACTION = "campaign.opening"
PAID, PAID_ON = "paid", "paid_on"
COLUMNS = {name: name for name in order_rows.FIELDS}


class OpeningFaulty(Refused):
    """Something in the list is wrong; `facts["faults"]` tells all, by line and field."""

    code = "opening.faulty"


class TooLate(Conflict):
    code = "opening.too_late"


class NoOpeningBalance(Conflict):
    code = "opening.no_balance"


@dataclass(frozen=True)
class Told:
    """A list as it is handed in: of which day it is, and what proves it."""

    raw: bytes
    as_of: dt.date
    evidence: str


class _Undone(Exception):
    """Takes a trial back."""


def ask(*, campaign: Campaign, told: Told, by: Actor, at: dt.datetime) -> Approval:
    """Try a list, keep it, and ask a second person to apply it.

    Raises OpeningFaulty with every fault, TooLate once another opening was applied, NoOpeningBalance
    and AlreadyExplained while the bank has not shown that the money is there.
    """
    _refuse_late(campaign)
    rows = _rows(campaign, told)
    with transaction.atomic():
        opening = Opening.objects.create(
            campaign=campaign,
            as_of=told.as_of,
            evidence=told.evidence[:300],
            rows=[_kept(row, paid, on) for row, paid, on in rows],
            content_hash=hashlib.sha256(told.raw).hexdigest(),
            asked_at=at,
            by_label=users.label(by),
        )
        _try(opening, by, at)
        facts = {"rows": len(rows), "hash": opening.content_hash, "evidence": opening.evidence}
        audit.record(action="opening.asked", subject=opening, by=by, at=at, facts=facts)
        return approvals.request(action=ACTION, subject=opening, by=by, at=at)


def apply(opening: Opening, *, by: Actor, at: dt.datetime) -> Opening:
    """Make the pledges of a list and book what they had paid as held; follows the approval."""
    with transaction.atomic():
        campaign = places.lock(opening.campaign)
        _refuse_late(campaign)
        faults = _apply(opening, campaign, by, at)
        if faults:
            raise OpeningFaulty(
                _("Nothing was applied: %(n)s rows of the file are wrong.") % {"n": len(faults)},
                faults=[vars(fault) for fault in faults],
            )
        Opening.objects.filter(pk=opening.pk, applied_at=None).update(applied_at=at)
        audit.record(action="opening.applied", subject=opening, by=by, at=at)
    opening.refresh_from_db()
    return opening


# --- Reading ----------------------------------------------------------------------------------------


def _rows(campaign: Campaign, told: Told) -> list[tuple[OrderRow, Money, dt.date]]:
    table = tables.read(told.raw)
    columns = {name: name for name in COLUMNS if name in table.header}
    order_rows.check_mapping(columns)
    rows, faults = order_rows.read(table=table, columns=columns, price=campaign.price_per_share)
    cells = {row.line: row.cells for row in table.rows}
    found = []
    for row in rows:
        paid = order_rows.amount_of(cells[row.line].get(PAID, "") or "0")
        on = order_rows.day_of(cells[row.line].get(PAID_ON, "")) or told.as_of
        fault = _fault(campaign, row, paid, on, told)
        if fault:
            faults.append(Fault(row.line, PAID, str(fault)))
        else:
            assert paid is not None, "an amount that cannot be read is a fault"
            found.append((row, paid, on))
    if faults:
        raise OpeningFaulty(
            _("Nothing was applied: %(n)s rows of the file are wrong.") % {"n": len(faults)},
            faults=[vars(fault) for fault in sorted(faults, key=lambda fault: fault.line)],
        )
    return found


def _fault(
    campaign: Campaign, row: OrderRow, paid: Money | None, on: dt.date, told: Told
) -> object:
    if paid is None:
        return _("Write an amount, such as 500 or 1250.50.")
    if paid > campaign.price_per_share * row.shares or (row.is_revoked and paid > ZERO):
        return _("More is paid than is pledged: take over only what stands.")
    return _("Nobody paid after the day of the list.") if on > told.as_of else None


def _kept(row: OrderRow, paid: Money, on: dt.date) -> dict[str, Any]:
    return row.facts() | {
        "line": row.line,
        "order_id": row.order_id,
        "paid": str(paid.amount),
        "paid_on": on.isoformat(),
    }


def _told(kept: dict[str, Any]) -> OrderRow:
    """The order of a kept row."""
    born = kept["born_on"]
    return OrderRow(
        **{name: kept[name] for name in ("line", "order_id", "tax_code", "name", "shares")},
        **{name: kept[name] for name in ("is_revoked", "kind", "email", "iban")},
        ordered_at=dt.datetime.fromisoformat(kept["ordered_at"]),
        born_on=dt.date.fromisoformat(born) if born else None,
    )


# --- Applying ---------------------------------------------------------------------------------------


def _try(opening: Opening, by: Actor, at: dt.datetime) -> None:
    faults: list[Fault] = []
    try:
        with transaction.atomic():
            faults = _apply(opening, places.lock(opening.campaign), by, at)
            raise _Undone
    except _Undone:
        pass
    if faults:
        raise OpeningFaulty(
            _("Nothing was applied: %(n)s rows of the file are wrong.") % {"n": len(faults)},
            faults=[vars(fault) for fault in faults],
        )


def _apply(opening: Opening, campaign: Campaign, by: Actor, at: dt.datetime) -> list[Fault]:
    faults: list[Fault] = []
    payments: list[Payment] = []
    for kept in sorted(opening.rows, key=lambda kept: (kept["ordered_at"], kept["line"])):
        if kept["is_revoked"]:
            continue
        try:
            with transaction.atomic():
                payments += _take_over(opening, campaign, kept, by, at)
        except RuleBroken as problem:
            faults.append(Fault(kept["line"], "", str(problem)))
    if not faults:
        _book(opening, campaign, payments, by, at)
    return faults


def _take_over(
    opening: Opening, campaign: Campaign, kept: dict[str, Any], by: Actor, at: dt.datetime
) -> Sequence[Payment]:
    row, paid = _told(kept), euro(Decimal(kept["paid"]))
    investor = platform_orders.investor_of(campaign, row, by=by, at=at)
    order = Order(campaign, investor, row.shares, ordered_at=row.ordered_at)
    pledge = pledges.mirror(order=order, by=by, at=at)
    if paid == ZERO:
        return []
    payment = Payment(
        pledge=pledge,
        method=Payment.Method.OPENING,
        provider_id=f"opening:{opening.pk}:{row.order_id}",
        amount=paid,
        received_at=clock.start_of(dt.date.fromisoformat(kept["paid_on"])),
        learnt_at=at,
    )
    return [payment]


def _book(
    opening: Opening,
    campaign: Campaign,
    payments: Sequence[Payment],
    by: Actor,
    at: dt.datetime,
) -> None:
    """Divide what the restricted account opened with among those who had paid it."""
    made = Payment.objects.bulk_create(payments)
    line = _opening_line(campaign) if made else None
    for payment in made:
        assert line is not None, "money that was taken over stands on a line"
        part = Part(
            line=line,
            amount=payment.amount,
            source=payment.pledge.payer,
            target=purses.held(campaign),
            reason=f"taken over: {opening.evidence}",
        )
        allocations.allocate_many([part], by=by, at=at)
    found = figures.of_pledges([payment.pledge for payment in made])
    whole = [payment.pledge for payment in made if found[payment.pledge_id].is_paid]
    endings.expect_no_more(whole, by=by, at=at, reason="was paid before the opening")


def _opening_line(campaign: Campaign) -> BankLine:
    """The balance before the first statement of the restricted account."""
    lines = BankLine.objects.filter(account=campaign.restricted_account, identity=OPENING)
    line = lines.first()
    if line is None:
        raise NoOpeningBalance(
            _("Hand in the first statement of the restricted account: it opens with this money."),
            campaign=campaign.slug,
        )
    return line


def _refuse_late(campaign: Campaign) -> None:
    if campaign.openings.exclude(applied_at=None).exists():
        raise TooLate(
            _("This campaign has taken over its opening already."), campaign=campaign.slug
        )
