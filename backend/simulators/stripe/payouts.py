"""Payouts: what became available leaves for the bank, and a day later it is there.

A payout's parts are known to the list of movements by `payout=`, and nowhere else.
"""

from collections.abc import Callable

from backend.simulators.stripe.account import Account
from backend.simulators.stripe.errors import invalid, wrong_state
from backend.simulators.stripe.shapes import Obj

SECONDS_A_DAY = 86_400

Arrival = Callable[[Obj], None]


def run_day(account: Account, arrive: Arrival) -> list[Obj]:
    """This will let payouts on their way arrive and send out what is available; safe to repeat."""
    arrived = [_arrive(account, payout, arrive) for payout in _due(account)]
    sent = send_available(account)
    return arrived + ([sent] if sent else [])


def send_available(account: Account) -> Obj | None:
    """Make one automatic payout of every movement that is available and in no payout yet."""
    parts = [m for m in unpaid_movements(account) if m["available_on"] <= account.moment()]
    amount = sum(movement["net"] for movement in parts)
    if amount <= 0:
        return None
    payout = _make(account, amount, parts[0]["currency"], automatic=True)
    for movement in parts:
        account.store.put(movement | {"status": "available"})
        account.store.put_into_payout(payout["id"], movement["id"])
    return payout


def create_payout(account: Account, params: Obj) -> Obj:
    """A payout by hand; as with the real one, its parts are not told."""
    text = str(params.get("amount", ""))
    if not text.isdigit() or int(text) < 1:
        raise invalid(f"Invalid integer: {text}", "amount")
    if int(text) > sum(movement["net"] for movement in unpaid_movements(account)):
        raise wrong_state("You have insufficient funds in your account.", "balance_insufficient")
    return _make(account, int(text), params.get("currency", "eur"), automatic=False)


def fail_payout(account: Account, identity: str) -> Obj:
    """The bank sends a payout back, also after it was `paid`; the money is available again."""
    payout = account.find("payout", identity)
    if payout["status"] == "failed":
        raise wrong_state("This payout has failed already.", "payout_already_failed")
    movement = account.move_money("payout_failure", payout, (payout["amount"], 0))
    payout |= {
        "status": "failed",
        "failure_code": "account_closed",
        "failure_message": "The bank account has been closed.",
        "failure_balance_transaction": movement["id"],
    }
    if payout["automatic"]:
        payout["reconciliation_status"] = "completed"
    account.emit("payout.failed", payout)
    return account.store.put(payout)


def charge_fee(account: Account, cents: int) -> Obj:
    """The provider charges the account itself, for a month or for a service."""
    return account.move_money("stripe_fee", {"currency": "eur"}, (-cents, 0))


def unpaid_movements(account: Account) -> list[Obj]:
    """Movements that no automatic payout has taken; one by hand stands among them as minus."""
    taken = account.store.all_parts()
    return [m for m in account.store.of_kind("balance_transaction") if m["id"] not in taken]


def _make(account: Account, amount: int, currency: str, *, automatic: bool) -> Obj:
    payout = account.make(
        "payout",
        "po",
        {
            "amount": amount,
            "currency": currency,
            "automatic": automatic,
            "arrival_date": account.moment() + SECONDS_A_DAY,
            "reconciliation_status": "in_progress" if automatic else "not_applicable",
            "status": "in_transit",
        },
    )
    movement = account.move_money("payout", payout, (-amount, 0))
    payout["balance_transaction"] = movement["id"]
    if automatic:
        account.store.put_into_payout(payout["id"], movement["id"])
    account.emit("payout.created", payout)
    return account.store.put(payout)


def _due(account: Account) -> list[Obj]:
    payouts = account.store.of_kind("payout")
    moment = account.moment()
    due = [p for p in payouts if p["status"] == "in_transit" and p["arrival_date"] <= moment]
    return list(reversed(due))


def _arrive(account: Account, payout: Obj, arrive: Arrival) -> Obj:
    arrive(payout)
    payout["status"] = "paid"
    account.store.put(payout)
    account.emit("payout.paid", payout)
    if payout["automatic"]:
        payout["reconciliation_status"] = "completed"
        account.store.put(payout)
        account.emit("payout.reconciliation_completed", payout)
    return payout
