"""What a demo or a test may make happen that a real Stripe does by itself, or a person does on it.

Under /_control/: tell the time, pay intents, settle debits, let a transfer arrive, let a day's payouts
run, fail a refund, a charge or a payout, dispute a charge, charge a fee, hurry events, be in trouble.
"""

import http.client
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from backend.simulators.server import Answer, Request, Routes, as_json
from backend.simulators.stripe import cash, payments, payouts, returns
from backend.simulators.stripe.account import Account, Trouble
from backend.simulators.stripe.errors import StripeRefusal
from backend.simulators.stripe.parameters import LATEST
from backend.simulators.stripe.shapes import Obj

CARDS = {"visa": "pm_card_visa", "declined": "pm_card_chargeDeclined"}


def add_routes(routes: Routes, account: Account, arrive: payouts.Arrival) -> None:
    """Add what is answered under /_control/; `arrive` brings a payout to the bank."""
    actions: list[tuple[str, str, Callable[[Request], object]]] = [
        ("GET", "health", lambda r: {"ok": True}),
        ("GET", "deliveries", lambda r: account.store.deliveries_by_state()),
        ("POST", "deliveries/hurry", lambda r: account.store.hurry_deliveries()),
        (
            "POST",
            "clock",
            lambda r: account.store.tell_time(datetime.fromisoformat(r.json()["now"])),
        ),
        ("POST", "rates", lambda r: _set_rates(account, r.json())),
        ("POST", "pay", lambda r: _pay(account, r.json())),
        ("POST", "paid", lambda r: _paid(account, r.json()["payments"])),
        ("POST", "debits", lambda r: _settle(account, r.json())),
        ("POST", "cash", lambda r: cash.fund(account, r.json()["customer"], r.json()["amount"])),
        ("POST", "fees", lambda r: payouts.charge_fee(account, r.json()["amount"])),
        ("POST", "trouble", lambda r: _be_in_trouble(account, r.json())),
        ("POST", "charges/{id}/fail", lambda r: returns.fail_charge(account, r.parts["id"])),
        ("POST", "refunds/{id}/settle", lambda r: returns.settle_refund(account, r.parts["id"])),
        ("POST", "day", lambda r: payouts.run_day(account, arrive)),
        (
            "POST",
            "payouts/{id}/fail",
            lambda r: payouts.fail_payout(account, r.parts["id"]),
        ),
        (
            "POST",
            "refunds/{id}/fail",
            lambda r: returns.fail_refund(account, r.parts["id"]),
        ),
        (
            "POST",
            "charges/{id}/dispute",
            lambda r: returns.open_dispute(account, r.parts["id"]),
        ),
        ("POST", "disputes/{id}/close", lambda r: _close(account, r)),
    ]
    for method, pattern, action in actions:
        routes.add(method, f"/_control/{pattern}", _endpoint(account, action))


def _endpoint(account: Account, action: Callable[[Request], object]) -> Callable[[Request], Answer]:
    def answer(request: Request) -> Answer:
        try:
            with account.store.transaction():
                return as_json(action(request))
        except StripeRefusal as refusal:
            return as_json({"error": refusal.error}, status=refusal.status)

    return answer


def _set_rates(account: Account, wanted: Obj) -> None:
    account.rates = replace(account.rates, **wanted)


def _paid(account: Account, wanted: list[Obj]) -> list[Obj]:
    """Many payments at once, each opened and paid by card; the events that tell they succeeded."""
    made = []
    for one in wanted:
        asked = {"amount": str(one["amount"]), "currency": "eur", "metadata": {"key": one["key"]}}
        intent = payments.create_intent(account, asked)["id"]
        made.append(payments.confirm_intent(account, intent, {})["id"])
    recent = account.store.page_of("event", (0, LATEST), "", 10 * len(wanted))
    told = {e["data"]["object"]["id"]: e for e in recent if e["type"] == "payment_intent.succeeded"}
    return [told[intent] for intent in made]


def _be_in_trouble(account: Account, wanted: Obj) -> None:
    account.trouble = Trouble(**wanted)


def _settle(account: Account, wanted: Obj) -> dict[str, str]:
    """The banks of some payers answer their debits."""
    outcome = wanted.get("outcome", "succeeded")
    return {
        one: payments.settle_debit(account, one, outcome)["status"] for one in wanted["intents"]
    }


def _pay(account: Account, wanted: Obj) -> dict[str, str]:
    """Try a card on each of the intents; a declined or already paid one is told by its code."""
    card = {"payment_method": CARDS[wanted.get("card", "visa")]}
    return {identity: _try(account, identity, card) for identity in wanted["intents"]}


def _try(account: Account, identity: str, card: Obj) -> str:
    try:
        return str(payments.confirm_intent(account, identity, card)["status"])
    except StripeRefusal as refusal:
        return str(refusal.error.get("code"))


def _close(account: Account, request: Request) -> Obj:
    return returns.close_dispute(account, request.parts["id"], request.json().get("status", ""))


def bank_arrival(bank_url: str, iban: str) -> payouts.Arrival:
    """What brings a payout to the bank's stand-in; the payout's id keeps it from arriving twice."""

    def arrive(payout: Obj) -> None:
        transfer = {
            "account": iban,
            "amount": f"{payout['amount'] / 100:.2f}",
            "name": "Stripe Payments Europe (synthetic)",
            "text": f"STRIPE PAYOUT {payout['id']}",
            "end_to_end_id": payout["id"],
            "key": payout["id"],
        }
        line = http.client.HTTPConnection(urlsplit(bank_url).netloc, timeout=10)
        line.request("POST", "/_control/transfers", json.dumps({"transfers": [transfer]}))
        answer = line.getresponse()
        line.close()
        if answer.status != 200:
            raise StripeRefusal(502, f"The bank answered {answer.status}.")

    return arrive


def no_bank(payout: Obj) -> None:
    """A payout arrives nowhere: for tests of Stripe alone."""
