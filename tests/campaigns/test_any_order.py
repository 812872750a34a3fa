"""No order of the provider's events, and no repeat of them, changes what the books say at the end.

The world happens once: payments of every kind, refunds, disputes, a payout. Then its events are told in
an order that Hypothesis chooses, some again and some never (a pull finds those), in batches of any size,
and each time the books are compared with those of the order in which they happened.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.users import SYSTEM
from backend.ledger import checks
from backend.ledger.models import Balance
from campaigns import payments
from campaigns.models import Payment, PaymentIntent, Payout, ProviderFee
from campaigns.provider import inbox, proofs, pulls
from campaigns.stripe_gateway.deliveries import read
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.django_db

Method = PaymentIntent.Method


@dataclass(frozen=True)
class Books:
    """What is compared: every account's balance, and how many facts of each kind."""

    balances: dict[str, Decimal]
    payments: int
    payouts: int
    fees: int


class TestTheBooksAtTheEnd:
    def test_are_those_of_the_order_in_which_it_happened(
        self, scene: Scene, provider: Provider
    ) -> None:
        happen(scene, provider)
        bodies = provider.events()
        right = told(scene, [bodies], misses=False)

        @settings(max_examples=12, suppress_health_check=list(HealthCheck))
        @given(st.data())
        def holds(data: Any) -> None:
            order = data.draw(st.permutations(bodies))
            again = data.draw(st.lists(st.sampled_from(bodies), max_size=10))
            kept = order[data.draw(st.integers(0, 6)) :]
            size = data.draw(st.sampled_from([1, 3, 8, 100]))
            every = [*kept, *again]
            batches = [every[start : start + size] for start in range(0, len(every), size)]
            assert told(scene, batches, misses=True) == right

        holds()


def happen(scene: Scene, provider: Provider) -> None:
    """A campaign's weeks at the provider, of which we heard nothing yet."""
    campaign = scene.open_campaign()
    intents = [
        payments.start(pledge=scene.pledge(campaign, shares=shares), method=method, by=SYSTEM,
                       at=scene.at)
        for shares, method in ((20, Method.CARD), (5, Method.CARD), (6, Method.CARD),
                               (7, Method.DEBIT), (8, Method.TRANSFER))
    ]  # fmt: skip
    charges = [provider.pay(one)["latest_charge"] for one in intents[:3]]
    provider.pay(intents[3])
    provider.settle_debit(intents[3])
    customer = provider.account.store.get(intents[4].provider_id or "") or {}
    for cents in (30_000, 60_000):
        provider.transfer(customer["customer"], cents)
    provider.refund(charges[0], 10_000)
    provider.refund(charges[0], 5_000)
    provider.dispute(charges[1])
    provider.close(provider.dispute(charges[2])["id"], "won")
    provider.charge_fee(900)
    scene.wait(3)
    provider.run_day(scene.at)
    scene.wait(2)
    provider.run_day(scene.at)


def told(scene: Scene, batches: Sequence[Sequence[dict[str, Any]]], *, misses: bool) -> Books:
    """The books after the events were told in these batches; then all of it is undone."""
    before = transaction.savepoint()
    try:
        for batch in batches:
            for event in batch:
                inbox.store(event=read(event, json.dumps(event)), at=scene.at)
            scene.jobs()
        if misses:
            pulls.pull(since=scene.at.replace(year=2020), by=SYSTEM, at=scene.at)
        scene.jobs()
        assert proofs.prove(by=SYSTEM, at=scene.at).outcome == "proven"
        assert all(check.ok for check in checks.run())
        return _books()
    finally:
        transaction.savepoint_rollback(before)


def _books() -> Books:
    rows = Balance.objects.exclude(amount=0).values_list("account__code", "amount")
    return Books(
        balances=dict(rows),
        payments=Payment.objects.count(),
        payouts=Payout.objects.count(),
        fees=ProviderFee.objects.count(),
    )
