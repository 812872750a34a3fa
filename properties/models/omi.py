"""What homes of a zone cost and let for, as the tax agency's observatory (OMI) publishes each half-year.

Facts of others, kept as they were told: source "Agenzia Entrate - OMI". About a tenth of the rents is 0
in their files, which means not told (housing.md 3.10).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OmiQuotation(models.Model):
    """A zone in a half-year: euro per square metre, of a sale, and of a month's rent."""

    zone = models.CharField(_("OMI zone"), max_length=12)
    name = models.CharField(_("name of the zone"), max_length=120, blank=True)
    link_code = models.CharField(_("link code"), max_length=20, blank=True)
    half_year = models.CharField(_("half-year"), max_length=6, help_text="2018-2")
    typology = models.CharField(_("kind of home"), max_length=60)
    condition = models.CharField(_("condition"), max_length=20)
    sale_min = models.DecimalField(_("sale, least"), max_digits=9, decimal_places=2)
    sale_max = models.DecimalField(_("sale, most"), max_digits=9, decimal_places=2)
    rent_min = models.DecimalField(_("rent, least"), max_digits=9, decimal_places=2)
    rent_max = models.DecimalField(_("rent, most"), max_digits=9, decimal_places=2)
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        verbose_name = _("OMI quotation")
        verbose_name_plural = _("OMI quotations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="omi_quotation_once",
                fields=["zone", "half_year", "typology", "condition"],
            ),
            models.CheckConstraint(
                name="omi_quotation_from_least_to_most",
                condition=Q(sale_min__gte=0, rent_min__gte=0)
                & Q(sale_max__gte=F("sale_min"), rent_max__gte=F("rent_min")),
            ),
            models.CheckConstraint(
                name="omi_half_year_is_one", condition=Q(half_year__regex=r"^[0-9]{4}-[12]$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.half_year}"
