"""The card provider's stand-in behind a real port, and the way its events reach our webhook."""

import contextlib
import datetime as dt
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from backend.simulators.server import serve
from backend.simulators.stripe import cash, payments, payouts, returns
from backend.simulators.stripe.account import Account, Rates, Trouble
from backend.simulators.stripe.delivery import signature
from backend.simulators.stripe.errors import StripeRefusal
from backend.simulators.stripe.service import routes_of
from backend.simulators.stripe.store import Store
from campaigns.models import PaymentIntent

SECRET = "whsec_test"


@dataclass
class Provider:
    """One account of the stand-in; `deliver` posts its events, signed, to our webhook."""

    account: Account
    url: str
    told: set[str] = field(default_factory=set)

    def pay(self, intent: PaymentIntent) -> dict[str, Any]:
        """Somebody pays the intent with a good card."""
        assert intent.provider_id
        with self.account.store.transaction():
            return payments.confirm_intent(self.account, intent.provider_id, {})

    def decline(self, intent: PaymentIntent) -> None:
        """Somebody tries a card that is refused."""
        card = {"payment_method": "pm_card_chargeDeclined"}
        with self.account.store.transaction(), contextlib.suppress(StripeRefusal):
            payments.confirm_intent(self.account, intent.provider_id or "", card)

    def pay_stranger(self, cents: int) -> dict[str, Any]:
        """Somebody pays an intent that we never opened."""
        with self.account.store.transaction():
            made = payments.create_intent(self.account, {"amount": str(cents), "currency": "eur"})
            return payments.confirm_intent(self.account, made["id"], {})

    def hide_movement(self, intent: PaymentIntent) -> dict[str, Any]:
        """The charge does not know its movement yet; the answer is the charge that does."""
        made = self.account.store.get(intent.provider_id or "") or {}
        charge = self.account.store.get(made["latest_charge"]) or {}
        self.account.store.put(charge | {"balance_transaction": None})
        return charge

    def put(self, made: dict[str, Any]) -> dict[str, Any]:
        """Keep an object as it is."""
        return self.account.store.put(made)

    def refund(self, charge: str, amount: int) -> dict[str, Any]:
        """Somebody makes a refund in the provider's own dashboard."""
        with self.account.store.transaction():
            return returns.create_refund(self.account, {"charge": charge, "amount": str(amount)})

    def settle_debit(self, intent: PaymentIntent, outcome: str = "succeeded") -> None:
        """The payer's bank answers a debit."""
        with self.account.store.transaction():
            payments.settle_debit(self.account, intent.provider_id or "", outcome)

    def transfer(self, customer: str, cents: int) -> None:
        """Somebody's bank transfer arrives at the provider."""
        with self.account.store.transaction():
            cash.fund(self.account, customer, cents)

    def call_back(self, charge: str) -> None:
        """The payer's bank calls a debit back after it succeeded."""
        with self.account.store.transaction():
            returns.fail_charge(self.account, charge)

    def close(self, dispute: str, outcome: str) -> None:
        """A dispute is decided."""
        with self.account.store.transaction():
            returns.close_dispute(self.account, dispute, outcome)

    def settle_refund(self, refund: str) -> None:
        """A refund to a bank account has arrived there."""
        with self.account.store.transaction():
            returns.settle_refund(self.account, refund)

    def charge_fee(self, cents: int) -> None:
        """The provider charges the account itself."""
        with self.account.store.transaction():
            payouts.charge_fee(self.account, cents)

    def fail_payout(self, payout: str) -> None:
        """The bank sends a payout back."""
        with self.account.store.transaction():
            payouts.fail_payout(self.account, payout)

    def be_in_trouble(self, status: int = 0, seconds: float = 0) -> None:
        """From now on the API answers with this status, or slowly."""
        self.account.trouble = Trouble(status, seconds)

    def dispute(self, charge: str) -> dict[str, Any]:
        """The holder of the card disputes the charge."""
        with self.account.store.transaction():
            return returns.open_dispute(self.account, charge)

    def run_day(self, at: dt.datetime) -> list[dict[str, Any]]:
        """A day at the provider: payouts on their way arrive, what is available sets out."""
        arrived: list[dict[str, Any]] = []
        self.account.store.tell_time(at)
        with self.account.store.transaction():
            payouts.run_day(self.account, arrived.append)
        return arrived

    def events(self) -> list[dict[str, Any]]:
        """Every event so far, oldest first."""
        return list(reversed(self.account.store.of_kind("event")))

    def deliver(self, *, kinds: tuple[str, ...] = ()) -> int:
        """Post events that were not told yet (only some kinds, if named); return how many."""
        due = [
            event
            for event in self.events()
            if event["id"] not in self.told and (not kinds or event["type"] in kinds)
        ]
        for event in due:
            assert post(json.dumps(event).encode()).status_code == 200
            self.told.add(event["id"])
        return len(due)


def post(body: bytes, header: str | None = None) -> Any:
    """One delivery to our webhook; by default rightly signed."""
    signed = signature(body, SECRET, int(time.time())) if header is None else header
    return Client().post(
        "/webhooks/stripe/",
        body,
        content_type="application/json",
        headers={"Stripe-Signature": signed} if signed else {},
    )


@contextmanager
def standing() -> Iterator[Provider]:
    """A fresh account behind a free port, for as long as the block lasts."""
    store = Store(seed="test")
    account = Account(store, Rates(duplicates=0, delay_seconds=0))
    server = serve(routes_of(account).answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield Provider(account, f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        store.close()
