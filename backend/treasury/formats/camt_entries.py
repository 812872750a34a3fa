"""A camt.053 entry to its lines: one, or those of a batch when their sum proves them. Pure.

Where entries stand in a file is in `camt`; who and why of a line in `camt_details`.
"""

import datetime as dt

from djmoney.money import Money

from backend.treasury.formats import camt_details as details
from backend.treasury.formats import camt_values as values
from backend.treasury.formats.camt_values import Node
from backend.treasury.formats.values import given
from backend.treasury.parsed import ParsedLine


def lines(entry: Node, place: str) -> list[ParsedLine]:
    """The entry's movements: one, or those of a batch when their sum proves them.

    A batch whose parts are missing or do not sum to the entry stays one line, to be looked at by
    hand.
    """
    whole = values.signed(entry, values.amount(entry, "Amt", place), place)
    # An entry of nothing is a message of the bank; there is no money to book.
    if not whole.amount:
        return []
    parts = entry.parts(values.DETAILS)
    if len(parts) <= 1:
        return [_line(entry, parts[0] if parts else None, whole, place)]
    amounts = [_part_amount(part, entry, place) for part in parts]
    known = [one for one in amounts if one is not None and one.currency == whole.currency]
    if len(known) == len(parts) and sum(known) == whole and all(one.amount for one in known):
        return _batch(entry, parts, known, place)
    return [_unsplit(entry, len(parts), whole, place)]


def _batch(entry: Node, parts: list[Node], amounts: list[Money], place: str) -> list[ParsedLine]:
    return [
        _line(entry, detail, amount, place, part=number)
        for number, (detail, amount) in enumerate(zip(parts, amounts, strict=True), start=1)
    ]


def _part_amount(detail: Node, entry: Node, place: str) -> Money | None:
    path = "Amt" if detail.has("Amt") else "AmtDtls/TxAmt/Amt"
    if not detail.has(path):
        return None
    signed_by = detail if detail.has("CdtDbtInd") else entry
    return values.signed(signed_by, values.amount(detail, path, place), place)


def _unsplit(entry: Node, parts: int, amount: Money, place: str) -> ParsedLine:
    booked_on = _booked_on(entry, place)
    return ParsedLine(
        booked_on=booked_on,
        value_on=_value_on(entry, booked_on, place),
        amount=amount,
        text=entry.text("AddtlNtryInf"),
        end_to_end_id=details.order_id(entry),
        bank_id=given(entry.text("AcctSvcrRef"))[: details.MAX_ID],
        is_reversal=entry.text("RvslInd") in ("true", "1"),
        parts=parts,
    )


def _line(entry: Node, detail: Node | None, amount: Money, place: str, part: int = 0) -> ParsedLine:
    booked_on = _booked_on(entry, place)
    inside = detail if detail is not None else entry
    name, iban = details.counterparty(inside, is_in=amount.amount > 0)
    return ParsedLine(
        booked_on=booked_on,
        value_on=_value_on(entry, booked_on, place),
        amount=amount,
        counterparty_name=name,
        counterparty_iban=iban,
        text=details.remittance(inside) or entry.text("AddtlNtryInf"),
        end_to_end_id=given(inside.text("Refs/EndToEndId"))
        or ("" if part else details.order_id(entry)),
        creditor_reference=details.structured(inside),
        bank_id=details.bank_id(entry, inside, part),
        instructed=details.instructed(inside, amount, place),
        is_reversal=entry.text("RvslInd") in ("true", "1"),
        return_reason=inside.first("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"),
    )


def _booked_on(entry: Node, place: str) -> dt.date:
    return values.date(entry, "BookgDt" if entry.has("BookgDt") else "ValDt", place)


def _value_on(entry: Node, booked_on: dt.date, place: str) -> dt.date:
    return values.date(entry, "ValDt", place) if entry.has("ValDt") else booked_on
