"""Events reach a receiver over real HTTP: signed, again after growing waits, again by hand."""

import datetime as dt
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core import mail
from pytest_django import Settings

from backend.core import audit, clock, jobs
from backend.core.models import AuditEvent, Notice
from backend.webhooks import addresses, deliveries, events, sender, subscriptions
from backend.webhooks.deliveries import WAITS, OnItsWay
from backend.webhooks.models import Delivery, Event, Webhook
from backend.webhooks.subscriptions import Made, Wish
from tests.cast import Cast
from tests.webhooks.conftest import AT
from tests.webhooks.receiver import Receiver, listening, signs

pytestmark = pytest.mark.django_db


def drain(at: dt.datetime = AT) -> int:
    return jobs.drain(kind=events.JOB, at=at)


def tried_out(made: Made, cast: Cast) -> Delivery:
    return subscriptions.try_out(webhook=made.webhook, by=cast.owner, at=AT)


class TestDrain:
    def test_delivers_a_signed_message(self, made: Made, cast: Cast, receiver: Receiver) -> None:
        delivery = tried_out(made, cast)

        assert drain() == 1
        [asked] = receiver.asked
        assert signs(made.secret, asked.headers, asked.body) == [True]
        assert asked.headers["webhook-id"] == delivery.event.message_id
        assert receiver.heard == [
            {"type": "webhook.test", "timestamp": AT.isoformat(), "data": {"id": made.webhook.pk}}
        ]
        age = clock.wall().timestamp() - int(asked.headers["webhook-timestamp"])
        assert 0 <= age < 60, "receivers refuse what is older than five minutes"

    def test_writes_down_the_arrival(self, made: Made, cast: Cast) -> None:
        delivery = tried_out(made, cast)
        drain()

        delivery.refresh_from_db()
        assert (delivery.state, delivery.tries) == ("arrived", 1)
        assert [one.status for one in delivery.attempts.all()] == [200]
        assert Webhook.objects.get().last_delivered_at == AT
        assert not deliveries.Waiting().is_waiting(at=AT + dt.timedelta(days=9))

    @pytest.mark.parametrize("status", [302, 400, 404, 500, 503])
    def test_tries_again_later_what_was_not_taken(
        self, made: Made, cast: Cast, receiver: Receiver, status: int
    ) -> None:
        receiver.statuses = [status]
        delivery = tried_out(made, cast)
        drain()

        assert drain() == 0
        assert drain(AT + WAITS[0]) == 1
        ids = {one.headers["webhook-id"] for one in receiver.asked}
        delivery.refresh_from_db()
        assert (delivery.state, len(ids), len(receiver.asked)) == ("arrived", 1, 2)

    def test_tries_again_when_nobody_listens(self, made: Made, cast: Cast) -> None:
        Webhook.objects.update(url="http://127.0.0.1:9/")
        delivery = tried_out(made, cast)
        drain()

        delivery.refresh_from_db()
        [attempt] = delivery.attempts.all()
        assert delivery.state == "to_retry"
        assert attempt.status is None
        assert "NewConnectionError" in attempt.error

    def test_calls_no_private_address(self, made: Made, cast: Cast, settings: Settings) -> None:
        """It was public when it was added: a name may lead elsewhere later."""
        settings.WEBHOOKS_STAY_HERE = False
        Webhook.objects.update(url="https://localhost/")
        delivery = tried_out(made, cast)
        drain()

        [attempt] = delivery.attempts.all()
        assert attempt.error == str(addresses._("This address is not a public one."))

    def test_passes_by_a_webhook_that_fails(
        self, made: Made, cast: Cast, receiver: Receiver
    ) -> None:
        broken = subscriptions.add(
            wish=Wish("http://127.0.0.1:9/", ["*"]), by=cast.owner, at=AT
        ).webhook
        for each in (broken, broken, made.webhook):
            subscriptions.try_out(webhook=each, by=cast.owner, at=AT)

        assert drain() == 2
        assert len(receiver.heard) == 1


