"""Payment intents and the charges that come of them: cards at once, direct debits after days.

Bank transfers are paid from a customer's cash (`cash`); refunds and disputes stand in `returns`.
"""

from backend.simulators.stripe.account import Account, processing_fee
from backend.simulators.stripe.errors import StripeRefusal, invalid, wrong_state
from backend.simulators.stripe.shapes import Obj

SMALLEST_AMOUNT = 50
PAYABLE = frozenset({"requires_payment_method", "requires_confirmation", "requires_action"})
CARD, DEBIT, TRANSFER = "card", "sepa_debit", "customer_balance"
CARDS = {"pm_card_visa": "4242", "pm_card_chargeDeclined": "0002"}
DECLINED = frozenset({"pm_card_chargeDeclined"})


def create_intent(account: Account, params: Obj) -> Obj:
    """Open an intent; with `confirm=true` it is tried at once with its `payment_method`."""
    intent = account.make(
        "payment_intent",
        "pi",
        {
            "amount": _amount(params),
            "currency": _currency(params),
            "metadata": params.get("metadata", {}),
            "description": params.get("description"),
            "receipt_email": params.get("receipt_email"),
            "payment_method_types": params.get("payment_method_types", ["card"]),
            "customer": params.get("customer"),
        },
    )
    intent["client_secret"] = f"{intent['id']}_secret_{account.store.new_id('s')[-16:]}"
    account.store.put(intent)
    account.emit("payment_intent.created", intent)
    if params.get("confirm") == "true":
        return confirm_intent(account, intent["id"], params)
    return intent


def update_intent(account: Account, identity: str, params: Obj) -> Obj:
    """Change metadata and description; an empty value removes a key, as with the real one."""
    intent = account.find("payment_intent", identity)
    merged = intent["metadata"] | params.get("metadata", {})
    intent["metadata"] = {key: value for key, value in merged.items() if value}
    intent["description"] = params.get("description", intent["description"])
    return account.store.put(intent)


def confirm_intent(account: Account, identity: str, params: Obj) -> Obj:
    """Try a card; a declined one leaves a failed charge behind and is answered with 402."""
    intent = account.find("payment_intent", identity)
    if intent["status"] not in PAYABLE:
        raise _unexpected_state(intent, "confirm")
    if way_of(intent) == TRANSFER:
        return _await_transfer(account, intent)
    if way_of(intent) == DEBIT:
        return _debit(account, intent)
    card = params.get("payment_method", "pm_card_visa")
    if card not in CARDS:
        raise invalid(f"No such PaymentMethod: '{card}'", "payment_method", "resource_missing")
    charge = make_charge(account, intent, CARDS[card])
    if card in DECLINED:
        return _decline(account, intent, charge)
    return succeed(account, intent, charge)


def way_of(intent: Obj) -> str:
    """How an intent is paid."""
    return str(intent["payment_method_types"][0])


def settle_debit(account: Account, identity: str, outcome: str) -> Obj:
    """The payer's bank answers a debit after days: `succeeded`, or it fails and may be tried again."""
    intent = account.find("payment_intent", identity)
    if intent["status"] != "processing":
        raise _unexpected_state(intent, "settle")
    charge = account.find("charge", intent["latest_charge"])
    if outcome == "succeeded":
        return succeed(account, intent, charge | {"status": "succeeded", "paid": True})
    failure = {"failure_code": "insufficient_funds", "failure_message": "Not enough money."}
    account.store.put(charge | {"status": "failed", "paid": False} | failure)
    error = {"type": "card_error", "code": "payment_intent_payment_attempt_failed"}
    intent |= {"status": "requires_payment_method", "last_payment_error": error}
    account.store.put(intent)
    account.emit("charge.failed", charge | {"status": "failed"} | failure)
    account.emit("payment_intent.payment_failed", intent)
    return intent


def _debit(account: Account, intent: Obj) -> Obj:
    charge = make_charge(account, intent, "3000") | {"status": "pending", "paid": False}
    account.store.put(charge)
    intent |= {"status": "processing", "latest_charge": charge["id"], "last_payment_error": None}
    account.store.put(intent)
    account.emit("charge.pending", charge)
    account.emit("payment_intent.processing", intent)
    return intent


