"""What lay in the envelopes of a court auction: every offer by its number, ours among them.

Bidders have no names here: who they are stands in the papers of the court (housing.md P15).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from properties.models.acquisition import Acquisition


class AuctionOffer(models.Model):
    """One envelope; never changed: the auction is what it was when they were opened."""

    acquisition = models.ForeignKey(Acquisition, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveSmallIntegerField(_("envelope"))
    is_ours = models.BooleanField(_("ours"), default=False)
    price = MoneyField(_("price"), max_digits=14, decimal_places=2, default_currency="EUR")
    deposit = MoneyField(_("deposit"), max_digits=14, decimal_places=2, default_currency="EUR")
    pays_in_days = models.PositiveSmallIntegerField(_("would pay within days"))
    filed_at = models.DateTimeField(_("filed at"))
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("offer at an auction")
        verbose_name_plural = _("offers at auctions")
        constraints: ClassVar = [
            models.UniqueConstraint(name="auction_offer_once", fields=["acquisition", "number"]),
            models.UniqueConstraint(
                name="auction_offer_of_ours_once",
                fields=["acquisition"],
                condition=Q(is_ours=True),
            ),
            models.CheckConstraint(
                name="auction_offer_has_a_price", condition=Q(price__gt=0, deposit__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acquisition_id} #{self.number}"
