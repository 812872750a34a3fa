"""Households in counts and brackets. No name stands here.

Who they are is in `HouseholdIdentity`, encrypted, a table of its own that only their caseworker opens,
each time with a purpose that is written down (P12, P22). What became of them is in `outcome`.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation, User
from backend.core.roles import Role
from properties.models.scope import NOTHING, of_organisation, own_or_overseen
from properties.models.unit import Unit

AGE_BANDS = ("0_5", "6_17", "18_34", "35_54", "55_64", "65_74", "75_plus")
MINOR_BANDS = ("0_5", "6_17")
SOMEBODY = ~Q(**{f"people_{band}": 0 for band in AGE_BANDS})


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

    class Closed(models.TextChoices):
        """Why a referral or a case came to its end (what the city asks of its own referrals)."""

        NO_HOME = "NO_HOME", _("no home that fits")
        CRITERIA = "CRITERIA", _("outside the criteria")
        WITHDREW = "WITHDREW", _("did not want it any more")
        HOUSED_ELSEWHERE = "ELSEWHERE", _("found a home elsewhere")
        SUPPORT_OVER = "SUPPORT_OVER", _("support is over")

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
    was_living_in = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="found_households",
        verbose_name=_("living in our home since before we bought it"),
    )
    next_step = models.CharField(_("what to do next"), max_length=120, blank=True)
    next_step_on = models.DateField(_("by when"), null=True, blank=True)
    is_restricted = models.BooleanField(_("restricted"), default=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_reason = models.CharField(
        _("why it was closed"), max_length=16, choices=Closed, blank=True
    )
    anonymised_at = models.DateTimeField(null=True, blank=True)
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        constraints: ClassVar = [
            models.UniqueConstraint(name="household_code_once", fields=["organisation", "code"]),
            models.CheckConstraint(name="household_has_people", condition=SOMEBODY),
            # As with leases: those who live in one home are one household.
            models.UniqueConstraint(name="household_found_once_per_home", fields=["was_living_in"]),
            models.CheckConstraint(
                name="household_closed_with_a_reason",
                condition=Q(closed_on__isnull=True, closed_reason="")
                | Q(closed_on__isnull=False, closed_on__gte=F("referred_on"))
                & ~Q(closed_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def minors(self) -> int:
        return sum(getattr(self, f"people_{band}") for band in MINOR_BANDS)

    @property
    def size(self) -> int:
        return sum(getattr(self, f"people_{band}") for band in AGE_BANDS)


class HouseholdIdentity(models.Model):
    """Who a household is, encrypted. Nothing points here; read only through `identities.read`."""

    household = models.OneToOneField(
        Household, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    sealed = models.TextField(help_text=_("Name, telephone, e-mail and tax code under the key."))
    fingerprint = models.CharField(
        max_length=64, unique=True, null=True, help_text=_("Keyed hash of the tax code.")
    )

    class Meta:
        verbose_name = _("identity of a household")
        verbose_name_plural = _("identities of households")

    def __str__(self) -> str:
        return f"#{self.household_id}"
