"""What ties an investor to an issuer beside the offers that are known here, as somebody stated it.

Append-only; the newest statement counts. What it means for the tax relief is in `rules.tax_relief`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation
from investors.models import Investor


class IssuerTie(models.Model):
    """Capital held beside our offers, votes, and what the investor invoiced the issuer (I10)."""

    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ties")
    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="issuer_ties")
    other_capital = MoneyField(
        _("capital held beside the offers"),
        max_digits=14,
        decimal_places=2,
        default_currency="EUR",
        default=0,
    )
    votes_percent = models.DecimalField(
        _("part of the votes (%)"), max_digits=5, decimal_places=2, null=True
    )
    invoiced = MoneyField(
        _("invoiced to the issuer"),
        max_digits=14,
        decimal_places=2,
        default_currency="EUR",
        default=0,
    )
    evidence = models.CharField(_("evidence"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("tie to an issuer")
        verbose_name_plural = _("ties to issuers")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="issuer_tie_in_bounds",
                condition=Q(other_capital__gte=0, invoiced__gte=0)
                & (Q(votes_percent__isnull=True) | Q(votes_percent__gte=0, votes_percent__lte=100)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.investor} - {self.issuer}"
