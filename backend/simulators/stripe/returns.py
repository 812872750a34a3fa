"""Money that leaves again: refunds (also failed ones) and disputes.

Each has its own movement on the balance; a failed refund and a won dispute bring the money back.
"""

from backend.simulators.stripe import cash
from backend.simulators.stripe.account import DISPUTE_FEE_CENTS, Account
from backend.simulators.stripe.errors import StripeRefusal, invalid, wrong_state
from backend.simulators.stripe.payments import CARD, way_of
from backend.simulators.stripe.shapes import Obj


def create_refund(account: Account, params: Obj) -> Obj:
    """Return all or part of a charge; never more than what is left of it. Or cash that waits."""
    if params.get("origin") == "customer_balance":
        return cash.give_back(account, params)
    charge = _charge_of(account, params)
    amount = _refundable(charge, params)
    refund = account.make(
        "refund",
        "re",
        {
            "amount": amount,
            "charge": charge["id"],
            "currency": charge["currency"],
            "payment_intent": charge["payment_intent"],
            "metadata": params.get("metadata", {}),
            "reason": params.get("reason"),
        },
    )
    is_card = way_of(account.find("payment_intent", charge["payment_intent"])) == CARD
    movement = account.move_money("refund" if is_card else "payment_refund", refund, (-amount, 0))
    refund["balance_transaction"] = movement["id"]
    # A bank takes days to say that it arrived; a card does not.
    refund["status"] = "succeeded" if is_card else "pending"
    account.store.put(refund)
    _note_on_charge(account, charge, amount)
    account.emit("refund.created", refund)
    account.emit("charge.refunded", charge)
    return refund


def fail_refund(account: Account, identity: str) -> Obj:
    """The card's bank sends the refund back: the money is ours again, with a movement of its own."""
    refund = account.find("refund", identity)
    if refund["status"] == "failed":
        raise wrong_state("This refund has failed already.", "refund_already_failed")
    movement = account.move_money("refund_failure", refund, (refund["amount"], 0))
    refund |= {
        "status": "failed",
        "failure_reason": "lost_or_stolen_card",
        "failure_balance_transaction": movement["id"],
    }
    account.store.put(refund)
    charge = account.find("charge", refund["charge"])
    _note_on_charge(account, charge, -refund["amount"])
    account.emit("refund.failed", refund)
    return refund


def settle_refund(account: Account, identity: str) -> Obj:
    """A refund to a bank account has arrived there."""
    refund = account.find("refund", identity) | {"status": "succeeded"}
    account.emit("refund.updated", refund)
    return account.store.put(refund)


def fail_charge(account: Account, identity: str) -> Obj:
    """The payer's bank calls a debit back after it succeeded: the money leaves again."""
    charge = account.find("charge", identity)
    movement = account.move_money("payment_failure_refund", charge, (-charge["amount"], 0))
    charge |= {
        "status": "failed",
        "paid": False,
        "failure_code": "debit_not_authorized",
        "failure_balance_transaction": movement["id"],
    }
    account.emit("charge.failed", charge)
    return account.store.put(charge)


def open_dispute(account: Account, charge_id: str) -> Obj:
    """The card's holder disputes a charge: the money and a fee leave at once."""
    charge = account.find("charge", charge_id)
    if charge["disputed"] or charge["status"] != "succeeded":
        raise wrong_state("This charge cannot be disputed.", "charge_disputed")
    dispute = account.make(
        "dispute",
        "dp",
        {
            "amount": charge["amount"],
            "charge": charge["id"],
            "currency": charge["currency"],
            "payment_intent": charge["payment_intent"],
            "reason": "fraudulent",
            "status": "needs_response",
        },
    )
    _move_for(account, dispute, (-charge["amount"], DISPUTE_FEE_CENTS))
    account.store.put(charge | {"disputed": True})
    account.emit("charge.dispute.created", dispute)
    account.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(account: Account, identity: str, status: str) -> Obj:
    """Decide a dispute as `won` or `lost`; the fee is kept either way."""
    dispute = account.find("dispute", identity)
    if dispute["status"] not in {"needs_response", "under_review"}:
        raise wrong_state("This dispute is closed.", "dispute_closed")
    if status not in {"won", "lost"}:
        raise invalid(f"Invalid status: {status}", "status", "parameter_invalid_empty")
    dispute["status"] = status
    if status == "won":
        _move_for(account, dispute, (dispute["amount"], 0))
        account.emit("charge.dispute.funds_reinstated", dispute)
    account.emit("charge.dispute.closed", dispute)
    return account.store.put(dispute)


def _move_for(account: Account, dispute: Obj, amounts: tuple[int, int]) -> None:
    movement = account.move_money("adjustment", dispute, amounts)
    dispute["balance_transactions"].append(movement)
    account.store.put(dispute)


def _charge_of(account: Account, params: Obj) -> Obj:
    if params.get("charge"):
        return account.find("charge", params["charge"])
    if not params.get("payment_intent"):
        message = "One of the following params should be provided: payment_intent or charge."
        raise StripeRefusal(400, message, code="parameter_missing")
    intent = account.find("payment_intent", params["payment_intent"])
    if not intent["latest_charge"]:
        raise wrong_state("This PaymentIntent has no successful charge.", "intent_not_paid")
    return account.find("charge", intent["latest_charge"])


def _refundable(charge: Obj, params: Obj) -> int:
    left: int = charge["amount_captured"] - charge["amount_refunded"]
    if left <= 0:
        message = f"Charge {charge['id']} has already been refunded."
        raise wrong_state(message, "charge_already_refunded")
    text = str(params.get("amount", left))
    if not text.isdigit() or int(text) < 1:
        raise invalid(f"Invalid integer: {text}", "amount")
    if int(text) > left:
        message = f"Refund amount ({text}) is greater than unrefunded amount on charge ({left})."
        raise invalid(message, "amount", "amount_too_large")
    return int(text)


def _note_on_charge(account: Account, charge: Obj, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    account.store.put(charge)
