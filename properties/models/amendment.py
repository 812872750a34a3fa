"""What was put right of a lease or of an outcome: what stood before, what stands now, and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from properties.models.household import Household
from properties.models.outcome import HousingOutcome
from properties.models.tenancy import Tenancy


class Amendment(models.Model):
    """A correction, with what stood before; only its words ever go, with those of the household."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="amendments")
    tenancy = models.ForeignKey(
        Tenancy, null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    outcome = models.ForeignKey(
        HousingOutcome, null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="amendment_of_one_fact",
                condition=Q(tenancy__isnull=False, outcome__isnull=True)
                | Q(tenancy__isnull=True, outcome__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.at}"
