"""Customers and the cash that waits under their names: bank transfers, applied to open intents.

The oldest open intent is paid first, in part where the cash is short; what is left over stays.
"""

from backend.simulators.stripe.account import Account
from backend.simulators.stripe.errors import invalid
from backend.simulators.stripe.payments import TRANSFER, make_charge, succeed, way_of
from backend.simulators.stripe.shapes import Obj


def create_customer(account: Account, params: Obj) -> Obj:
    """A customer, under whose name transfers arrive."""
    told = {name: params.get(name) for name in ("name", "email")}
    return account.make("customer", "cus", told | {"metadata": params.get("metadata", {})})


def fund(account: Account, customer: str, cents: int) -> Obj:
    """A bank transfer arrives for a customer, and is applied to what is open."""
    account.find("customer", customer)
    bank = {"bic": "SIMUITTT", "iban_last4": "0001", "sender_name": "Somebody (synthetic)"}
    funded = {"bank_transfer": {"eu_bank_transfer": bank, "reference": "SIM", "type": "eu"}}
    moved = _move(account, customer, "funded", cents, {"funded": funded})
    for intent in reversed(account.store.of_kind("payment_intent")):
        _apply(account, intent, customer)
    return moved


def give_back(account: Account, params: Obj) -> Obj:
    """Return waiting cash to where it came from (a refund of no charge)."""
    customer, amount = params["customer"], int(params["amount"])
    if amount > balance(account, customer):
        raise invalid("The customer has not so much cash.", "amount", "amount_too_large")
    refund = account.make(
        "refund",
        "re",
        {
            "amount": amount,
            "charge": None,
            "payment_intent": None,
            "balance_transaction": None,
            "currency": "eur",
            "metadata": params.get("metadata", {}),
            "reason": None,
        },
    )
    _move(account, customer, "return_initiated", -amount, {})
    account.emit("refund.created", refund)
    return account.store.put(refund)


def balance(account: Account, customer: str) -> int:
    """The cents that wait under a name."""
    moved = account.store.of_kind("customer_cash_balance_transaction")
    return sum(one["net_amount"] for one in moved if one["customer"] == customer)


def _apply(account: Account, intent: Obj, customer: str) -> None:
    is_open = intent["status"] == "requires_action" and way_of(intent) == TRANSFER
    part = balance(account, customer) if is_open and intent["customer"] == customer else 0
    if part <= 0:
        return
    shown = intent["next_action"]["display_bank_transfer_instructions"]
    part = min(part, shown["amount_remaining"])
    shown["amount_remaining"] -= part
    about = {"applied_to_payment": {"payment_intent": intent["id"]}}
    _move(account, customer, "applied_to_payment", -part, about)
    if shown["amount_remaining"]:
        account.store.put(intent)
        account.emit("payment_intent.partially_funded", intent)
        return
    succeed(account, intent, make_charge(account, intent, "0000"))


def _move(account: Account, customer: str, kind: str, cents: int, about: Obj) -> Obj:
    facts = {
        "customer": customer,
        "type": kind,
        "net_amount": cents,
        "ending_balance": balance(account, customer) + cents,
        "currency": "eur",
        "funded": None,
    }
    moved = account.make("customer_cash_balance_transaction", "ccsbtxn", facts)
    account.store.put(moved | about)
    account.emit("customer_cash_balance_transaction.created", moved | about)
    return moved
