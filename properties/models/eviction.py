"""The road of an eviction for arrears in Italy, step by step with its legal days (housing.md 3.6)."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.states import Moves
from properties.models.household import Household

RENT_LATE = dt.timedelta(days=20)
CHARGES_MONTHS = 2
"""A rent so late, or charges above so many months' rent, allow it (L. 392/1978 art. 5)."""
CHARGES_TOLD = Q(charges_owed__isnull=False, monthly_rent__isnull=False, monthly_rent__gt=0)
NOT_TOLD = Q(rent_due_on=None, charges_owed=None)
"""Of cases that were watched before grounds were asked for."""


class EvictionCase(models.Model):
    """A household under threat of eviction, by us or by somebody else, and how far it went."""

    class State(models.TextChoices):
        ARREARS = "ARREARS", _("arrears that allow it")
        INTIMAZIONE = "INTIMAZIONE", _("notice served")
        HEARING = "HEARING", _("hearing")
        CURED_IN_COURT = "CURED_IN_COURT", _("all paid in court")
        GRACE = "GRACE", _("days of grace by the judge")
        CONVALIDA = "CONVALIDA", _("eviction ordered")
        PRECETTO = "PRECETTO", _("formal demand")
        PREAVVISO_RILASCIO = "PREAVVISO_RILASCIO", _("notice of release")
        ACCESS = "ACCESS", _("visit of the bailiff")
        EXECUTED = "EXECUTED", _("executed")
        STOPPED = "STOPPED", _("stopped")
        POSTPONED = "POSTPONED", _("postponed")

    MOVES: ClassVar[Moves] = {
        State.ARREARS: frozenset({State.INTIMAZIONE, State.STOPPED}),
        State.INTIMAZIONE: frozenset({State.HEARING, State.STOPPED}),
        State.HEARING: frozenset(
            {State.CURED_IN_COURT, State.GRACE, State.CONVALIDA, State.STOPPED, State.POSTPONED}
        ),
        State.GRACE: frozenset({State.CURED_IN_COURT, State.CONVALIDA, State.STOPPED}),
        State.CONVALIDA: frozenset({State.PRECETTO, State.STOPPED}),
        State.PRECETTO: frozenset({State.PREAVVISO_RILASCIO, State.STOPPED}),
        State.PREAVVISO_RILASCIO: frozenset({State.ACCESS, State.STOPPED, State.POSTPONED}),
        State.ACCESS: frozenset({State.EXECUTED, State.STOPPED, State.POSTPONED}),
        State.POSTPONED: frozenset({State.HEARING, State.ACCESS, State.STOPPED}),
        State.CURED_IN_COURT: frozenset(),
        State.EXECUTED: frozenset(),
        State.STOPPED: frozenset(),
    }

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="evictions")
    landlord = models.CharField(_("landlord"), max_length=80)
    state = models.CharField(max_length=20, choices=State, default=State.ARREARS)
    since_on = models.DateField(_("since"))
    next_on = models.DateField(_("next date that counts"), null=True, blank=True)
    rent_due_on = models.DateField(_("oldest rent due since"), null=True, blank=True)
    charges_owed = MoneyField(
        _("charges owed"), max_digits=14, decimal_places=2, default_currency="EUR",
        null=True, blank=True,
    )  # fmt: skip
    monthly_rent = MoneyField(
        _("monthly rent"), max_digits=14, decimal_places=2, default_currency="EUR",
        null=True, blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = _("threat of eviction")
        verbose_name_plural = _("threats of eviction")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="eviction_one_at_a_time",
                fields=["household"],
                condition=~Q(state__in=["CURED_IN_COURT", "EXECUTED", "STOPPED"]),
            ),
            models.CheckConstraint(
                name="eviction_next_after_start",
                condition=Q(next_on__isnull=True) | Q(next_on__gte=F("since_on")),
            ),
            models.CheckConstraint(
                name="eviction_begins_with_arrears",
                condition=NOT_TOLD
                | Q(rent_due_on__lte=F("since_on") - RENT_LATE)
                | CHARGES_TOLD & Q(charges_owed__gt=CHARGES_MONTHS * F("monthly_rent")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.since_on}"


class EvictionStep(models.Model):
    """One step with its day and paper. Append-only by use: a wrong one is followed by a right one."""

    case = models.ForeignKey(EvictionCase, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20, choices=EvictionCase.State)
    on = models.DateField(_("on"))
    next_on = models.DateField(_("next date that counts"), null=True, blank=True)
    document = models.CharField(_("paper"), max_length=120, blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("step of an eviction")
        verbose_name_plural = _("steps of evictions")
        ordering: ClassVar = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state} {self.on}"
