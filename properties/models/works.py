"""Works on a home: their stages from the survey to READY, what changed of their budget, who does them.

What they cost are cost lines that name them; energy before and after is told by the certificates.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation, User
from backend.core.states import Moves
from backend.ledger.models import Fund
from properties.models.scope import NOTHING, of_organisation, own_or_overseen
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
NEVER_SKIPPED = ("WORKS", "CERTIFIED", "READY")
SUSPENDED = "SUSPENDED_WORKS"
STAGE_CHOICES = [(stage, stage) for stage in (*STAGES, SUSPENDED)]


def _moves() -> Moves:
    """Never back; small works need no permit or tender, and none is ready undone or uncertified.

    Works that stand still go on where they stood.
    """
    *running, ready = STAGES
    goals = {one: _ahead_of(place) | {SUSPENDED} for place, one in enumerate(running)}
    return {**goals, ready: frozenset(), SUSPENDED: frozenset(running)}


def _ahead_of(place: int) -> frozenset[str]:
    """Up to the next stage that no works do without."""
    ahead = STAGES[place + 1 :]
    must = next(far for far, stage in enumerate(ahead) if stage in NEVER_SKIPPED)
    return frozenset(ahead[: must + 1])


class WorksQuerySet(models.QuerySet["Works"]):
    def visible_to(self, user: User) -> "WorksQuerySet":
        """Works with their amounts: who may see purchases (section 5)."""
        if user.may("acquisition.view"):
            return self.filter(
                of_organisation(user, "unit__organisation")
                | own_or_overseen(user, "unit__organisation")
            )
        return self.filter(NOTHING)


class Works(models.Model):
    """One renovation of one home (housing.md 3.9)."""

    MOVES: ClassVar[Moves] = _moves()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="works")
    description = models.CharField(_("description"), max_length=200)
    budget = MoneyField(_("budget"), max_digits=14, decimal_places=2, default_currency="EUR")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    contractor = models.CharField(_("contractor"), max_length=200, blank=True)
    has_social_clause = models.BooleanField(_("social-work clause"), default=False)
    state = models.CharField(max_length=16, choices=STAGE_CHOICES, default="SURVEY")
    started_on = models.DateField(_("started on"))
    planned_ready_on = models.DateField(_("to be ready on"), null=True, blank=True)
    ready_on = models.DateField(_("ready on"), null=True, blank=True)

    objects = WorksQuerySet.as_manager()

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


class WorksStep(models.Model):
    """A stage reached, or a halt with its reason."""

    works = models.ForeignKey(Works, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=16)
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("step of works")
        verbose_name_plural = _("steps of works")

    def __str__(self) -> str:
        return f"{self.works_id} {self.state} {self.on}"


class WorksVariation(models.Model):
    """A change of the budget: asked by one person, and counted once another approved it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    works = models.ForeignKey(Works, on_delete=models.PROTECT, related_name="variations")
    amount = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR")
    reason = models.CharField(_("reason"), max_length=300)
    on = models.DateField()
    asked_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("variation of works")
        verbose_name_plural = _("variations of works")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="works_variation_changes_something", condition=~Q(amount=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.works}: {self.amount}"
