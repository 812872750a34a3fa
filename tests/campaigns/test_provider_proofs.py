"""Does the provider's balance equal the books: proven, different, or not proven; and pulls by date."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from backend.core import approvals, clock
from backend.core.models import AuditEvent
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import months
from backend.ledger.models import Entry
from campaigns import payments
from campaigns.models import Payment, ProviderFinding, ProviderProof, StripeEvent
from campaigns.provider import inbox, movements, proofs, pulls
from campaigns.stripe_gateway import ProviderUnreachable
from tests.campaigns.provider import Provider, post
from tests.campaigns.scene import Scene
from tests.campaigns.test_payments import paid_by_card

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def prove(scene: Scene) -> ProviderProof:
    return proofs.prove(by=scene.cast.finance, at=scene.at)


class TestProve:
    def test_equal_to_the_cent(self, scene: Scene, provider: Provider) -> None:
        paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))

        found = prove(scene)

        assert (found.outcome, found.items) == ("proven", [])
        assert found.provider == found.books == euro("492.25").amount
        assert AuditEvent.objects.filter(action="provider.proved").exists()

    def test_money_of_somebody_else_is_named_with_its_day(
        self, scene: Scene, provider: Provider
    ) -> None:
        charge = provider.pay_stranger(5000)["latest_charge"]

        found = prove(scene)

        assert found.outcome == "different"
        [item] = found.items
        assert (item["side"], item["about"], item["net"]) == ("there", charge, "49.00")
        assert ProviderFinding.objects.get().kind == "unknown"

    def test_what_the_provider_does_not_know_is_named(
        self, scene: Scene, provider: Provider
    ) -> None:
        payment = paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))
        provider.account.store.rows("DELETE FROM objects WHERE kind = 'balance_transaction'")

        found = prove(scene)

        assert found.outcome == "different"
        assert [(one["side"], one["id"]) for one in found.items] == [("here", payment.provider_id)]

    @pytest.mark.parametrize("status", [500, 429])
    def test_no_answer_proves_nothing(self, scene: Scene, provider: Provider, status: int) -> None:
        first = prove(scene)
        provider.be_in_trouble(status)

        found = prove(scene)

        assert (found.outcome, found.provider) == ("not_proven", None)
        assert found.reason
        assert proofs.last_proven() == first

    def test_a_slow_answer_proves_nothing(
        self, scene: Scene, provider: Provider, settings: Settings
    ) -> None:
        settings.STRIPE_TIMEOUT_SECONDS = 0.05
        provider.be_in_trouble(seconds=0.3)

        assert prove(scene).outcome == "not_proven"
        provider.be_in_trouble()

    def test_nobody_there_proves_nothing(
        self, scene: Scene, provider: Provider, settings: Settings
    ) -> None:
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"

        assert prove(scene).outcome == "not_proven"

    def test_a_proof_is_a_fact(self, scene: Scene, provider: Provider) -> None:
        found = prove(scene)

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            ProviderProof.objects.filter(pk=found.pk).update(outcome="proven")


class TestPull:
    def test_finds_what_no_webhook_brought(self, scene: Scene, provider: Provider) -> None:
        pledge = scene.pledge(scene.open_campaign())
        provider.pay(payments.start(pledge=pledge, by=SYSTEM, at=scene.at))

        found = pulls.pull(since=week_before(scene), by=SYSTEM, at=scene.at)
        again = pulls.pull(since=week_before(scene), by=SYSTEM, at=scene.at)

        assert pledge.payments.get().amount == euro("500.00")
        assert (found.new_movements, again.new_movements) == (1, 0)
        assert found.new_events == found.events > 0
        assert again.new_events == 0

    def test_events_and_pull_together_book_it_once(self, scene: Scene, provider: Provider) -> None:
        pledge = scene.pledge(scene.open_campaign())
        provider.pay(payments.start(pledge=pledge, by=SYSTEM, at=scene.at))
        pulls.pull(since=week_before(scene), by=SYSTEM, at=scene.at)
        provider.deliver()
        scene.jobs()

        assert Payment.objects.count() == 1
        assert movements.differences() == []

    def test_an_unreachable_provider_is_said_so(self, scene: Scene, provider: Provider) -> None:
        provider.be_in_trouble(500)

        with pytest.raises(ProviderUnreachable):
            pulls.pull(since=week_before(scene), by=SYSTEM, at=scene.at)


class TestForeignEvents:
    @pytest.mark.parametrize("change", [{"account": "acct_other"}, {"livemode": True}])
    def test_are_kept_and_marked_and_nothing_is_done(
        self, scene: Scene, provider: Provider, change: dict[str, object]
    ) -> None:
        provider.pay(
            payments.start(pledge=scene.pledge(scene.open_campaign()), by=SYSTEM, at=scene.at)
        )
        for event in provider.events():
            post(json.dumps({**event, **change}).encode())
        scene.jobs()

        assert set(StripeEvent.objects.values_list("outcome", flat=True)) == {"foreign"}
        assert not Payment.objects.exists()
        assert ProviderFinding.objects.get().kind == "foreign"

    def test_another_version_is_handled_and_told(self, scene: Scene, provider: Provider) -> None:
        pledge = scene.pledge(scene.open_campaign())
        provider.pay(payments.start(pledge=pledge, by=SYSTEM, at=scene.at))
        for event in provider.events():
            post(json.dumps({**event, "api_version": "2020-08-27"}).encode())
        scene.jobs()

        assert pledge.payments.exists()
        assert ProviderFinding.objects.get().kind == "version"


class TestClosedMonth:
    def test_a_payment_learnt_late_is_booked_into_the_open_one(
        self, scene: Scene, provider: Provider
    ) -> None:
        pledge = scene.pledge(scene.open_campaign())
        provider.pay(payments.start(pledge=pledge, by=SYSTEM, at=scene.at))
        paid_on = clock.today()
        # The statement reaches the month's end, so that nothing is in the way of closing it.
        scene.day = next_month(paid_on) - dt.timedelta(days=1)
        scene.own_money("10.00")
        scene.wait(10)
        close_until(scene, paid_on)

        provider.deliver()
        scene.jobs()

        payment = pledge.payments.get()
        entry = Entry.objects.get(key=f"card-payment:{payment.provider_id}")
        assert clock.day_of(payment.received_at) == paid_on
        assert entry.on == next_month(paid_on)


class TestContradiction:
    def test_is_audited_as_a_matter_of_security(self, scene: Scene, provider: Provider) -> None:
        told = {"id": "evt_1", "object": "event", "type": "plan.created", "data": {"object": {}}}
        post(json.dumps(told).encode())
        post(json.dumps({**told, "type": "payment_intent.succeeded"}).encode())

        assert ProviderFinding.objects.get().kind == "contradiction"
        assert AuditEvent.objects.filter(action="event.contradicted").count() == 1


class TestPages:
    def test_finance_sees_the_proof_and_asks_again(self, scene: Scene, provider: Provider) -> None:
        paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))
        client = Client()
        client.force_login(scene.cast.finance)

        assert client.post("/desk/provider/prove/").status_code == 302
        assert "€492.25" in client.get("/desk/provider/", headers={"accept-language": "en"}).text
        provider.be_in_trouble(500)
        client.post("/desk/provider/prove/")

        assert "ProviderProof" not in client.get("/desk/provider/").text
        assert [one.outcome for one in ProviderProof.objects.order_by("id")] == [
            "proven",
            "not_proven",
        ]

    def test_a_pull_from_the_page(self, scene: Scene, provider: Provider) -> None:
        client = Client()
        client.force_login(scene.cast.finance)

        day = week_before(scene).date().isoformat()
        assert client.post("/desk/provider/pull/", {"since": day}).status_code == 302
        assert AuditEvent.objects.filter(action="provider.pulled").exists()


def next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def week_before(scene: Scene) -> dt.datetime:
    return scene.at - dt.timedelta(days=7)


def close_until(scene: Scene, day: dt.date) -> None:
    """Close every month until the one of a day."""
    while (first := months.next_to_close(scene.cast.issuer)) and first <= day:
        asked = months.ask_to_close(
            organisation=scene.cast.issuer, first_day=first, by=scene.cast.finance, at=scene.at
        )
        approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)


def test_a_batch_that_fails_is_handled_one_by_one(scene: Scene, provider: Provider) -> None:
    """One event that nobody can read keeps none of the others."""
    pledge = scene.pledge(scene.open_campaign())
    provider.pay(payments.start(pledge=pledge, by=SYSTEM, at=scene.at))
    provider.deliver()
    StripeEvent.objects.filter(kind="charge.updated").update(raw="not json")

    inbox.Waiting().drain(at=scene.at, limit=100)

    assert pledge.payments.exists()
    left = StripeEvent.objects.get(handled_at=None)
    assert (left.kind, left.attempts) == ("charge.updated", 1)
