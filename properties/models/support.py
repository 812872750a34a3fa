"""What was done for a household: steps of the road, actions, results, public aid, debts, income.

Rows of fact: nothing here is ever changed but a claim's decision and a debt's settlement, once.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from properties.models.household import Household


class SupportAction(models.Model):
    """Something done for a household (housing.md 3.5)."""

    class Kind(models.TextChoices):
        BUDGET_ADVICE = "BUDGET_ADVICE", _("budget advice")
        BENEFIT_CLAIM = "BENEFIT_CLAIM", _("benefit claim")
        INCOLPEVOLE_CLAIM = "INCOLPEVOLE_CLAIM", _("claim for blameless arrears")
        LOCARE_CLAIM = "LOCARE_CLAIM", _("Lo.C.A.Re. claim")
        LANDLORD_MEDIATION = "LANDLORD_MEDIATION", _("mediation with the landlord")
        REPAYMENT_PLAN = "REPAYMENT_PLAN", _("repayment plan")
        DEBT_SETTLEMENT = "DEBT_SETTLEMENT", _("debt settlement")
        LEGAL_AID = "LEGAL_AID", _("legal aid")
        JOB_SUPPORT = "JOB_SUPPORT", _("support with a job")
        SOCIAL_SERVICE_REFERRAL = (
            "SOCIAL_SERVICE_REFERRAL",
            _("referral to social services"),
        )
        EMERGENCY_GRANT = "EMERGENCY_GRANT", _("emergency grant")
        HOME_VISIT = "HOME_VISIT", _("home visit")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(_("action"), max_length=24, choices=Kind)
    on = models.DateField(_("on"))
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("support action")
        verbose_name_plural = _("support actions")

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.on}"


class SupportOutcome(models.Model):
    """What support came to (housing.md 3.5); work found is an extension of ours."""

    class Code(models.TextChoices):
        CLEARED = "CLEARED", _("arrears cleared")
        PLAN_KEPT = "PLAN_KEPT", _("plan kept")
        REDUCED = "REDUCED", _("arrears reduced")
        STABLE = "STABLE", _("stable")
        WORSE = "WORSE", _("worse")
        EVICTION_STOPPED = "EVICTION_STOPPED", _("eviction stopped")
        EVICTION_POSTPONED = "EVICTION_POSTPONED", _("eviction postponed")
        EVICTED = "EVICTED", _("evicted")
        MOVED_POSITIVE = "MOVED_POSITIVE", _("moved to a good home")
        DISENGAGED = "DISENGAGED", _("broke off contact")
        JOB_FOUND = "JOB_FOUND", _("found work")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="results")
    code = models.CharField(_("result"), max_length=20, choices=Code)
    on = models.DateField(_("on"))
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("result of support")
        verbose_name_plural = _("results of support")

    def __str__(self) -> str:
        return f"{self.household_id} {self.code} {self.on}"


class Milestone(models.Model):
    """A step of the road of those who stay in a home that was bought with them in it (3.8)."""

    class Kind(models.TextChoices):
        CONTACT = "CONTACT", _("first contact")
        NEEDS = "NEEDS", _("needs assessed")
        DEBT_REVIEW = "DEBT_REVIEW", _("debts reviewed")
        AGREEMENT = "AGREEMENT", _("plan or settlement agreed")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(_("step"), max_length=12, choices=Kind)
    on = models.DateField(_("on"))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("step of the road")
        verbose_name_plural = _("steps of the road")
        constraints: ClassVar = [
            models.UniqueConstraint(name="milestone_once", fields=["household", "kind"])
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"


class Trait(models.Model):
    """An answer to a question of a special category, asked because a service needs it (P13).

    The newest answer counts. No answer, refused and not known are three different things.
    """

    class Kind(models.TextChoices):
        DISABILITY = "DISABILITY", _("a person with a disability")
        DISPLACED = "DISPLACED", _("displaced")
        VIOLENCE = "VIOLENCE", _("violence suffered")

    class Said(models.TextChoices):
        YES = "YES", _("Yes")
        NO = "NO", _("No")
        REFUSED = "REFUSED", _("Refused to say")
        UNKNOWN = "UNKNOWN", _("Not known")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="traits")
    kind = models.CharField(_("question"), max_length=12, choices=Kind)
    said = models.CharField(_("answer"), max_length=8, choices=Said)
    service = models.CharField(_("service that needs it"), max_length=80)
    legal_basis = models.CharField(_("legal basis"), max_length=80)
    source = models.CharField(_("source"), max_length=80)
    on = models.DateField(_("on"))
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer of a special category")
        verbose_name_plural = _("answers of special categories")
        constraints: ClassVar = [
            models.UniqueConstraint(name="trait_once_a_day", fields=["household", "kind", "on"])
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"


class Aid(models.Model):
    """Public aid asked for a household: pending, granted with its amount, or refused."""

    class Kind(models.TextChoices):
        INCOLPEVOLE = "INCOLPEVOLE", _("fund for blameless arrears")
        LOCARE = "LOCARE", _("Lo.C.A.Re.")
        HOUSING_ALLOWANCE = "ALLOWANCE", _("housing allowance")
        EMERGENCY = "EMERGENCY", _("emergency grant")

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="aids")
    kind = models.CharField(_("aid"), max_length=12, choices=Kind)
    asked_on = models.DateField(_("asked for on"))
    decision = models.CharField(_("decision"), max_length=8, choices=State, default=State.ASKED)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    amount = MoneyField(
        _("amount"), max_digits=14, decimal_places=2, default_currency="EUR", null=True, blank=True
    )

    class Meta:
        verbose_name = _("public aid")
        verbose_name_plural = _("public aids")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="aid_decided_with_day_and_amount",
                condition=Q(decision="asked", decided_on__isnull=True, amount__isnull=True)
                | Q(
                    decision="granted",
                    decided_on__gte=F("asked_on"),
                    decided_on__isnull=False,
                    amount__gt=0,
                    amount__isnull=False,
                )
                | Q(
                    decision="refused",
                    decided_on__gte=F("asked_on"),
                    decided_on__isnull=False,
                    amount__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.asked_on}"


class Debt(models.Model):
    """A debt found in the review; settled for less (stralcio) or in full, once."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="debts")
    creditor = models.CharField(_("creditor"), max_length=80)
    owed = MoneyField(_("owed"), max_digits=14, decimal_places=2, default_currency="EUR")
    found_on = models.DateField(_("found on"))
    settled_for = MoneyField(
        _("settled for"), max_digits=14, decimal_places=2, default_currency="EUR",
        null=True, blank=True,
    )  # fmt: skip
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    class Meta:
        verbose_name = _("debt")
        verbose_name_plural = _("debts")
        constraints: ClassVar = [
            models.CheckConstraint(name="debt_above_zero", condition=Q(owed__gt=0)),
            models.CheckConstraint(
                name="debt_settled_for_no_more_than_owed",
                condition=Q(settled_on__isnull=True, settled_for__isnull=True)
                | Q(
                    settled_on__isnull=False,
                    settled_for__isnull=False,
                    settled_on__gte=F("found_on"),
                    settled_for__gte=0,
                    settled_for__lte=F("owed"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.creditor}"


class Income(models.Model):
    """What a household has a month, and the housing allowance in it, as of a day."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="incomes")
    on = models.DateField(_("as of"))
    monthly = MoneyField(
        _("income a month"), max_digits=14, decimal_places=2, default_currency="EUR"
    )
    allowance = MoneyField(
        _("housing allowance in it"), max_digits=14, decimal_places=2, default_currency="EUR",
        default=0,
    )  # fmt: skip
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("income")
        verbose_name_plural = _("incomes")
        constraints: ClassVar = [
            models.UniqueConstraint(name="income_once_a_day", fields=["household", "on"]),
            models.CheckConstraint(
                name="income_holds_its_allowance",
                condition=Q(allowance__gte=0, monthly__gte=F("allowance")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.on}"
