"""How webhooks, their deliveries and the kinds of events stand in the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api import Input
from backend.webhooks import sender
from backend.webhooks.models import STATES, Attempt, Delivery, Webhook


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    class Meta:
        model = Webhook
        fields: ClassVar = [
            "id", "url", "description", "events", "created_at", "last_delivered_at", "failing_since",
            "disabled_at", "disabled_because", "old_secret_until",
        ]  # fmt: skip


class NewWebhookSerializer(WebhookSerializer):
    secret = serializers.SerializerMethodField(help_text="shown this once; kept encrypted")

    class Meta(WebhookSerializer.Meta):
        fields: ClassVar = [*WebhookSerializer.Meta.fields, "secret"]

    @extend_schema_field(serializers.CharField())
    def get_secret(self, webhook: Webhook) -> str:
        return str(self.context["secret"])


class WebhookInput(Input):
    url = serializers.CharField(max_length=500, help_text="https, and a public address")
    events = serializers.ListField(
        child=serializers.CharField(max_length=80), min_length=1, max_length=100,
        help_text="types, all of a noun (`pledge.*`), or everything (`*`)",
    )  # fmt: skip
    description = serializers.CharField(max_length=200, default="", allow_blank=True)


class NewSecretInput(Input):
    keeps_old = serializers.BooleanField(
        default=True, help_text="false voids the old one at once; else both sign for a day"
    )


class EventTypeSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    words = serializers.CharField(help_text="in the reader's language")


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    class Meta:
        model = Attempt
        fields: ClassVar = ["at", "milliseconds", "status", "answer", "error"]


class WebhookDeliverySerializer(serializers.ModelSerializer[Delivery]):
    webhook = serializers.IntegerField(source="webhook_id")
    message_id = serializers.CharField(source="event.message_id")
    type = serializers.CharField(source="event.type")
    happened_at = serializers.DateTimeField(source="event.at")
    state = serializers.ChoiceField(STATES)

    class Meta:
        model = Delivery
        fields: ClassVar = [
            "id", "webhook", "message_id", "type", "happened_at", "state", "tries", "next_try_at",
            "delivered_at", "given_up_at",
        ]  # fmt: skip


class OneWebhookDeliverySerializer(WebhookDeliverySerializer):
    """With the message as it was signed, and every try."""

    body = serializers.SerializerMethodField()
    attempts = AttemptSerializer(many=True)

    class Meta(WebhookDeliverySerializer.Meta):
        fields: ClassVar = [*WebhookDeliverySerializer.Meta.fields, "body", "attempts"]

    @extend_schema_field(serializers.CharField())
    def get_body(self, delivery: Delivery) -> str:
        return sender.body_of(delivery.event).decode()
