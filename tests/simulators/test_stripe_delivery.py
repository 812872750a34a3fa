"""How events reach a webhook: signed as the library checks it, at least once, lost ones in the list."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import stripe

from backend.simulators.stripe.account import Account, Rates
from backend.simulators.stripe.delivery import Courier, Endpoint, signature
from backend.simulators.stripe.store import Store
from tests.simulators.conftest import Client, Line, Paid, Webhook, serving

SECRET = "whsec_test"
EVENTS_OF_A_PAYMENT = {
    "payment_intent.created",
    "payment_intent.succeeded",
    "charge.succeeded",
    "charge.updated",
}


@contextmanager
def delivering(store: Store, webhook: Webhook) -> Iterator[None]:
    """A courier at work for as long as the block lasts."""
    with serving(webhook.answer) as line:
        courier = Courier(store, Endpoint(f"{line.url}/webhooks/stripe/", SECRET))
        courier.start()
        try:
            yield
        finally:
            courier.stop()


def wait_for(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 8
    while not condition():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.02)


class TestCourier:
    def test_every_event_comes_and_the_library_takes_its_signature(
        self, account: Account, paid: Paid
    ) -> None:
        webhook = Webhook()
        paid(50_000)

        with delivering(account.store, webhook):
            wait_for(lambda: len(webhook.bodies) == 4)

        told = [
            stripe.Webhook.construct_event(body, header, SECRET)
            for body, header in zip(webhook.bodies, webhook.signatures, strict=True)
        ]
        assert {event.type for event in told} == EVENTS_OF_A_PAYMENT

    def test_a_refused_event_is_sent_again(self, account: Account) -> None:
        webhook = Webhook(refusals=1)
        account.emit("payout.paid", {"id": "po_1"})

        with delivering(account.store, webhook):
            wait_for(lambda: len(webhook.bodies) == 1)
            wait_for(lambda: account.store.deliveries_by_state() == {"delivered": 1})

    def test_doubles_are_the_same_event_twice(self, account: Account) -> None:
        webhook = Webhook()
        account.rates = Rates(duplicates=1, delay_seconds=0)
        account.emit("payout.paid", {"id": "po_1"})

        with delivering(account.store, webhook):
            wait_for(lambda: len(webhook.bodies) == 2)

        assert webhook.bodies[0] == webhook.bodies[1]

    def test_hurry_brings_what_was_to_come_later(self, account: Account, line: Line) -> None:
        webhook = Webhook()
        account.rates = Rates(duplicates=0, delay_seconds=900)
        account.emit("payout.paid", {"id": "po_1"})

        with delivering(account.store, webhook):
            line.ask("POST", "/_control/deliveries/hurry")
            wait_for(lambda: len(webhook.bodies) == 1)


class TestPlan:
    def test_a_lost_event_is_found_in_the_list(
        self, account: Account, client: Client, line: Line
    ) -> None:
        line.ask("POST", "/_control/rates", {"loss": 1})
        client.v1.payment_intents.create({"amount": 500, "currency": "eur"})

        found = client.v1.events.list({"delivery_success": False}).data

        assert [event.type for event in found] == ["payment_intent.created"]
        assert line.ask("GET", "/_control/deliveries") == {"lost": 1}

    def test_the_seed_decides_what_doubles(self) -> None:
        outcomes = [self.doubled("a"), self.doubled("a"), self.doubled("b")]

        assert outcomes[0] == outcomes[1] != outcomes[2]

    def doubled(self, seed: str) -> list[int]:
        store = Store(seed=seed)
        account = Account(store, Rates(duplicates=0.5, delay_seconds=0))
        counts = []
        for number in range(30):
            account.emit("payout.paid", {"id": f"po_{number}"})
            counts.append(sum(store.deliveries_by_state().values()))
        store.close()
        return counts


class TestSignature:
    def test_another_secret_gives_another_signature(self) -> None:
        assert signature(b"{}", "a", 1) != signature(b"{}", "b", 1)
