"""Reading one value out of a camt element, by local names; what cannot be read is refused by place.
Pure.

Which values make a line or a statement is in `camt`.
"""

import datetime as dt
import re
from decimal import Decimal
from functools import cache

from djmoney.money import Money
from lxml import etree

from backend.treasury.formats.values import YEARS, bad, exact

Element = etree._Element

_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,5})?", re.ASCII)


def local(element: Element | None) -> str:
    """The element's name without its namespace."""
    # By hand: lxml's QName raises on a damaged name, and damage is to be refused by its place.
    return str(element.tag).rpartition("}")[2] if element is not None else ""


@cache
def path(steps: str) -> str:
    """`Acct/Id/IBAN` in any namespace."""
    return "/".join(f"{{*}}{step}" for step in steps.split("/"))


def text(element: Element, steps: str) -> str:
    return (element.findtext(path(steps)) or "").strip()


def first(element: Element, *paths: str) -> str:
    """The first text there is on several paths."""
    return next(filter(None, (text(element, steps) for steps in paths)), "")


def has(element: Element, steps: str) -> bool:
    return element.find(path(steps)) is not None


def date(element: Element, name: str, place: str) -> dt.date:
    """A `Dt` or a `DtTm` under the named element."""
    return day(first(element, f"{name}/Dt", f"{name}/DtTm"), place)


def day(written: str, place: str) -> dt.date:
    """The calendar day as the bank wrote it; the hour and the zone of a DtTm do not move it."""
    try:
        result = dt.date.fromisoformat(written[:10])
    except ValueError as problem:
        raise bad(place, written) from problem
    if result.year not in YEARS:
        raise bad(place, written)
    return result


def amount(element: Element, steps: str, place: str) -> Money:
    """A non-negative amount with a currency. `1.234,56`, a sign or three decimals are refused."""
    found = element.find(path(steps))
    written = (found.text or "").strip() if found is not None else ""
    currency = found.get("Ccy", "") if found is not None else ""
    if not _AMOUNT.fullmatch(written):
        raise bad(place, f"{steps} {written} {currency}".strip())
    return exact(Decimal(written), currency, place)


def signed(element: Element, absolute: Money, place: str) -> Money:
    """The amount with the sign of the element's own direction: CRDT is money in."""
    indicator = text(element, "CdtDbtInd")
    if indicator not in ("CRDT", "DBIT"):
        raise bad(place, f"CdtDbtInd {indicator}".strip())
    return absolute if indicator == "CRDT" else -absolute
