"""A camt element as values by path and local name; what cannot be read is refused by its place. Pure.

An element's values are found by their place in it, which is learnt once for all that are built alike (a
walk of each costs twice as much). Which values make a line or a statement is in `camt`.
"""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
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

    __slots__ = ("_flat", "_shape")

    def __init__(self, flat: list[Element], shape: "_Shape") -> None:
        self._flat = flat
        self._shape = shape

    def text(self, path: str) -> str:
        """The first text at a path, or nothing."""
        at = self._shape.first.get(path)
        return (self._flat[at].text or "").strip() if at is not None else ""

    def texts(self, path: str) -> list[str]:
        """All texts at a path."""
        return [self._flat[at].text or "" for at in self._shape.texts.get(path, ())]

    def first(self, *paths: str) -> str:
        """The first text there is on several paths."""
        for path in paths:
            if found := self.text(path):
                return found
        return ""

    def has(self, path: str) -> bool:
        return path in self._shape.paths

    def currency(self, path: str) -> str:
        """The currency of the first amount at a path."""
        at = self._shape.first.get(path)
        return self._flat[at].get("Ccy", "") if at is not None else ""

    def parts(self, path: str) -> "list[Node]":
        """What stands apart at a path; its elements stand together, and are not walked again."""
        found = self._shape.parts.get(path, ())
        return [Node(self._flat[at : at + shape.size], shape) for at, shape in found]


def node(element: Element) -> Node:
    """An element that is complete, with all below it."""
    flat = list(element.iter())
    return Node(flat, _shape(flat))


class _Shape:
    """What stands where in elements that are built alike, by their place in the order of the file.

    A statement has thousands of entries and a few shapes, so paths are made once for each of these.
    """

    __slots__ = ("first", "parts", "paths", "size", "texts")

    def __init__(self, element: Element) -> None:
        self.size = sum(1 for _ in element.iter())
        self.paths: set[str] = set()
        self.texts: dict[str, list[int]] = {}
        self.parts: dict[str, list[tuple[int, _Shape]]] = {}
        self._learn(element, 0, "")
        self.first = {path: places[0] for path, places in self.texts.items()}

    def _learn(self, element: Element, at: int, here: str) -> None:
        """Note what is below the element that stands at a place, and on a path."""
        at += 1
        for child in element:
            path = f"{here}/{_local(child.tag)}" if here else _local(child.tag)
            if path in _APART:
                self.parts.setdefault(path, []).append((at, _shape(list(child.iter()))))
            elif _local(child.tag) not in _SKIPPED and path.count("/") <= _DEEPEST:
                self.paths.add(path)
                if len(child):
                    self._learn(child, at, path)
                else:
                    self.texts.setdefault(path, []).append(at)
            at += sum(1 for _ in child.iter())


_DEEPEST = 12
_shapes: dict[tuple[object, ...], _Shape] = {}
# A standard's shapes are few; a hostile file's are not worth remembering, nor are large ones.
_MOST_SHAPES, _LARGEST_SHAPE = 500, 200
_tag = attrgetter("tag")


def _shape(flat: Sequence[Element]) -> _Shape:
    """The shape of an element given with all below it: their tags, and how many children each has."""
    if len(flat) > _LARGEST_SHAPE:
        return _Shape(flat[0])
    key = (*map(_tag, flat), *map(len, flat))
    found = _shapes.get(key)
    if found is None:
        found = _Shape(flat[0])
        if len(_shapes) < _MOST_SHAPES:
            _shapes[key] = found
    return found


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
