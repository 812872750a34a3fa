"""What stood before this system did: pledges and held money taken over from elsewhere, with evidence."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.sealed import SealedFacts
from campaigns.models.campaign import Campaign


class Opening(models.Model):
    """A list of pledges and of what each had paid on a day, held or released by then; applied once a
    second person agreed."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="openings")
    as_of = models.DateField(_("as of"))
    # Where the money was released to the issuer elsewhere: when, and what of it is left at its bank.
    released_on = models.DateField(_("released on"), null=True, blank=True)
    left = MoneyField(
        _("left of it"), max_digits=14, decimal_places=2, default_currency="EUR", null=True
    )
    evidence = models.CharField(_("evidence"), max_length=300)
    rows = SealedFacts(_("rows"))
    content_hash = models.CharField(_("hash"), max_length=64)
    asked_at = models.DateTimeField(_("asked"))
    by_label = models.CharField(max_length=200)
    applied_at = models.DateTimeField(_("applied"), null=True)

    class Meta:
        verbose_name = _("opening balance")
        verbose_name_plural = _("opening balances")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="opening_once", fields=["campaign"], condition=Q(applied_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.as_of}"

    @property
    def organisation_id(self) -> int:
        """Whose approval it needs (core.approvals looks for this name)."""
        return self.campaign.issuer_id
