"""The webhook and the inbox: signatures, duplicates, disorder, unknown kinds, contradictions, loss."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from backend.core import jobs
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.simulators.stripe.delivery import signature
from campaigns import figures, payments
from campaigns.models import (
    Payment,
    PaymentIntent,
    ProviderFinding,
    RefusedDelivery,
    StripeEvent,
)
from campaigns.provider import inbox
from tests.campaigns.provider import SECRET, Provider, post
from tests.campaigns.scene import Scene

pytestmark = [
    pytest.mark.money,
    pytest.mark.usefixtures("provider"),
    pytest.mark.ahead.with_args(Scene.open_campaign),
]


def event(**changes: Any) -> bytes:
    """An event that nobody here knows, unless a change says otherwise."""
    told = {
        "id": "evt_1",
        "object": "event",
        "type": "plan.created",
        "created": 1_700_000_000,
        "data": {"object": {"id": "plan_1"}},
        **changes,
    }
    return json.dumps(told).encode()


def signed(body: bytes, seconds_ago: int = 0, secret: str = SECRET) -> str:
    return signature(body, secret, int(time.time()) - seconds_ago)


class TestDoor:
    @pytest.mark.parametrize(
        ("header", "reason"),
        [
            ("", "webhook.bad_signature"),
            ("nonsense", "webhook.bad_signature"),
            ("t=1,v1=abc", "webhook.bad_signature"),
            ("t=x,v1=abc", "webhook.bad_signature"),
        ],
    )
    def test_a_wrong_signature_is_refused_and_counted(self, header: str, reason: str) -> None:
        for _each in range(2):
            answer = post(event(), header)
            assert (answer.status_code, answer.json()["code"]) == (400, reason)

        assert RefusedDelivery.objects.get().count == 2
        assert not StripeEvent.objects.exists()

    @pytest.mark.parametrize(
        ("seconds_ago", "status"), [(290, 200), (310, 400), (-290, 200), (-310, 400)]
    )
    def test_five_minutes_either_way(self, seconds_ago: int, status: int) -> None:
        body = event()

        assert post(body, signed(body, seconds_ago)).status_code == status

    def test_a_secret_that_rolls_has_two_signatures(self) -> None:
        body = event()
        moment, _comma, right = signed(body).partition(",")
        old = signature(body, "whsec_old", int(moment[2:])).partition(",")[2]

        assert post(body, f"{moment},{old},{right}").status_code == 200

    @pytest.mark.parametrize(
        "body",
        [
            b"not json",
            b"[]",
            b'{"id": 7, "type": "x"}',
            b"{}",
            b"\xff",
            b'{"id": "evt_\\u0000", "type": "x"}',
            b'{"id": "evt_1", "type": "x", "account": "a\\u0000"}',
        ],
    )
    def test_what_is_no_event_is_refused(self, body: bytes) -> None:
        assert post(body, signed(body)).status_code == 400

    def test_only_post_is_answered(self) -> None:
        assert Client().get("/webhooks/stripe/").status_code == 405


class TestStore:
    def test_an_unknown_kind_is_kept_and_ignored(self, scene: Scene) -> None:
        post(event())
        jobs.drain_all(at=scene.at)

        row = StripeEvent.objects.get()
        assert (row.outcome, row.handled_at) == ("ignored", scene.at)
        assert json.loads(row.raw)["data"]["object"]["id"] == "plan_1"

    def test_a_thin_event_is_kept_and_ignored(self, scene: Scene) -> None:
        post(event(object="v2.core.event", created="2026-01-01T00:00:00Z", data=None))
        scene.jobs()

        assert StripeEvent.objects.get().outcome == "ignored"

    def test_delivered_again_it_is_counted(self, scene: Scene) -> None:
        for pending in (2, 1, 0):
            post(event(pending_webhooks=pending))

        assert StripeEvent.objects.get().deliveries == 3
        assert inbox.Waiting().is_waiting(at=scene.at)
        assert not ProviderFinding.objects.exists()

    def test_the_same_id_with_other_content_is_a_finding(self) -> None:
        post(event())
        post(event(data={"object": {"id": "plan_2"}}))

        row = StripeEvent.objects.get()
        assert "plan_1" in row.raw
        assert row.variants.get().raw != row.raw
        assert ProviderFinding.objects.get().kind == "contradiction"


class TestHandle:
    def test_every_duplicate_and_every_order_books_one_payment(
        self, scene: Scene, provider: Provider
    ) -> None:
        intent = opened(scene)
        provider.pay(intent)
        told = [json.dumps(each).encode() for each in provider.events()]

        for body in [*reversed(told), *told]:
            assert post(body).status_code == 200
            scene.jobs()

        payment = Payment.objects.get()
        assert payment.amount == euro("500.00")
        assert StripeEvent.objects.get(kind="payment_intent.succeeded").deliveries == 2

    def test_a_fee_that_is_late_is_waited_for(self, scene: Scene, provider: Provider) -> None:
        intent = opened(scene)
        provider.pay(intent)
        charge = provider.hide_movement(intent)
        provider.deliver(kinds=("payment_intent.succeeded",))
        scene.jobs()
        assert not Payment.objects.exists()
        assert "FeeUnknown" in StripeEvent.objects.get().last_error

        provider.account.store.put(charge)
        provider.deliver(kinds=("charge.updated",))
        scene.jobs()

        assert Payment.objects.get().fee == euro("7.75")

    def test_a_declined_card_changes_nothing(self, scene: Scene, provider: Provider) -> None:
        intent = opened(scene)
        provider.decline(intent)
        provider.deliver()
        scene.jobs()

        intent.refresh_from_db()
        assert intent.state == "created"
        assert figures.of_pledge(intent.pledge).paid == ZERO

    def test_a_payment_that_is_not_ours_is_a_finding(
        self, scene: Scene, provider: Provider
    ) -> None:
        provider.pay_stranger(1200)
        provider.deliver()
        scene.jobs()

        assert ProviderFinding.objects.get().kind == "unknown"

    def test_an_unreachable_provider_leaves_the_event_waiting(
        self, scene: Scene, provider: Provider, settings: Any
    ) -> None:
        provider.pay(opened(scene))
        provider.deliver(kinds=("payment_intent.succeeded",))
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"

        scene.jobs()

        assert StripeEvent.objects.get().handled_at is None
        assert "ProviderUnreachable" in StripeEvent.objects.get().last_error


class TestSweep:
    def test_what_was_never_delivered_is_found(self, scene: Scene, provider: Provider) -> None:
        provider.pay(opened(scene))

        assert inbox.sweep(at=scene.at) > 0
        assert inbox.sweep(at=scene.at) == 0
        scene.jobs()

        assert Payment.objects.count() == 1


def opened(scene: Scene) -> PaymentIntent:
    pledge = scene.pledge(scene.open_campaign())
    return payments.start(pledge=pledge, by=SYSTEM, at=scene.at)
