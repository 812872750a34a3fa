"""The energy certificates (APE) of homes: class, demand, when issued and until when they hold."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from properties.models.unit import Unit

CLASSES = ("A4", "A3", "A2", "A1", "B", "C", "D", "E", "F", "G")
"""From the least to the most energy (D.M. 26 June 2015)."""


class EnergyCertificate(models.Model):
    """A certificate, or, without its days, a class that was told and no paper shows yet.

    `demand` is EPgl,nren: non-renewable primary energy in kWh per square metre and year.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="certificates")
    energy_class = models.CharField(
        _("energy class"), max_length=2, choices=[(each, each) for each in CLASSES]
    )
    demand = models.DecimalField(
        _("energy demand in kWh/m² a year"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    code = models.CharField(_("number of the certificate"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)

    class Meta:
        verbose_name = _("energy certificate")
        verbose_name_plural = _("energy certificates")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="energy_certificate_has_both_days_or_none",
                condition=Q(issued_on__isnull=True, expires_on__isnull=True)
                | Q(issued_on__isnull=False, expires_on__gt=F("issued_on")),
            ),
            models.CheckConstraint(
                name="energy_class_known", condition=Q(energy_class__in=CLASSES)
            ),
        ]

    def __str__(self) -> str:
        return self.energy_class
