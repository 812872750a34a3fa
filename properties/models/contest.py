"""What happened at a court's sale: the offers in the envelopes by number, or that nobody came.

Bidders have no names here: who they are stands in the papers of the court (housing.md P15).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
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


class DesertedSale(models.Model):
    """A sale to which nobody came, and the next one that the court set, often at a lower price.

    `number` counts the deserted sales of this home, those before we looked at it too.
    """

    acquisition = models.ForeignKey(
        Acquisition, on_delete=models.PROTECT, related_name="deserted_sales"
    )
    number = models.PositiveSmallIntegerField(_("sale"))
    sale_on = models.DateField(_("day of the auction"))
    base_price = MoneyField(
        _("base price"), max_digits=14, decimal_places=2, default_currency="EUR"
    )
    next_sale_on = models.DateField(_("next auction"))
    next_base_price = MoneyField(
        _("next base price"), max_digits=14, decimal_places=2, default_currency="EUR"
    )
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("sale to which nobody came")
        verbose_name_plural = _("sales to which nobody came")
        constraints: ClassVar = [
            models.UniqueConstraint(name="deserted_sale_once", fields=["acquisition", "number"]),
            models.CheckConstraint(
                name="deserted_sale_is_followed_by_a_later_one_not_dearer",
                condition=Q(next_sale_on__gt=F("sale_on"), next_base_price__gt=0)
                & Q(next_base_price__lte=F("base_price")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acquisition_id} {self.sale_on}"
