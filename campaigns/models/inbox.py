"""The inbox of the card provider: every event as it came, counted, before anything is done with it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StripeEvent(models.Model):
    """One event, stored raw under the provider's unique id; deliveries after the first are counted.

    The row is the work, too: what has no `handled_at` waits (see campaigns.inbox).
    """

    class Outcome(models.TextChoices):
        WAITING = "", _("waiting")
        HANDLED = "handled", _("handled")
        IGNORED = "ignored", _("ignored")
        DISCREPANCY = "discrepancy", _("discrepancy")
        FOREIGN = "foreign", _("of another account")

    endpoint = models.CharField(_("endpoint"), max_length=40)
    event_id = models.CharField(_("event"), max_length=80)
    kind = models.CharField(_("kind"), max_length=80)
    api_version = models.CharField(_("API version"), max_length=40, blank=True)
    account = models.CharField(_("account"), max_length=80, blank=True)
    is_ours = models.BooleanField(_("of our account"), default=True)
    raw = models.TextField(_("as it came"))
    content_hash = models.CharField(_("hash"), max_length=64)
    created_at = models.DateTimeField(_("made by the provider"), null=True)
    received_at = models.DateTimeField(_("received"))
    deliveries = models.PositiveIntegerField(_("deliveries"), default=1)
    handled_at = models.DateTimeField(_("handled"), null=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True, default="")
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    try_after = models.DateTimeField(_("tried again after"))
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("provider event")
        verbose_name_plural = _("provider events")
        constraints: ClassVar = [
            models.UniqueConstraint(name="stripe_event_once", fields=["endpoint", "event_id"])
        ]
        indexes: ClassVar = [
            models.Index(name="stripe_event_waiting", fields=["id"], condition=Q(handled_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class StripeEventVariant(models.Model):
    """The same id with other content: a security finding, kept beside the event it contradicts."""

    event = models.ForeignKey(StripeEvent, on_delete=models.PROTECT, related_name="variants")
    raw = models.TextField(_("as it came"))
    content_hash = models.CharField(_("hash"), max_length=64)
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("contradicting event")
        verbose_name_plural = _("contradicting events")
        constraints: ClassVar = [
            models.UniqueConstraint(name="stripe_variant_once", fields=["event", "content_hash"])
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.content_hash[:8]}"


class RefusedDelivery(models.Model):
    """How many deliveries were refused at the door on a day, by reason; their content is not kept."""

    endpoint = models.CharField(_("endpoint"), max_length=40)
    on = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=40)
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("refused delivery")
        verbose_name_plural = _("refused deliveries")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="refused_delivery_once_a_day", fields=["endpoint", "on", "reason"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.reason}: {self.count}"
