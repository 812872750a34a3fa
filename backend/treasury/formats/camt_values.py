"""A camt element as values by path and local name; what cannot be read is refused by its place. Pure.

An element is walked once (a search per value costs three times as much). Which values make a line or a
statement is in `camt`.
"""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache

from djmoney.money import Money
from lxml import etree

from backend.treasury.formats.values import YEARS, bad, exact

Element = etree._Element
# Several of these stand side by side, each to be read for itself.
DETAILS, BALANCE = "NtryDtls/TxDtls", "Bal"
_APART = frozenset({DETAILS, BALANCE})
# What no line asks for, and every entry repeats: codes, banks, addresses, charges, the counts of a batch.
_SKIPPED = frozenset({"BkTxCd", "RltdAgts", "PstlAdr", "Chrgs", "Btch", "TxsSummry", "RltdDts"})
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,5})?", re.ASCII)


class Node:
    """An element's texts by path (`Acct/Id/IBAN`), in any namespace; details and balances apart."""

    __slots__ = ("_currencies", "_parts", "_texts")

    def __init__(self, element: Element) -> None:
        self._texts: dict[str, list[str]] = {}
        self._currencies: dict[str, str] = {}
        self._parts: list[tuple[str, Node]] = []
        self._gather(element, "")

    def text(self, path: str) -> str:
        """The first text at a path, or nothing."""
        found = self._texts.get(path)
        return found[0].strip() if found else ""

    def texts(self, path: str) -> list[str]:
        return self._texts.get(path, [])

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

    def _gather(self, element: Element, prefix: str) -> None:
        texts, known = self._texts, _paths(prefix)
        for child in element:
            path = known[child.tag]
            if not path:
                continue
            if path in _APART:
                self._parts.append((path, Node(child)))
                continue
            if path in texts:
                texts[path].append(child.text or "")
            else:
                texts[path] = [child.text or ""]
                if path.endswith("Amt"):
                    self._currencies[path] = child.get("Ccy", "")
            if len(child):
                self._gather(child, path)


class _Paths(dict[object, str]):
    """The paths of the elements that stand below one, by tag; learnt as they come. "": not read."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.prefix = f"{prefix}/" if prefix else ""

    def __missing__(self, tag: object) -> str:
        name = _local(tag)
        path = "" if name in _SKIPPED else f"{self.prefix}{name}"
        # A standard's names are few; a hostile file's are not worth remembering.
        if len(self) < 100:
            self[tag] = path
        return path


@lru_cache(maxsize=1024)
def _paths(prefix: str) -> _Paths:
    return _Paths(prefix)


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    # By hand: lxml's QName raises on a damaged name, and damage is to be refused by its place.
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
        result = dt.date.fromisoformat(written[:10])
    except ValueError as problem:
        raise bad(place, written) from problem
    if result.year not in YEARS:
        raise bad(place, written)
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
