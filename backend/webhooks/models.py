"""The tables of webhooks: who is told (Webhook), of what (Event), and how that went (Delivery, Attempt).

An event is kept only where somebody is told of it. It holds ids and states, never a name or an amount.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation


def new_message_id() -> str:
    """The name of an event, the same at each try: by it a receiver knows what it has already."""
    return f"msg_{uuid.uuid4().hex}"


class Webhook(models.Model):
    """An address of another system that an organisation has its events sent to."""

    class Because(models.TextChoices):
        BY_HAND = "by_hand", _("disabled by hand")
        GONE = "gone", _("it answered that it wants no more (410)")
        SILENT = "silent", _("nothing arrived for three days")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(_("address"), max_length=500)
    description = models.CharField(_("what it is for"), max_length=200, blank=True)
    events = ArrayField(models.CharField(max_length=80))
    # Encrypted; the one before still signs until its hour.
    secret = models.TextField()
    old_secret = models.TextField(blank=True)
    old_secret_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    last_delivered_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    disabled_because = models.CharField(max_length=10, blank=True, choices=Because)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints: ClassVar = [
            models.CheckConstraint(name="webhook_hears_something", condition=Q(events__len__gte=1)),
            models.CheckConstraint(
                name="webhook_old_secret_ends",
                condition=Q(old_secret="") | Q(old_secret_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.url


class Event(models.Model):
    """Something that happened at an organisation, as others are told of it. Its key makes it once."""

    message_id = models.CharField(max_length=40, unique=True, default=new_message_id)
    key = models.CharField(max_length=200, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=80)
    data = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.type} {self.message_id}"


STATES = [(state, state) for state in ("to_deliver", "to_retry", "arrived", "given_up")]


class Delivery(models.Model):
    """An event on its way to a webhook: it waits for its next try, has arrived, or was given up."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints: ClassVar = [
            models.UniqueConstraint(name="delivery_once", fields=["webhook", "event"]),
            models.CheckConstraint(
                name="delivery_waits_or_ended",
                condition=Q(next_try_at__isnull=False)
                ^ (Q(delivered_at__isnull=False) | Q(given_up_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="delivery_waiting",
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.webhook}"

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        if self.next_try_at is not None:
            return "to_deliver" if self.tries == 0 else "to_retry"
        return "arrived" if self.delivered_at is not None else "given_up"


class Attempt(models.Model):
    """One try, by the wall's clock: what was answered, or why nobody answered."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return f"{self.status or self.error}"
