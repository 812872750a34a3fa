"""Webhooks: other systems are told of events. Add, change, try out, renew the secret, disable, enable."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, each
from backend.webhooks import deliveries, events, subscriptions
from backend.webhooks.api.shapes import (
    EventTypeSerializer,
    NewSecretInput,
    NewWebhookSerializer,
    OneWebhookDeliverySerializer,
    WebhookDeliverySerializer,
    WebhookInput,
    WebhookSerializer,
)
from backend.webhooks.models import Delivery, Webhook
from backend.webhooks.subscriptions import Made, Wish


class WebhookEndpoint(Endpoint):
    """What is done with webhooks of one's own organisation."""

    permission = subscriptions.MANAGE

    def one(self, pk: int) -> Webhook:
        return get_object_or_404(subscriptions.visible_to(self.person), pk=pk)


class EventTypes(Endpoint):
    """The types of events that a webhook may hear."""

    permission = subscriptions.MANAGE

    @extend_schema(responses=EventTypeSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = [{"type": name, "words": str(words)} for name, words in events.types().items()]
        return self.paged(rows, each(EventTypeSerializer))


class Webhooks(WebhookEndpoint):
    """The webhooks of one's organisation, the newest first; never their secrets."""

    @extend_schema(responses=WebhookSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.paged(subscriptions.visible_to(self.person), each(WebhookSerializer))

    @extend_schema(request=WebhookInput, responses={201: NewWebhookSerializer})
    def post(self, request: Request) -> Response:
        """Add a webhook. The secret that its messages are signed with is in this answer alone."""
        wish = Wish(**self.read(WebhookInput))
        made = subscriptions.add(wish=wish, by=self.person, at=clock.now())
        return Response(_with_secret(made), status=201)


class OneWebhook(WebhookEndpoint):
    """One webhook: where it calls, what it hears, and whether it is well."""

    @extend_schema(responses=WebhookSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(WebhookSerializer(self.one(pk)).data)

    @extend_schema(
        operation_id="webhooks_change", request=WebhookInput, responses=WebhookSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """Change where a webhook calls and what it hears; the secret stays."""
        hook, wish = self.one(pk), Wish(**self.read(WebhookInput))
        subscriptions.change(webhook=hook, wish=wish, by=self.person, at=clock.now())
        return Response(WebhookSerializer(hook).data)


class WebhookSecret(WebhookEndpoint):
    """Renew the secret: the new one is in this answer alone."""

    @extend_schema(request=NewSecretInput, responses=NewWebhookSerializer)
    def post(self, request: Request, pk: int) -> Response:
        hook, told = self.one(pk), self.read(NewSecretInput)
        made = subscriptions.renew_secret(
            webhook=hook, by=self.person, instant=clock.wall(), at=clock.now(), **told
        )
        return Response(_with_secret(made))


class DisableWebhook(WebhookEndpoint):
    """Send nothing any more; what waits is kept until it is enabled."""

    @extend_schema(request=None, responses=WebhookSerializer)
    def post(self, request: Request, pk: int) -> Response:
        hook = self.one(pk)
        subscriptions.disable(webhook=hook, by=self.person, at=clock.now())
        return Response(WebhookSerializer(hook).data)


class EnableWebhook(WebhookEndpoint):
    """Send again, first what waited."""

    @extend_schema(request=None, responses=WebhookSerializer)
    def post(self, request: Request, pk: int) -> Response:
        hook = self.one(pk)
        subscriptions.enable(webhook=hook, by=self.person, at=clock.now())
        return Response(WebhookSerializer(hook).data)


class TryWebhook(WebhookEndpoint):
    """Send an event of type `webhook.test`, to see that it arrives."""

    @extend_schema(request=None, responses={202: WebhookDeliverySerializer})
    def post(self, request: Request, pk: int) -> Response:
        hook = self.one(pk)
        delivery = subscriptions.try_out(webhook=hook, by=self.person, at=clock.now())
        return Response(WebhookDeliverySerializer(delivery).data, status=202)


class WebhookDeliveries(WebhookEndpoint):
    """The log of a webhook: what it was sent and how that went, the newest first; kept for 90 days."""

    @extend_schema(responses=WebhookDeliverySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        rows = deliveries.visible_to(self.person).filter(webhook=self.one(pk))
        return self.paged(rows, each(WebhookDeliverySerializer))


class OneDelivery(WebhookEndpoint):
    """One delivery: the message, word for word, and every try."""

    @extend_schema(responses=OneWebhookDeliverySerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(OneWebhookDeliverySerializer(_delivery(self, pk)).data)


class Redeliver(WebhookEndpoint):
    """Send an event again, arrived or given up; its message keeps its id."""

    @extend_schema(request=None, responses={202: WebhookDeliverySerializer})
    def post(self, request: Request, pk: int) -> Response:
        found = _delivery(self, pk)
        made = deliveries.redeliver(delivery=found, by=self.person, at=clock.now())
        return Response(WebhookDeliverySerializer(made).data, status=202)


def _delivery(endpoint: Endpoint, pk: int) -> Delivery:
    return get_object_or_404(deliveries.visible_to(endpoint.person), pk=pk)


def _with_secret(made: Made) -> Any:
    return NewWebhookSerializer(made.webhook, context={"secret": made.secret}).data