class TestGivingUp:
    def test_disables_a_webhook_and_writes_to_its_managers(
        self, made: Made, cast: Cast, receiver: Receiver
    ) -> None:
        receiver.statuses = [500] * 99
        delivery = tried_out(made, cast)
        at = AT
        for wait in (dt.timedelta(), *WAITS):
            at += wait
            assert drain(at) == 1

        delivery.refresh_from_db()
        hook = Webhook.objects.get()
        assert (delivery.state, delivery.tries) == ("given_up", 10)
        assert hook.disabled_at == at
        told = set(Notice.objects.values_list("to", flat=True))
        assert told == {cast.owner.email, cast.colleague.email}
        assert mail.outbox == []

    def test_keeps_a_webhook_to_which_something_arrived(
        self, made: Made, cast: Cast, receiver: Receiver
    ) -> None:
        receiver.statuses = [500] * 9
        tried_out(made, cast)
        at = AT
        for wait in (dt.timedelta(), *WAITS[:-1]):
            at += wait
            drain(at)
        subscriptions.try_out(webhook=made.webhook, by=cast.owner, at=at)
        drain(at)
        receiver.statuses = [500]
        drain(at + WAITS[-1])

        assert Delivery.objects.filter(given_up_at__isnull=False).count() == 1
        assert Webhook.objects.get().disabled_at is None

    def test_comes_at_once_when_the_receiver_wants_no_more(
        self, made: Made, cast: Cast, receiver: Receiver
    ) -> None:
        receiver.statuses = [410]
        delivery = tried_out(made, cast)
        drain()

        delivery.refresh_from_db()
        assert delivery.state == "given_up"
        assert Webhook.objects.get().disabled_at == AT


class TestRedeliver:
    def test_sends_the_same_message_again(self, made: Made, cast: Cast, receiver: Receiver) -> None:
        delivery = tried_out(made, cast)
        drain()
        deliveries.redeliver(delivery=delivery, by=cast.owner, at=AT)
        drain()

        first, second = receiver.asked
        assert first.body == second.body
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert audit.history(made.webhook).filter(action="webhook.redelivered").count() == 1

    def test_is_refused_while_it_is_on_its_way(self, made: Made, cast: Cast) -> None:
        delivery = tried_out(made, cast)

        with pytest.raises(OnItsWay):
            deliveries.redeliver(delivery=delivery, by=cast.owner, at=AT)


class TestForget:
    def test_deletes_what_is_older_than_ninety_days(self, made: Made, cast: Cast) -> None:
        tried_out(made, cast)
        drain()

        assert deliveries.forget(at=AT + dt.timedelta(days=90)) == 0
        assert deliveries.forget(at=AT + dt.timedelta(days=91)) == 3
        assert not Event.objects.exists()
        assert AuditEvent.objects.exists()


class TestTls:
    """A real handshake: the certificate must be the name's, and somebody's whom we trust."""

    def test_delivers_to_who_proves_the_name(
        self, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        certificate = _certificate(tmp_path, "localhost")
        monkeypatch.setenv("SSL_CERT_FILE", certificate[0])

        assert _tried(made, certificate).status == 200

    def test_delivers_not_to_another_name(
        self, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        certificate = _certificate(tmp_path, "example.org")
        monkeypatch.setenv("SSL_CERT_FILE", certificate[0])

        assert "'localhost' doesn't match" in _tried(made, certificate).error

    def test_delivers_not_to_a_stranger(self, made: Made, tmp_path: Path) -> None:
        outcome = _tried(made, _certificate(tmp_path, "localhost"))

        assert "CERTIFICATE_VERIFY_FAILED" in outcome.error


def _tried(made: Made, certificate: tuple[str, str]) -> sender.Outcome:
    sender._trust.cache_clear()
    event = Event(type="webhook.test", data={}, at=AT)
    with listening(certificate) as receiver:
        made.webhook.url = f"https://localhost:{receiver.port}/"
        outcome = sender.send(made.webhook, event, instant=clock.wall())
    sender._trust.cache_clear()
    return outcome


def _certificate(folder: Path, name: str) -> tuple[str, str]:
    """A certificate that signed itself, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.wall()
    builder = x509.CertificateBuilder(
        who, who, key.public_key(), x509.random_serial_number(), now - dt.timedelta(days=1),
        now + dt.timedelta(days=1),
    )  # fmt: skip
    names = x509.SubjectAlternativeName([x509.DNSName(name)])
    made = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    form, no = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, no))
    return str(folder / "cert.pem"), str(folder / "key.pem")
