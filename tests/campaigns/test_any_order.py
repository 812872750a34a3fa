"""No order of the provider's events and of the bank's files, and no repeat of them, changes what the
books say at the end.

The world happens once: payments of every kind, refunds, disputes, payouts; transfers that are exact,
short, over and twice. Then events and files are told in an order that Hypothesis chooses, some again,
some events never (a pull finds those), files that overlap, in batches of any size, and each time the
books are compared with those of the order in which they happened.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from djmoney.money import Money
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import checks
from backend.ledger.models import Balance
from backend.simulators.bank import camt
from backend.treasury import reconciliation, statements
from backend.treasury.models import Allocation, Discrepancy
from campaigns import payments, sides
from campaigns.models import Payment, PaymentIntent, Payout, ProviderFee
from campaigns.provider import inbox, proofs, pulls
from campaigns.stripe_gateway.deliveries import read
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

Method = PaymentIntent.Method


@dataclass(frozen=True)
class Books:
    """What is compared: every account's balance, and how many facts of each kind."""

    balances: dict[str, Decimal]
    payments: int
    payouts: int
    fees: int
    matched: int
    waiting: int


# An event of the provider, or a file of the bank.
News = dict[str, Any] | bytes


class TestTheBooksAtTheEnd:
    def test_are_those_of_the_order_in_which_it_happened(
        self, scene: Scene, provider: Provider
    ) -> None:
        files = happen(scene, provider)
        events = provider.events()
        bodies: list[News] = [*events, *files]
        right = told(scene, [bodies], misses=False)
        assert (right.matched, right.waiting) == (5, 3)

        @settings(max_examples=5, suppress_health_check=list(HealthCheck))
        @given(st.data())
        def holds(data: Any) -> None:
            order = data.draw(st.permutations(bodies))
            again = data.draw(st.lists(st.sampled_from(bodies), max_size=10))
            lost = events[: data.draw(st.integers(0, 6))]
            kept = [one for one in order if one not in lost]
            size = data.draw(st.sampled_from([2, 8, 100]))
            every = [*kept, *again]
            batches = [every[start : start + size] for start in range(0, len(every), size)]
            assert told(scene, batches, misses=True) == right

        holds()


def happen(scene: Scene, provider: Provider) -> list[bytes]:
    """A campaign's weeks at the provider, of which we heard nothing yet, and the bank's files of them."""
    campaign = scene.open_campaign(maximum=euro("9000.00"))
    scene.bank(scene.restricted)
    exact, parts, over = (scene.pledge(campaign, shares=shares) for shares in (5, 6, 7))
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
    arrived = provider.run_day(scene.at)
    scene.wait(2)
    arrived += provider.run_day(scene.at)
    return bank_files(
        scene,
        [(exact.amount, exact.reference), (euro("200.00"), parts.reference)],
        [(parts.amount - euro("200.00"), parts.reference), (exact.amount, exact.reference)],
        [(over.amount + euro("30.00"), over.reference), (euro("12.00"), "senza causale")],
        [(euro(each["amount"]) / 100, str(each["id"])) for each in arrived],
    )


def bank_files(scene: Scene, *days: list[tuple[Money, str]]) -> list[bytes]:
    """A file of each day, and one that overlaps the first two."""
    lines = [[scene.line(*each) for each in day] for day in days]
    first = scene.day - dt.timedelta(days=len(days))
    opened = [
        sum(line.cents for day in lines[:number] for line in day) for number in range(len(days))
    ]
    spans = [(number, number + 1) for number in range(len(days))] + [(0, 2)]
    dated = [
        [replace(line, booked_on=first + dt.timedelta(days=number)) for line in day]
        for number, day in enumerate(lines)
    ]
    return [
        camt.as_xml(
            camt.Statement(
                id=f"ANY{start}{end}",
                number=100 + start,
                iban=scene.restricted.iban,
                holder=scene.cast.issuer.name,
                first_day=first + dt.timedelta(days=start),
                last_day=first + dt.timedelta(days=end - 1),
                opening=opened[start],
                lines=tuple(line for day in dated[start:end] for line in day),
                made_at=scene.at.isoformat(),
            )
        )
        for start, end in spans
    ]


def told(scene: Scene, batches: Sequence[Sequence[News]], *, misses: bool) -> Books:
    """The books after the news was told in these batches; then all of it is undone."""
    before = transaction.savepoint()
    try:
        for batch in batches:
            for one in batch:
                if isinstance(one, bytes):
                    statements.upload(raw=one, by=SYSTEM, at=scene.at)
                else:
                    inbox.store(event=read(one, json.dumps(one)), at=scene.at)
            scene.jobs()
            if any(isinstance(one, bytes) for one in batch):
                reconciliation.run(by=SYSTEM, at=scene.at)
        if misses:
            pulls.pull(since=scene.at.replace(year=2020), by=SYSTEM, at=scene.at)
        scene.jobs()
        reconciliation.run(by=SYSTEM, at=scene.at)
        assert all(each.is_equal for each in sides.gather(None).three_way)
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
        matched=Allocation.objects.count(),
        waiting=Discrepancy.objects.waiting().count(),
    )
