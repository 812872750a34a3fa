"""What identifies a home in the Italian cadastre, from a day to the day before another.

Keys are split and merged: the old ones end, the new ones begin, and no key is of two homes at a time.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from properties.models.spans import no_overlap_of_text
from properties.models.unit import Unit

TURIN = "L219"
"""The cadastre's code of the comune of Turin (housing.md 3.10)."""


class CadastralKey(models.Model):
    """One key of one home; a home may have several (a flat and its cellar). `key` is all its parts."""

    class Register(models.TextChoices):
        BUILDINGS = "F", _("buildings")
        LAND = "T", _("land")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="keys")
    comune = models.CharField(_("comune"), max_length=4, default=TURIN)
    section = models.CharField(_("section"), max_length=5, blank=True)
    sheet = models.CharField(_("sheet"), max_length=10)
    parcel = models.CharField(_("parcel"), max_length=10, blank=True)
    subunit = models.CharField(_("subunit"), max_length=10, blank=True)
    register = models.CharField(
        _("register"), max_length=1, choices=Register, default=Register.BUILDINGS
    )
    category = models.CharField(_("category"), max_length=5, blank=True)
    income = MoneyField(
        _("cadastral income"), max_digits=14, decimal_places=2, default_currency="EUR", null=True
    )
    key = models.CharField(max_length=60, db_index=True, editable=False)
    starts_on = models.DateField(_("valid from"), null=True, blank=True)
    ends_on = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("cadastral key")
        verbose_name_plural = _("cadastral keys")
        constraints: ClassVar = [
            no_overlap_of_text("cadastral_key_of_one_home_at_a_time", "key"),
            models.CheckConstraint(
                name="cadastral_key_ends_after_start",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        parts = (self.comune, self.section, self.sheet, self.parcel, self.subunit)
        return " ".join(part for part in parts if part)
