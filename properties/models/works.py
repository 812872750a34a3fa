"""Works on a home, thin: from the survey to READY, paid by a fund whose policy covers works."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.states import Moves
from backend.ledger.models import Fund
from properties.models.unit import Unit

STAGES = (
    "SURVEY",
    "DESIGN",
    "PERMIT",
    "TENDER",
    "SITE_OPEN",
    "WORKS",
    "INSPECTION",
    "CERTIFIED",
    "READY",
)


class Works(models.Model):
    """One renovation of one home (housing.md 3.9); stages may be skipped, never gone back."""

    MOVES: ClassVar[Moves] = {
        stage: frozenset(STAGES[place + 1 :]) for place, stage in enumerate(STAGES)
    }

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="works")
    description = models.CharField(_("description"), max_length=200)
    budget = MoneyField(_("budget"), max_digits=14, decimal_places=2, default_currency="EUR")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=[(s, s) for s in STAGES], default="SURVEY")
    started_on = models.DateField(_("started on"))
    ready_on = models.DateField(_("ready on"), null=True, blank=True)

    class Meta:
        verbose_name = _("works")
        verbose_name_plural = _("works")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="works_ready_has_a_day",
                condition=~Q(state="READY") | Q(ready_on__isnull=False),
            ),
            models.CheckConstraint(
                name="works_end_after_start",
                condition=Q(ready_on__isnull=True) | Q(ready_on__gte=F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.description}"
