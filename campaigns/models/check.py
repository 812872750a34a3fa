"""What somebody looked at, mirrored with its day: the owner of a project, and single large orders.

Both are append-only lists of findings; the newest counts. What they must show is in `campaigns.rules`.
"""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from campaigns.models.pledge import Pledge


class OwnerCheck(models.Model):
    """What was found about the owner of an offer: R1, R6, R7, I2. None: not looked at."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="owner_checks")
    checked_by = models.CharField(_("checked by"), max_length=200)
    checked_on = models.DateField(_("checked on"))
    is_consumer = models.BooleanField(_("acts as a consumer"), null=True)
    has_clean_record = models.BooleanField(_("clean criminal record shown"), null=True)
    is_in_listed_country = models.BooleanField(_("established in a listed country"), null=True)
    shareholding_percent = models.DecimalField(
        _("part of the platform that it holds (%)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
    )
    is_manager = models.BooleanField(_("manages the platform"), default=False)
    is_employee = models.BooleanField(_("works for the platform"), default=False)
    is_controlled = models.BooleanField(_("controlled by people of the platform"), default=False)
    exit_years = models.PositiveSmallIntegerField(_("years of exit or tag-along"), null=True)
    publishes_agreements = models.BooleanField(_("shareholder agreements published"), null=True)
    evidence = models.CharField(_("evidence"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("check of an owner")
        verbose_name_plural = _("checks of owners")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="owner_check_percent",
                condition=Q(shareholding_percent__gte=0, shareholding_percent__lte=100),
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.checked_on}"


class OrderCheck(models.Model):
    """Whether an order is appropriate for its investor, as a bank or the portal judged (I5)."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="order_checks")
    checked_by = models.CharField(_("checked by"), max_length=200)
    checked_on = models.DateField(_("checked on"))
    is_appropriate = models.BooleanField(_("appropriate"))
    was_warned = models.BooleanField(_("warned that it is not"), default=False)
    recorded_at = models.DateTimeField(_("recorded"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("check of an order")
        verbose_name_plural = _("checks of orders")

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.checked_on}"
