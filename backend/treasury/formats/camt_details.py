"""What a TxDtls of camt.053 says beside its amount: who, why, by which reference and id. Pure.

Banks differ in where they put each of these; what is absent is empty, never guessed. See `camt`.
"""

from djmoney.money import Money

from backend.treasury.formats import camt_values as values
from backend.treasury.formats.camt_values import Node
from backend.treasury.formats.values import given

MAX_ID = 80  # the standard has 35; some banks write more


def bank_id(entry: Node, inside: Node, part: int) -> str:
    """The servicer's id of this movement; a batch's parts without their own are numbered."""
    own = given(inside.text("Refs/AcctSvcrRef"))[:MAX_ID]
    whole = given(entry.text("AcctSvcrRef"))[:MAX_ID]
    # The entry's id comes first: some banks repeat one id in the details of all entries of a day.
    if not part:
        return whole or own
    return own if own and own != whole else f"{whole}/{part}" if whole else ""


def order_id(entry: Node) -> str:
    """The payment order that an entry books in one sum, as its payer named it; nothing for others."""
    whole = given(entry.text("NtryDtls/Btch/PmtInfId")) or given(entry.text("NtryDtls/Btch/MsgId"))
    return whole[:MAX_ID]


_PARTIES = {
    side: (f"RltdPties/{side}/Pty/Nm", f"RltdPties/{side}/Nm", f"RltdPties/{side}Acct/Id/IBAN")
    for side in ("Dbtr", "Cdtr")
}


def counterparty(detail: Node, is_in: bool) -> tuple[str, str]:
    """Who is on the other side; a return names the parties of the first payment, so either may be."""
    for side in ("Dbtr", "Cdtr") if is_in else ("Cdtr", "Dbtr"):
        newer, older, account = _PARTIES[side]
        name, iban = detail.text(newer) or detail.text(older), detail.text(account)
        if name or iban:
            return name, iban.replace(" ", "").upper()
    return "", ""


def structured(detail: Node) -> str:
    """The references in their own field; several mean one transfer for several debts."""
    found = detail.texts("RmtInf/Strd/CdtrRefInf/Ref")
    return " ".join(dict.fromkeys(one.strip() for one in found))


def remittance(detail: Node) -> str:
    said = (*detail.texts("RmtInf/Ustrd"), *detail.texts("RmtInf/Strd/AddtlRmtInf"))
    return "\n".join(filter(None, said)) or detail.text("AddtlTxInf")


def instructed(detail: Node, booked: Money, place: str) -> Money | None:
    """What the payer ordered, when it was in another currency than what was booked."""
    for path in ("AmtDtls/InstdAmt/Amt", "AmtDtls/TxAmt/Amt"):
        if detail.has(path) and detail.currency(path) != str(booked.currency):
            return values.amount(detail, path, place)
    return None
