"""Plans by which arrears are paid off in instalments, and how they stood over time (housing.md 3.5)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.states import Moves
from properties.models.tenancy import Tenancy


class RepaymentPlan(models.Model):
    """The arrears of a tenancy on the day it starts, and how they are to be paid off.

    Broken and kept again is a fact of money, found by the daily check; only a person gives it up.
    """

    class State(models.TextChoices):
        LIVE = "LIVE", _("kept")
        BREACHED = "BREACHED", _("broken")
        COMPLETED = "COMPLETED", _("paid off")
        CANCELLED = "CANCELLED", _("stopped by hand")

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", _("every week")
        FORTNIGHTLY = "fortnightly", _("every two weeks")
        FOUR_WEEKLY = "four_weekly", _("every four weeks")
        MONTHLY = "monthly", _("every month")

    class Kind(models.TextChoices):
        INFORMAL = "informal", _("by agreement")
        COURT = "court", _("set by a court")

    MOVES: ClassVar[Moves] = {
        State.LIVE: frozenset({State.BREACHED, State.COMPLETED, State.CANCELLED}),
        State.BREACHED: frozenset({State.LIVE, State.COMPLETED, State.CANCELLED}),
        State.COMPLETED: frozenset(),
        State.CANCELLED: frozenset(),
    }

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.INFORMAL)
    starting_balance = MoneyField(
        _("owed at the start"), max_digits=14, decimal_places=2, default_currency="EUR"
    )
    first_payment = MoneyField(
        _("first payment"), max_digits=14, decimal_places=2, default_currency="EUR",
        null=True, blank=True,
    )  # fmt: skip
    first_payment_on = models.DateField(_("first payment due on"), null=True, blank=True)
    instalment = MoneyField(
        _("instalment"), max_digits=14, decimal_places=2, default_currency="EUR"
    )
    frequency = models.CharField(_("how often"), max_length=12, choices=Frequency)
    starts_on = models.DateField(_("first instalment due on"))
    tolerance_days = models.PositiveSmallIntegerField(_("days of grace"), default=5)
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)
    notes = models.CharField(_("what was agreed besides"), max_length=300, blank=True)
    opened_at = models.DateTimeField()
    by_label = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("repayment plan")
        verbose_name_plural = _("repayment plans")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="repayment_plan_one_at_a_time",
                fields=["tenancy"],
                condition=Q(state__in=["LIVE", "BREACHED"]),
            ),
            models.CheckConstraint(
                name="repayment_plan_amounts_above_zero",
                condition=Q(starting_balance__gt=0, instalment__gt=0),
            ),
            models.CheckConstraint(
                name="repayment_first_payment_has_a_day",
                condition=Q(first_payment__isnull=True, first_payment_on__isnull=True)
                | Q(
                    first_payment__isnull=False,
                    first_payment__gt=0,
                    first_payment_on__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenancy} {self.starts_on}"


class PlanCheck(models.Model):
    """How a plan stood from a day on; a new row only when something in it changed."""

    plan = models.ForeignKey(RepaymentPlan, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=RepaymentPlan.State)
    expected = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR")
    actual = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR")

    class Meta:
        verbose_name = _("check of a plan")
        verbose_name_plural = _("checks of plans")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.on} {self.state}"
