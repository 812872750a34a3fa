"""Orders that an authorised platform took: how its files are read, and each version of an order.

Versions and files are facts, append-only; who ordered stands sealed beside them. The pledge that follows
from an order is an ordinary one.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation
from backend.core.sealed import SealedFacts
from campaigns.models.campaign import Campaign
from campaigns.models.pledge import Pledge


class OrderMapping(models.Model):
    """Which column of a platform's file holds what; saved once per issuer and platform."""

    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    platform = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(_("columns"))

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        constraints: ClassVar = [
            models.UniqueConstraint(name="order_mapping_once", fields=["issuer", "platform"])
        ]

    def __str__(self) -> str:
        return f"{self.platform}"


class OrderFile(models.Model):
    """A file of orders that was applied as a whole."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="order_files")
    platform = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    content_hash = models.CharField(_("hash"), max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    applied_at = models.DateTimeField(_("applied"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("file of orders")
        verbose_name_plural = _("files of orders")

    def __str__(self) -> str:
        return self.name


class PlatformOrder(models.Model):
    """One version of an order as the platform told it; the highest version is what stands.

    `facts` is what was ordered, who ordered is in its `person`; `file` is empty where a person typed
    it in.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="platform_orders")
    platform = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    order_id = models.CharField(_("order"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    facts = models.JSONField(_("what was told"))
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="platform_orders")
    file = models.ForeignKey(OrderFile, null=True, on_delete=models.PROTECT, related_name="orders")
    recorded_at = models.DateTimeField(_("recorded"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("platform's order")
        verbose_name_plural = _("platform's orders")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="platform_order_version_once",
                fields=["campaign", "platform", "order_id", "version"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} v{self.version}"


class OrderPerson(models.Model):
    """Who a version of an order is of, as the platform told it: sealed, and gone once the investor is
    erased. The version itself stays."""

    order = models.OneToOneField(
        PlatformOrder, primary_key=True, on_delete=models.PROTECT, related_name="person"
    )
    told = SealedFacts(_("what was told"))

    class Meta:
        verbose_name = _("person of a platform's order")
        verbose_name_plural = _("people of platforms' orders")

    def __str__(self) -> str:
        return f"#{self.order_id}"