def _await_transfer(account: Account, intent: Obj) -> Obj:
    """The instructions carry what is still missing, as the real ones do."""
    shown = {
        "amount_remaining": intent["amount"],
        "currency": intent["currency"],
        "hosted_instructions_url": None,
        "reference": f"SIM{intent['id'][-8:].upper()}",
        "type": "eu_bank_transfer",
    }
    action = {"type": "display_bank_transfer_instructions"}
    intent |= {
        "status": "requires_action",
        "next_action": action | {"display_bank_transfer_instructions": shown},
    }
    account.emit("payment_intent.requires_action", intent)
    return account.store.put(intent)


def cancel_intent(account: Account, identity: str, params: Obj) -> Obj:
    """Cancel an intent that is not paid."""
    intent = account.find("payment_intent", identity)
    if intent["status"] not in PAYABLE:
        raise _unexpected_state(intent, "cancel")
    intent |= {
        "status": "canceled",
        "canceled_at": account.moment(),
        "cancellation_reason": params.get("cancellation_reason"),
    }
    account.emit("payment_intent.canceled", intent)
    return account.store.put(intent)


def make_charge(account: Account, intent: Obj, last4: str) -> Obj:
    """A charge of an intent, not kept yet."""
    charge = account.make(
        "charge",
        "ch",
        {
            "amount": intent["amount"],
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "payment_method": account.store.new_id("pm"),
            "metadata": intent["metadata"],
            "description": intent["description"],
            "customer": intent["customer"],
        },
    )
    charge["payment_method_details"]["card"]["last4"] = last4
    charge["billing_details"]["name"] = None
    charge["refunds"]["url"] = f"/v1/charges/{charge['id']}/refunds"
    return charge


def succeed(account: Account, intent: Obj, charge: Obj) -> Obj:
    """The money of an intent is there: charge, movement, fee, and their events."""
    charge |= {"captured": True, "amount_captured": charge["amount"]}
    # The movement is written a moment after the charge: its first event does not know it yet,
    # `charge.updated` brings it.
    account.emit("charge.succeeded", charge)
    way = way_of(intent)
    kind = "charge" if way == CARD else "payment"
    fee = processing_fee(charge["amount"], way)
    movement = account.move_money(kind, charge, (charge["amount"], fee))
    charge["balance_transaction"] = movement["id"]
    account.store.put(charge)
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "latest_charge": charge["id"],
        "payment_method": charge["payment_method"],
        "last_payment_error": None,
        "next_action": None,
    }
    account.store.put(intent)
    account.emit("payment_intent.succeeded", intent)
    account.emit("charge.updated", charge)
    return intent


def _decline(account: Account, intent: Obj, charge: Obj) -> Obj:
    message = "Your card was declined."
    facts = {
        "code": "card_declined",
        "decline_code": "generic_decline",
        "charge": charge["id"],
    }
    failure = {"failure_code": "card_declined", "failure_message": message}
    charge |= {"status": "failed", "paid": False} | failure
    account.store.put(charge)
    intent["latest_charge"] = charge["id"]
    intent["last_payment_error"] = {"type": "card_error", "message": message} | facts
    account.store.put(intent)
    account.emit("charge.failed", charge)
    account.emit("payment_intent.payment_failed", intent)
    raise StripeRefusal(402, message, type="card_error", payment_intent=intent, **facts)


def _unexpected_state(intent: Obj, verb: str) -> StripeRefusal:
    message = f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}."
    return wrong_state(message, "payment_intent_unexpected_state")


def _amount(params: Obj) -> int:
    text = str(params.get("amount", ""))
    if not text.isdigit():
        raise invalid(f"Invalid integer: {text}", "amount")
    if int(text) < SMALLEST_AMOUNT:
        raise invalid("Amount must be at least €0.50 eur", "amount", "amount_too_small")
    return int(text)


def _currency(params: Obj) -> str:
    currency = str(params.get("currency", "")).lower()
    if len(currency) != 3:
        raise invalid("Missing required param: currency.", "currency", "parameter_missing")
    return currency
