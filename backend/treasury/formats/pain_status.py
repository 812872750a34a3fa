"""A bank's report on a payment order: pain.002 (customer payment status), versions .03 to .14. Pure.

Local names, so that versions read alike. Small files of one bank, read whole; document types, entities
and the network are off. Status codes are ISO's: RJCT is rejected, ACSC settled, PDNG pending.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree

from backend.core.errors import Refused
from backend.treasury.formats.values import given

MAX_BYTES = 8 * 1024 * 1024
REJECTED = "RJCT"


class NotAReport(Refused):
    """Not a report that can be read; nothing of it is taken in."""

    code = "order_report.unreadable"


@dataclass(frozen=True, slots=True)
class TransferTold:
    """What is said of one transfer: its status, and the bank's reason code and words for it."""

    end_to_end_id: str
    status: str
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReportTold:
    """What is said of an order: as a whole (`status` may be empty), and of transfers by name."""

    message_id: str
    status: str
    reason: str
    transfers: tuple[TransferTold, ...]


def read(raw: bytes) -> ReportTold:
    """The report in a file. Raises NotAReport for what is cut off, hostile, huge or something else."""
    if len(raw) > MAX_BYTES:
        raise _unreadable()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise _unreadable() from problem
    group = _first(root, "OrgnlGrpInfAndSts")
    told: Any = root.getroottree().docinfo
    if told.doctype or group is None or not _text(group, "OrgnlMsgId"):
        raise _unreadable()
    payments = _all(root, "OrgnlPmtInfAndSts")
    return ReportTold(
        message_id=_text(group, "OrgnlMsgId"),
        status=_text(group, "GrpSts") or _only([_text(one, "PmtInfSts") for one in payments]),
        reason=_reason(group) or _only([_reason(one) for one in payments]),
        transfers=tuple(_transfer(one) for one in _all(root, "TxInfAndSts")),
    )


def _transfer(one: etree._Element) -> TransferTold:
    status = _text(one, "TxSts")
    if not status:
        raise _unreadable()
    return TransferTold(
        end_to_end_id=given(_text(one, "OrgnlEndToEndId")),
        status=status[:4],
        reason=_reason(one),
        words=" ".join(_text(each, ".") for each in _all(one, "AddtlInf"))[:200],
    )


def _reason(one: etree._Element) -> str:
    """Of this level alone: a payment's reason is not its transfers'."""
    told = one.find("{*}StsRsnInf/{*}Rsn/*")
    return (told.text or "").strip()[:40] if told is not None else ""


def _only(values: list[str]) -> str:
    """The one that all say; nothing where they differ."""
    return values[0] if len(set(values)) == 1 else ""


def _first(root: etree._Element, name: str) -> etree._Element | None:
    found = _all(root, name)
    return found[0] if found else None


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return list(root.iter("{*}" + name))


def _text(one: etree._Element, name: str) -> str:
    found = one if name == "." else one.find("{*}" + name)
    return (found.text or "").strip() if found is not None else ""


def _unreadable() -> NotAReport:
    return NotAReport(_("This is no status report (pain.002) that can be read."), field="file")
