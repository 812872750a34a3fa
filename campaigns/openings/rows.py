"""The list of an opening: pledges with what each had paid, read, kept, and read back. Nothing is booked.

It is read like a platform's file, one column per field, named as the field.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import tables
from backend.core.errors import Refused
from backend.core.money import ZERO
from campaigns import order_rows
from campaigns.models import Campaign, Opening
from campaigns.order_rows import Fault, OrderRow
from investors.models import Investor

PAID, PAID_ON = "paid", "paid_on"
COLUMNS = {name: name for name in order_rows.FIELDS}
NOBODY = {"tax_code": "", "name": "—", "born_on": None, "email": "", "iban": ""}
Kept = dict[str, Any]


class OpeningFaulty(Refused):
    """Something in the list is wrong; `facts["faults"]` tells all, by line and field."""

    code = "opening.faulty"


@dataclass(frozen=True)
class Told:
    """A list as it is handed in: of which day it is, and what proves it.

    `released_on` is when all of it was released to the issuer, where that was done elsewhere; `left` is
    what of it the first statement of the issuer's account opens with, the rest having been spent.
    """

    raw: bytes
    as_of: dt.date
    evidence: str
    released_on: dt.date | None = None
    left: Money | None = None


def read(campaign: Campaign, told: Told) -> list[Kept]:
    """The rows of a list as they are kept. Raises OpeningFaulty with every fault."""
    table = tables.read(told.raw)
    columns = {name: name for name in COLUMNS if name in table.header}
    order_rows.check_mapping(columns)
    rows, faults = order_rows.read(table=table, columns=columns, price=campaign.price_per_share)
    cells = {row.line: row.cells for row in table.rows}
    found = []
    for row in rows:
        paid = order_rows.amount_of(cells[row.line].get(PAID, "") or "0")
        on = order_rows.day_of(cells[row.line].get(PAID_ON, "")) or told.as_of
        fault = _fault(campaign.price_per_share * row.shares, row, paid, on, told)
        if fault:
            faults.append(Fault(row.line, PAID, str(fault)))
        else:
            assert paid is not None, "an amount that cannot be read is a fault"
            found.append(_kept(row, paid, on))
    refuse(faults)
    return found


def refuse(faults: Sequence[Fault]) -> None:
    """Raise OpeningFaulty if there is a fault."""
    if faults:
        raise OpeningFaulty(
            _("Nothing was applied: %(n)s rows of the file are wrong.") % {"n": len(faults)},
            faults=[vars(fault) for fault in sorted(faults, key=lambda fault: fault.line)],
        )


def in_queue(kept: Sequence[Kept]) -> list[Kept]:
    """The rows that stand, in the order in which they were placed."""
    standing = [row for row in kept if not row["is_revoked"]]
    return sorted(standing, key=lambda row: (row["ordered_at"], row["line"]))


def order_of(kept: Kept) -> OrderRow:
    """The order of a kept row."""
    born = kept["born_on"]
    return OrderRow(
        **{name: kept[name] for name in ("line", "order_id", "tax_code", "name", "shares")},
        **{name: kept[name] for name in ("is_revoked", "kind", "email", "iban")},
        ordered_at=dt.datetime.fromisoformat(kept["ordered_at"]),
        born_on=dt.date.fromisoformat(born) if born else None,
    )


def forget(*, investor: Investor) -> None:
    """Take who it is from the rows of an investor; call it while the code is still known."""
    openings = Opening.objects.filter(campaign__pledges__investor=investor).distinct()
    for opening in openings if investor.tax_code else ():
        own = [
            row
            for row in opening.rows
            if order_rows.plain_code(row["tax_code"]) == investor.tax_code
        ]
        for row in own:
            row.update(NOBODY)
        if own:
            opening.save(update_fields=["rows"])


def _fault(pledged: Money, row: OrderRow, paid: Money | None, on: dt.date, told: Told) -> object:
    if paid is None:
        return _("Write an amount, such as 500 or 1250.50.")
    if paid > pledged or (row.is_revoked and paid > ZERO):
        return _("More is paid than is pledged: take over only what stands.")
    if told.released_on is not None and not row.is_revoked and paid != pledged:
        return _("Of money that was released, only shares that were paid in full are taken over.")
    return _("Nobody paid after the day of the list.") if on > told.as_of else None


def _kept(row: OrderRow, paid: Money, on: dt.date) -> Kept:
    return row.facts() | {
        "line": row.line,
        "order_id": row.order_id,
        "paid": str(paid.amount),
        "paid_on": on.isoformat(),
    }
