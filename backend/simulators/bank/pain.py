"""Reads a customer's pain.001, as a bank does: every transfer of it is an order, known by its end-to-end id.

A file that does not add up is refused whole.
"""

from decimal import Decimal
from xml.etree.ElementTree import Element, fromstring

from backend.simulators.bank.ledger import BankRefusal, Order


def read(content: bytes) -> list[Order]:
    """The orders of a file."""
    root = fromstring(content)  # noqa: S314 -- the demo's own files, on this machine alone
    orders = [
        _order(group, transfer)
        for group in root.iterfind(".//{*}PmtInf")
        for transfer in group.iterfind("{*}CdtTrfTxInf")
    ]
    total = sum((Decimal(order.amount) for order in orders), Decimal(0))
    if (len(orders), total) != (int(_text(root, "NbOfTxs")), Decimal(_text(root, "CtrlSum"))):
        raise BankRefusal(400, "The sums of the file do not add up.")
    return orders


def _order(group: Element, transfer: Element) -> Order:
    return Order(
        key=_text(transfer, "EndToEndId"),
        account=_text(group, "DbtrAcct/{*}Id/{*}IBAN"),
        amount=_text(transfer, "InstdAmt"),
        name=_text(transfer, "Cdtr/{*}Nm"),
        iban=_text(transfer, "CdtrAcct/{*}Id/{*}IBAN"),
        text=_text(transfer, "Ustrd"),
    )


def _text(parent: Element, path: str) -> str:
    found = parent.find(f".//{{*}}{path}")
    if found is None or not found.text:
        raise BankRefusal(400, f"The file has no {path}.")
    return found.text
