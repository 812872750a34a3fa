"""Households in counts and brackets, and what became of them. No name stands here.

Who they are is in `HouseholdIdentity`, a table of its own that only their caseworker opens, each
time with a purpose that is written down (P12, P22).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation, User
from backend.core.roles import Role
from properties.models.scope import NOTHING, of_organisation, own_or_overseen

AGE_BANDS = ("0_5", "6_17", "18_34", "35_54", "55_64", "65_74", "75_plus")


class HouseholdQuerySet(models.QuerySet["Household"]):
    def visible_to(self, user: User) -> "HouseholdQuerySet":
        """Own cases for a caseworker; brackets for manager and auditor, but not of restricted
        households (P14); suppressed figures alone for everybody else."""
        seen = NOTHING
        if user.has_role(Role.MANAGER):
            seen |= of_organisation(user) & Q(is_restricted=False)
        if user.has_role(Role.AUDITOR):
            seen |= own_or_overseen(user) & Q(is_restricted=False)
        if user.has_role(Role.CASEWORKER):
            seen |= of_organisation(user) & Q(caseworker=user)
        return self.filter(seen)


class Household(models.Model):
    """People who live together, as they came to us (housing.md 3.1, ETHOS Light)."""

    class Ethos(models.TextChoices):
        EL1 = "EL1", _("People living rough")
        EL2 = "EL2", _("People in emergency accommodation")
        EL3 = "EL3", _("People in accommodation for the homeless")
        EL4 = "EL4", _("People in institutions, no home before release")
        EL5 = "EL5", _("People in non-conventional dwellings")
        EL6 = "EL6", _("Homeless people temporarily with family or friends")
        EL7X = "EL7x", _("Under threat of eviction")
        EL8X = "EL8x", _("Inadequate or overcrowded home")
        EL0 = "EL0", _("None of these")
        REFUSED = "REFUSED", _("Refused to say")
        UNKNOWN = "UNKNOWN", _("Not known")
        NOT_COLLECTED = "NOT_COLLECTED", _("Not asked")

    class Isee(models.TextChoices):
        """Brackets of the income indicator; the edges are those of Lo.C.A.Re. (housing.md 3.5)."""

        VERY_LOW = "to_6241", _("up to € 6,241.67")
        LOW = "to_10310", _("up to € 10,310")
        MODEST = "to_26000", _("up to € 26,000")
        HIGHER = "over_26000", _("over € 26,000")
        REFUSED = "REFUSED", _("Refused to say")
        UNKNOWN = "UNKNOWN", _("Not known")
        NOT_COLLECTED = "NOT_COLLECTED", _("Not asked")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=30)
    caseworker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="households"
    )
    referred_by = models.CharField(_("referred by"), max_length=80)
    is_referred_by_city = models.BooleanField(_("referred by the city"), default=False)
    referred_on = models.DateField(_("referred on"))
    people_0_5 = models.PositiveSmallIntegerField(_("0-5 years"), default=0)
    people_6_17 = models.PositiveSmallIntegerField(_("6-17 years"), default=0)
    people_18_34 = models.PositiveSmallIntegerField(_("18-34 years"), default=0)
    people_35_54 = models.PositiveSmallIntegerField(_("35-54 years"), default=0)
    people_55_64 = models.PositiveSmallIntegerField(_("55-64 years"), default=0)
    people_65_74 = models.PositiveSmallIntegerField(_("65-74 years"), default=0)
    people_75_plus = models.PositiveSmallIntegerField(_("75 years and over"), default=0)
    ethos = models.CharField(
        _("housing situation before"),
        max_length=13,
        choices=Ethos,
        default=Ethos.NOT_COLLECTED,
    )
    isee = models.CharField(
        _("income bracket (ISEE)"),
        max_length=13,
        choices=Isee,
        default=Isee.NOT_COLLECTED,
    )
    assessed_on = models.DateField(_("assessed on"), null=True, blank=True)
    next_step = models.CharField(_("what to do next"), max_length=120, blank=True)
    next_step_on = models.DateField(_("by when"), null=True, blank=True)
    is_restricted = models.BooleanField(_("restricted"), default=False)
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        constraints: ClassVar = [
            models.UniqueConstraint(name="household_code_once", fields=["organisation", "code"]),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def size(self) -> int:
        return sum(getattr(self, f"people_{band}") for band in AGE_BANDS)


class HouseholdIdentity(models.Model):
    """Who a household is. Nothing points here; read only through `households.identity`."""

    household = models.OneToOneField(
        Household, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    tax_code = models.CharField(_("tax code"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("identity of a household")
        verbose_name_plural = _("identities of households")

    def __str__(self) -> str:
        return f"#{self.household_id}"


class OutcomeCode(models.TextChoices):
    """Housing status at follow-up (housing.md 3.2)."""

    KEPT_NO_AID = "KEPT_NO_AID", _("kept the same home, no ongoing aid")
    KEPT_AID_SAME = "KEPT_AID_SAME", _("kept it with the aid had at the start")
    KEPT_AID_NEW = "KEPT_AID_NEW", _("kept it with aid obtained since")
    KEPT_ONE_OFF = "KEPT_ONE_OFF", _("kept it thanks to one-off money only")
    MOVED_SOCIAL_RENT = "MOVED_SOCIAL_RENT", _("moved to social rental")
    MOVED_PUBLIC = "MOVED_PUBLIC", _("moved to public housing")
    MOVED_MARKET = "MOVED_MARKET", _("moved to private rent, no aid")
    BOUGHT = "BOUGHT", _("owns the home")
    FAMILY_PERM = "FAMILY_PERM", _("with family or friends, for good")
    FAMILY_TEMP = "FAMILY_TEMP", _("with family or friends, for a time")
    TEMP_ACCOM = "TEMP_ACCOM", _("temporary accommodation")
    HOMELESS = "HOMELESS", _("living rough or improper dwelling")
    EVICTED = "EVICTED", _("removed by enforcement")
    ABANDONED = "ABANDONED", _("left without notice")
    INSTITUTION = "INSTITUTION", _("hospital, care home, prison")
    DECEASED = "DECEASED", _("died")
    UNKNOWN = "UNKNOWN", _("no exit interview")


class HousingOutcome(models.Model):
    """Where a household lives at a follow-up or after leaving; a new row each time it is asked."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(_("outcome"), max_length=20, choices=OutcomeCode)
    on = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=80)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints: ClassVar = [
            models.UniqueConstraint(name="outcome_once_a_day", fields=["household", "on"])
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.code} {self.on}"


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
