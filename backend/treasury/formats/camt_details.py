"""What a TxDtls of camt.053 says beside its amount: who, why, by which reference and id. Pure.

Banks differ in where they put each of these; what is absent is empty, never guessed. See `camt`.
"""

from djmoney.money import Money

from backend.treasury.formats import camt_values as values
from backend.treasury.formats.camt_values import Element
from backend.treasury.formats.values import given

MAX_ID = 80  # the standard has 35; some banks write more


def bank_id(entry: Element, inside: Element, part: int) -> str:
    """The servicer's id of this movement; a batch's parts without their own are numbered."""
    own = given(values.text(inside, "Refs/AcctSvcrRef"))[:MAX_ID]
    whole = given(values.text(entry, "AcctSvcrRef"))[:MAX_ID]
    # The entry's id comes first: some banks repeat one id in the details of all entries of a day.
    if not part:
        return whole or own
    return own if own and own != whole else f"{whole}/{part}" if whole else ""


def counterparty(detail: Element, is_in: bool) -> tuple[str, str]:
    """Who is on the other side; a return names the parties of the first payment, so either may be."""
    sides = ("Dbtr", "Cdtr") if is_in else ("Cdtr", "Dbtr")
    for side in sides:
        name = values.first(detail, f"RltdPties/{side}/Pty/Nm", f"RltdPties/{side}/Nm")
        iban = values.text(detail, f"RltdPties/{side}Acct/Id/IBAN")
        if name or iban:
            return name, iban.replace(" ", "").upper()
    return "", ""


def structured(detail: Element) -> str:
    """The references in their own field; several mean one transfer for several debts."""
    found = detail.findall(values.path("RmtInf/Strd/CdtrRefInf/Ref"))
    return " ".join(dict.fromkeys((e.text or "").strip() for e in found))


def remittance(detail: Element) -> str:
    free = [e.text or "" for e in detail.findall("{*}RmtInf/{*}Ustrd")]
    extra = [e.text or "" for e in detail.findall("{*}RmtInf/{*}Strd/{*}AddtlRmtInf")]
    return "\n".join(filter(None, (*free, *extra))) or values.text(detail, "AddtlTxInf")


def instructed(detail: Element, booked: Money, place: str) -> Money | None:
    """What the payer ordered, when it was in another currency than what was booked."""
    for path in ("AmtDtls/InstdAmt/Amt", "AmtDtls/TxAmt/Amt"):
        found = detail.find(values.path(path))
        if found is not None and found.get("Ccy") != str(booked.currency):
            return values.amount(detail, path, place)
    return None
