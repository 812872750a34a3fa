"""A camt element as values by path and local name; what cannot be read is refused by its place. Pure.

An element is walked once (a search per value costs three times as much). Which values make a line or a
statement is in `camt`.
"""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from xml.etree.ElementTree import Element

from djmoney.money import Money

from backend.treasury.formats.values import YEARS, bad, exact

# Several of these stand side by side, each to be read for itself.
DETAILS, BALANCE = "NtryDtls/TxDtls", "Bal"
_APART = frozenset({DETAILS, BALANCE})
# What no line asks for, and every entry repeats: codes, banks, addresses, charges.
_SKIPPED = frozenset({"BkTxCd", "RltdAgts", "PstlAdr", "Chrgs", "TxsSummry", "RltdDts"})
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,5})?", re.ASCII)


class Node:
    """An element's texts by path (`Acct/Id/IBAN`), in any namespace; details and balances apart."""

    __slots__ = ("_currencies", "_parts", "_repeated", "_texts")

    def __init__(self, element: Element) -> None:
        self._texts: dict[str, str] = {}
        self._repeated: dict[str, list[str]] = {}
        self._currencies: dict[str, str] = {}
        self._parts: list[tuple[str, Node]] = []
        self._gather(element, _TOP)

    def text(self, path: str) -> str:
        """The first text at a path, or nothing."""
        found = self._texts.get(path)
        return found.strip() if found else ""

    def texts(self, path: str) -> list[str]:
        """All texts at a path."""
        if path not in self._texts:
            return []
        return [self._texts[path], *self._repeated.get(path, ())]

    def first(self, *paths: str) -> str:
        """The first text there is on several paths."""
        for path in paths:
            if found := self.text(path):
                return found
        return ""

    def has(self, path: str) -> bool:
        return path in self._texts

    def currency(self, path: str) -> str:
        """The currency of the first amount at a path."""
        return self._currencies.get(path, "")

    def parts(self, path: str) -> "list[Node]":
        return [node for found, node in self._parts if found == path]

    def _gather(self, element: Element, here: "_Place") -> None:
        # The one loop that every element of every file goes through.
        texts = self._texts
        for child in element:
            place = here[child.tag]
            path = place.path
            if place.is_plain:
                if len(child):
                    texts.setdefault(path, "")
                    self._gather(child, place)
                elif path in texts:
                    self._repeated.setdefault(path, []).append(child.text or "")
                else:
                    texts[path] = child.text or ""
                    if place.is_amount:
                        self._currencies[path] = child.get("Ccy", "")
            elif path:
                self._parts.append((path, Node(child)))


class _Place(dict[object, "_Place"]):
    """Where an element stands, and by tag what stands below it; learnt as it comes.

    The path is empty for what is not read; not plain is that, and what is read apart.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.is_plain = bool(path) and path not in _APART
        self.is_amount = path.endswith("Amt")

    def __missing__(self, tag: object) -> "_Place":
        name = _local(tag)
        path = f"{self.path}/{name}" if self.path else name
        place = _Place("" if name in _SKIPPED or path.count("/") > _DEEPEST else path)
        # A standard's names are few; a hostile file's are not worth remembering.
        if len(self) < 100:
            self[tag] = place
        return place


_DEEPEST = 12
_TOP = _Place("")


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def local(element: Element | None) -> str:
    """The element's name without its namespace."""
    return _local(element.tag) if element is not None else ""


def date(node: Node, name: str, place: str) -> dt.date:
    """A `Dt` or a `DtTm` under the named element."""
    return day(node.first(f"{name}/Dt", f"{name}/DtTm"), place)


def day(written: str, place: str) -> dt.date:
    """The calendar day as the bank wrote it; the hour and the zone of a DtTm do not move it."""
    try:
        return _day(written[:10])
    except ValueError as problem:
        raise bad(place, written) from problem


@lru_cache(maxsize=1024)
def _day(written: str) -> dt.date:
    """A statement has few days and many entries."""
    result = dt.date.fromisoformat(written)
    if result.year not in YEARS:
        raise ValueError(written)
    return result


def amount(node: Node, path: str, place: str) -> Money:
    """A non-negative amount with a currency. `1.234,56`, a sign or three decimals are refused."""
    written, currency = node.text(path), node.currency(path)
    if not _AMOUNT.fullmatch(written):
        raise bad(place, f"{path} {written} {currency}".strip())
    return exact(Decimal(written), currency, place)


def signed(node: Node, absolute: Money, place: str) -> Money:
    """The amount with the sign of the node's own direction: CRDT is money in."""
    indicator = node.text("CdtDbtInd")
    if indicator not in ("CRDT", "DBIT"):
        raise bad(place, f"CdtDbtInd {indicator}".strip())
    return absolute if indicator == "CRDT" else -absolute
