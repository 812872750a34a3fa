"""The rows of a list of past purchases: read, kept, and what is wrong in each by itself. Nothing is booked.

Read like a platform's file, one column per field, named as the field. A gift or a mandate may stand
without a cost: then the columns of the cost are empty.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import tables
from backend.core.money import ZERO
from backend.ledger.models import Purpose
from campaigns import order_rows
from campaigns.order_rows import Fault
from properties.models.routes import Route

OF_MANDATE = ("term_ends_on", "guaranteed_rent")
ABOUT_HOME = ("route", "title_on", "document", "possession_on", *OF_MANDATE)
ABOUT_COST = ("offer", "kind", "amount", "paid_on")
FIELDS = ("unit", *ABOUT_HOME, *ABOUT_COST)
NEEDED = frozenset(FIELDS) - {"document", *OF_MANDATE}
TITLES = {
    Route.COURT_AUCTION: "DECREE",
    Route.MARKET: "DEED",
    Route.DONATION: "NOTARY_DEED",
    Route.MANDATE: "MANDATE_SIGNED",
}
FREE = frozenset({Route.DONATION, Route.MANDATE})
KINDS = {str(kind).removeprefix("acquisition."): str(kind) for kind in Purpose}
Kept = dict[str, Any]


def read(raw: bytes) -> tuple[list[Kept], list[Fault]]:
    """The rows of a list as they are kept, and what is wrong in them. Raises NotATable."""
    table = tables.read(raw)
    absent = sorted(NEEDED - set(table.header))
    if absent:
        raise tables.NotATable(_("The file has no column “%(name)s”.") % {"name": absent[0]})
    faults: list[Fault] = []
    return [_kept(row, faults) for row in table.rows], faults


def is_cost(kept: Kept) -> bool:
    """Whether a row tells a cost; else it tells of a home that cost nothing."""
    return any(kept[name] for name in ABOUT_COST)


def _kept(row: tables.Row, faults: list[Fault]) -> Kept:
    """A row as it is kept; what cannot be read is noted as a fault."""
    kept: Kept = {name: row.cells.get(name, "").strip() for name in FIELDS} | {"line": row.line}
    found = [*_of_home(kept), *(_of_cost(kept) if is_cost(kept) else _of_gift(kept))]
    faults += [Fault(row.line, name, str(sentence)) for name, sentence in found]
    return kept


def _of_home(kept: Kept) -> list[tuple[str, str | Promise]]:
    is_mandate = kept["route"] == Route.MANDATE
    days = ("title_on", "possession_on", *(("term_ends_on",) if is_mandate else ()))
    found = [_day(kept, name) for name in days]
    if kept["route"] not in TITLES:
        found.append(("route", _one_of(TITLES)))
    if not is_mandate:
        return [each for each in found if each]
    if "" < kept["term_ends_on"] <= kept["title_on"]:
        found.append(("term_ends_on", _("A mandate ends after it was signed.")))
    rent = order_rows.amount_of(kept["guaranteed_rent"])
    if rent is None or rent < ZERO:
        found.append(("guaranteed_rent", _("Write an amount, such as 500 or 1250.50.")))
    kept["guaranteed_rent"] = str(rent.amount) if rent is not None else ""
    return [each for each in found if each]


def _of_cost(kept: Kept) -> list[tuple[str, str | Promise]]:
    found = [_day(kept, "paid_on")]
    amount = order_rows.amount_of(kept["amount"])
    if amount is None or amount <= ZERO:
        found.append(("amount", _("Write an amount, such as 500 or 1250.50.")))
    kept["amount"] = str(amount.amount) if amount is not None else "0"
    kind = KINDS.get(kept["kind"].removeprefix("acquisition."), "")
    if not kind:
        found.append(("kind", _one_of(KINDS)))
    if kind == Purpose.PRICE and kept["route"] in FREE:
        found.append(("kind", _("A gift or a mandate has no price.")))
    elif kept["route"] == Route.MANDATE:
        found.append(("kind", _("A home of a mandate is not ours: nothing raised paid for it.")))
    kept["kind"] = kind
    return [each for each in found if each]


def _of_gift(kept: Kept) -> list[tuple[str, str | Promise]]:
    """A home without a cost; whoever bought one says what it cost."""
    kept["amount"] = ""
    if kept["route"] in FREE or kept["route"] not in TITLES:
        return []
    return [("amount", _("Say what this purchase cost."))]


def _day(kept: Kept, name: str) -> tuple[str, str | Promise] | None:
    """Keep a day as one; what is none is a fault."""
    day = order_rows.day_of(kept[name])
    kept[name] = day.isoformat() if day else ""
    return None if day else (name, _("Write a day, such as 1980-12-31."))


def _one_of(known: Any) -> str:
    return str(_("Write one of these: %(words)s.") % {"words": ", ".join(known)})
