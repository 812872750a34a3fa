"""An order to the bank to move a campaign's money between the issuer's own accounts.

It is two lines of two statements (out of one account, into the other) and is done when it arrived.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.treasury.models import BankAccount
from campaigns.models.campaign import Campaign


class TransferOrder(models.Model):
    """The release of held money to the issuer, the platform's success fee that is taken from it, or
    the top-up of provider fees from own money. Without a target it goes to the platform."""

    class Kind(models.TextChoices):
        RELEASE = "release", _("Release to the issuer")
        FEE_TOP_UP = "fee_top_up", _("Top-up from own money")
        SUCCESS_FEE = "success_fee", _("Platform's success fee, taken from the release")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="transfer_orders")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    source = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(BankAccount, null=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("reference"), max_length=25, unique=True)
    ordered_at = models.DateTimeField(_("ordered"))
    arrived_at = models.DateTimeField(_("arrived"), null=True)

    class Meta:
        verbose_name = _("transfer order")
        verbose_name_plural = _("transfer orders")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="transfer_order_one_under_way",
                fields=["campaign", "kind"],
                condition=Q(arrived_at__isnull=True),
            ),
            models.CheckConstraint(name="transfer_order_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
