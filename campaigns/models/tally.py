"""Kept sums of an offer: what its orders, payments and refunds come to, written by the database itself.

Triggers (guards_tallies.sql) add a row for each change, so that nobody waits for anybody; `tallies.fold`
makes one of many. What an offer has is the sum of its rows, and `check_books` holds it to the facts.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign


class Tally(models.Model):
    """A part of the sums of an offer: of its orders (without a day), or of the money of one day that
    came in one way, less what went back of it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="tallies")
    method = models.CharField(_("method"), max_length=10, blank=True)
    received_on = models.DateField(_("received"), null=True)
    pledges = models.IntegerField(_("pledges"), default=0, db_default=0)
    investors = models.IntegerField(_("investors"), default=0, db_default=0)
    waitlisted = models.IntegerField(_("waiting in line"), default=0, db_default=0)
    promised = models.DecimalField(
        _("promised"), max_digits=16, decimal_places=2, default=0, db_default=0
    )
    paid = models.DecimalField(_("paid"), max_digits=16, decimal_places=2, default=0, db_default=0)
    settled = models.DecimalField(
        _("settled"), max_digits=16, decimal_places=2, default=0, db_default=0
    )

    class Meta:
        verbose_name = _("kept sum of an offer")
        verbose_name_plural = _("kept sums of offers")

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.promised}"
