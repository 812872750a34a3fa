"""The only file that talks to Stripe, and the only one that imports its library.

It turns what Stripe says into values of ours. Amounts are cents there and Money here. The address
comes from settings, so that the demo and the tests talk to the stand-in over the same real HTTP.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

import stripe
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.errors import Refused, RuleBroken
from backend.core.money import cents, from_cents

TOLERANCE_SECONDS = 300
TIMEOUT_SECONDS = 20
RETRIES = 2
# What a redelivery may change in an event, and what therefore is no part of its identity.
VOLATILE = ("pending_webhooks", "request")


class BadSignature(Refused):
    code = "webhook.bad_signature"
    status = 400


class BadEvent(Refused):
    code = "webhook.bad_event"
    status = 400


class ProviderUnreachable(RuleBroken):
    """The provider did not answer; nothing happened that we know of. Try again."""

    code = "provider.unreachable"
    status = 503


@dataclass(frozen=True)
class ReadEvent:
    """An event as it came; `is_thin` ones carry no object and are only stored."""

    event_id: str
    kind: str
    api_version: str
    created_at: dt.datetime | None
    content_hash: str
    raw: str
    is_thin: bool = False


@dataclass(frozen=True)
class Intent:
    """A payment intent as it was opened."""

    provider_id: str
    client_secret: str


@dataclass(frozen=True)
class CardPayment:
    """What became of an intent. `fee` is None until the provider has written its movement."""

    intent_id: str
    charge_id: str
    has_succeeded: bool
    amount: Money
    fee: Money | None
    paid_at: dt.datetime
    key: str


@dataclass(frozen=True)
class RefundTold:
    """A refund as the provider tells it now; `key` is ours, empty where somebody made it there."""

    provider_id: str
    charge_id: str
    intent_id: str
    amount: Money
    key: str
    state: str

    @property
    def has_succeeded(self) -> bool:
        return self.state == "succeeded"

    @property
    def has_failed(self) -> bool:
        return self.state in ("failed", "canceled")


@dataclass(frozen=True)
class PayoutPart:
    """One movement inside a payout: its own id, what it is, and what it is about."""

    provider_id: str
    kind: str
    source: str
    net: Money


@dataclass(frozen=True)
class PayoutTold:
    """A payout as the provider tells it; `parts` are known once it is reconciled."""

    provider_id: str
    amount: Money
    created_at: dt.datetime
    arrives_on: dt.date
    has_parts: bool


def read_event(body: bytes, signature: str, *, at: dt.datetime) -> ReadEvent:
    """Check a delivery's signature and read its event. `at` is the machine's own time.

    Raises BadSignature (missing, wrong, older or newer than five minutes; the library refuses only
    old ones) and BadEvent (not JSON, no id).
    """
    _check_signature(body, signature, at)
    try:
        event = json.loads(body)
        return _read(event, body.decode())
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as problem:
        raise BadEvent(_("This is not an event.")) from problem


def undelivered_events() -> Iterator[ReadEvent]:
    """The events of the last 30 days whose delivery failed, to find what never came."""
    with _provider():
        found = _client().v1.events.list({"delivery_success": False, "limit": 100})
        for event in found.auto_paging_iter():
            plain = event.to_dict()
            yield _read(plain, json.dumps(plain))


def create_intent(*, amount: Money, key: str, metadata: dict[str, str]) -> Intent:
    """Open a payment intent for a card. The key is our row's own, so a repeat opens no second."""
    with _provider():
        made = _client().v1.payment_intents.create(
            {
                "amount": cents(amount),
                "currency": "eur",
                "allowed_payment_method_types": ["card"],
                "metadata": metadata,
            },
            {"idempotency_key": key},
        )
    return Intent(made.id, made.client_secret or "")


def cancel_intent(provider_id: str) -> None:
    """Cancel an intent that nobody paid; one that can no longer be cancelled is left as it is."""
    with _provider():
        try:
            _client().v1.payment_intents.cancel(provider_id)
        except stripe.InvalidRequestError:
            return


def card_payment(intent_id: str) -> CardPayment:
    """What became of an intent, with its charge and the fee on it."""
    with _provider():
        found = _client().v1.payment_intents.retrieve(
            intent_id, {"expand": ["latest_charge.balance_transaction"]}
        )
    return _card_payment(found.to_dict())


def refund(*, charge: str, amount: Money, key: str) -> RefundTold:
    """Return money of a charge to its card. A repeat with the same key is no second refund; the key
    stays with it, so that its events are known as ours."""
    with _provider():
        made = _client().v1.refunds.create(
            {"charge": charge, "amount": cents(amount), "metadata": {"key": key}},
            {"idempotency_key": key},
        )
    return _refund_told(made.to_dict())


