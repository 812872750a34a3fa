"""Offers of an issuer that were not made here: they count towards its ceiling of twelve months."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation


class OfferElsewhere(models.Model):
    """One offer on another platform, or to the public without a prospectus. Append-only."""

    class Kind(models.TextChoices):
        SECURITIES = "securities", _("Securities on a platform")
        LOAN = "loan", _("Loan on a platform")
        PUBLIC = "public_offer", _("Public offer without a prospectus")

    issuer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="offers_elsewhere"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    opened_on = models.DateField(_("opened"))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    place = models.CharField(_("where"), max_length=200)
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("offer elsewhere")
        verbose_name_plural = _("offers elsewhere")
        ordering = ("-opened_on", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="offer_elsewhere_of_something",
                condition=Q(amount__gt=0, amount_currency="EUR"),
            ),
            models.UniqueConstraint(
                name="offer_elsewhere_once", fields=["issuer", "opened_on", "place", "kind"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer}: {self.place}"
