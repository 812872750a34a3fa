"""The terms of Lo.C.A.Re., the city's scheme that brings private homes to households who need one.

One row per tenancy that was agreed on under it; what makes a household eligible is in `locare`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from properties.models.tenancy import Tenancy


class LocareTerms(models.Model):
    """What the city was shown, and what it grants the owner and the tenant, once each."""

    class Priority(models.TextChoices):
        """Who comes first, by income and by case (housing.md 3.5)."""

        FIRST = "first", _("first band")
        SECOND = "second", _("second band")
        NONE = "none", _("no priority")

    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, related_name="locare")
    certificate_on = models.DateField(_("income certificate (ISEE) of"))
    in_turin_since = models.DateField(_("living or working in Turin since"))
    is_case = models.BooleanField(
        _("over 70, a minor, a disability of 74 % or more, or known to social services"),
        default=False,
    )
    priority = models.CharField(_("priority"), max_length=8, choices=Priority)
    agreed_on = models.DateField(_("agreed on"))
    owner_grant = MoneyField(
        _("grant to the owner"), max_digits=14, decimal_places=2, default_currency="EUR"
    )
    tenant_grant = MoneyField(
        _("grant to the tenant"), max_digits=14, decimal_places=2, default_currency="EUR",
        null=True, blank=True,
    )  # fmt: skip
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("Lo.C.A.Re. terms")
        verbose_name_plural = _("Lo.C.A.Re. terms")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="locare_grants_not_negative",
                condition=Q(owner_grant__gte=0)
                & (Q(tenant_grant__isnull=True) | Q(tenant_grant__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenancy_id} Lo.C.A.Re."