def refund_told(provider_id: str) -> RefundTold:
    """A refund as it stands now."""
    with _provider():
        return _refund_told(_client().v1.refunds.retrieve(provider_id).to_dict())


def payout(provider_id: str) -> PayoutTold:
    """A payout as it stands now."""
    with _provider():
        found = _client().v1.payouts.retrieve(provider_id).to_dict()
    return PayoutTold(
        provider_id=found["id"],
        amount=from_cents(found["amount"], found["currency"].upper()),
        created_at=_instant(found["created"]),
        arrives_on=_instant(found["arrival_date"]).date(),
        has_parts=found["reconciliation_status"] == "completed",
    )


def payout_parts(provider_id: str) -> list[PayoutPart]:
    """The movements that a reconciled payout consists of, its own movement aside."""
    with _provider():
        movements = _client().v1.balance_transactions.list({"payout": provider_id, "limit": 100})
        found = [movement.to_dict() for movement in movements.auto_paging_iter()]
    return [
        PayoutPart(
            provider_id=movement["id"],
            kind=movement["reporting_category"],
            source=movement["source"],
            net=from_cents(movement["net"], movement["currency"].upper()),
        )
        for movement in found
        if movement["reporting_category"] != "payout"
    ]


def pay_url(provider_id: str, *, return_url: str, language: str) -> str:
    """Where a visitor of the demo pays: the stand-in's page. Empty with the real provider, whose
    form is shown on our own page with the client secret."""
    if not (settings.DEMO and settings.STRIPE_API_BASE):
        return ""
    query = urlencode({"lang": language, "return_url": return_url})
    return f"{settings.STRIPE_API_BASE}/pay/{provider_id}?{query}"


def is_configured() -> bool:
    """Whether cards can be taken at all; everything also works with bank transfers alone."""
    return bool(settings.STRIPE_SECRET_KEY)


# --- Inside ----------------------------------------------------------------------------------------


class _provider:  # noqa: N801  # a context manager, used like a function
    """Turns the library's errors of connection into ours."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> None:
        if isinstance(problem, stripe.APIConnectionError | stripe.RateLimitError | stripe.APIError):
            raise ProviderUnreachable(
                _("The card payment service does not answer. Please try again.")
            ) from problem


def _client() -> stripe.StripeClient:
    return _client_of(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@cache
def _client_of(key: str, base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else None,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


def _check_signature(body: bytes, signature: str, at: dt.datetime) -> None:
    try:
        stripe.WebhookSignature.verify_header(body, signature, settings.STRIPE_WEBHOOK_SECRET)
        # The first, as the library takes it: another one behind it is not what was signed.
        signed_at = int(next(value for name, value in _pairs(signature) if name == "t"))
    except (stripe.SignatureVerificationError, ValueError, StopIteration) as problem:
        raise BadSignature(_("The signature is missing or wrong.")) from problem
    if abs(at.timestamp() - signed_at) > TOLERANCE_SECONDS:
        raise BadSignature(_("The signature is too old, or from the future."))


def _pairs(signature: str) -> Iterator[tuple[str, str]]:
    for part in signature.split(","):
        name, _equals, value = part.partition("=")
        yield name.strip(), value.strip()


def _read(event: dict[str, Any], raw: str) -> ReadEvent:
    lasting = {name: value for name, value in event.items() if name not in VOLATILE}
    text = json.dumps(lasting, sort_keys=True, separators=(",", ":"))
    is_thin = event.get("object") != "event"
    created = event.get("created")
    return ReadEvent(
        event_id=_text(event["id"]),
        kind=_text(event["type"]),
        api_version=str(event.get("api_version") or ""),
        created_at=_instant(created) if isinstance(created, int) else None,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        raw=raw,
        is_thin=is_thin,
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 80:
        raise TypeError("an id or a type is a short text")
    return value


def _card_payment(found: dict[str, Any]) -> CardPayment:
    charge = found.get("latest_charge") or {}
    movement = charge.get("balance_transaction") or {}
    currency = found["currency"].upper()
    return CardPayment(
        intent_id=found["id"],
        charge_id=charge.get("id", ""),
        has_succeeded=found["status"] == "succeeded",
        amount=from_cents(found["amount_received"], currency),
        fee=from_cents(movement["fee"], movement["currency"].upper()) if movement else None,
        paid_at=_instant(charge.get("created") or found["created"]),
        key=(found.get("metadata") or {}).get("key", ""),
    )


def _refund_told(found: dict[str, Any]) -> RefundTold:
    return RefundTold(
        provider_id=found["id"],
        charge_id=found.get("charge") or "",
        intent_id=found.get("payment_intent") or "",
        amount=from_cents(found["amount"], found["currency"].upper()),
        key=(found.get("metadata") or {}).get("key", ""),
        state=found["status"],
    )


def _instant(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
