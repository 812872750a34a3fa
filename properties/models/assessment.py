"""What is known of a household as of a day, and from whom: who lives together, where from, with how much.

The columns of `Household` say what is known now; each telling stays here, so that any day may be asked.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from properties.models.household import Household


class Assessment(models.Model):
    """One telling, whole: what was not asked anew stands in it as it was. `people` by age band."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="assessments")
    on = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=80)
    ethos = models.CharField(
        _("housing situation before"), max_length=13, choices=Household.Ethos.choices
    )
    isee = models.CharField(
        _("income bracket (ISEE)"), max_length=13, choices=Household.Isee.choices
    )
    people = models.JSONField(_("people"))
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering: ClassVar = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.household_id} {self.on}"
