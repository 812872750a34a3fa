"""Who lives in which home from when to when, and the rent charged for it.

The database itself refuses two live tenancies in one home and two homes for one household.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import User
from backend.core.roles import Role
from backend.treasury.models import Expectation
from properties.models.household import Household
from properties.models.scope import NOTHING, of_organisation, own_or_overseen
from properties.models.spans import no_overlap
from properties.models.unit import Unit


class TenancyQuerySet(models.QuerySet["Tenancy"]):
    def visible_to(self, user: User) -> "TenancyQuerySet":
        """Contracts and rents: own cases for a caseworker; for manager, finance and auditor by
        contract number, without a name, and without restricted households for the manager."""
        seen = NOTHING
        path = "unit__organisation"
        if user.has_role(Role.MANAGER):
            seen |= of_organisation(user, path) & Q(household__is_restricted=False)
        if user.has_role(Role.FINANCE):
            seen |= of_organisation(user, path)
        if user.has_role(Role.AUDITOR):
            seen |= own_or_overseen(user, path)
        if user.has_role(Role.CASEWORKER):
            seen |= of_organisation(user, path) & Q(household__caseworker=user)
        return self.filter(seen)

    def live_on(self, day: Any) -> "TenancyQuerySet":
        return self.filter(starts_on__lte=day).exclude(ends_on__lte=day)


class Tenancy(models.Model):
    """A household in a home: on the free track since the keys, on the occupied one since title."""

    class Track(models.TextChoices):
        FREE = "FREE", _("a free home, let")
        OCCUPIED = "OCCUPIED", _("an occupied home, kept")

    class Kind(models.TextChoices):
        TERM_3_2 = "3+2", _("agreed rent, 3+2 years")
        TERM_4_2 = "4+2", _("agreed rent, 4+2 years")
        TERM_5_2 = "5+2", _("agreed rent, 5+2 years")
        TERM_6_2 = "6+2", _("agreed rent, 6+2 years")
        TERM_4_4 = "4+4", _("free rent, 4+4 years")
        TEMPORARY = "temporary", _("temporary")

    class EndReason(models.TextChoices):
        """Why a home becomes empty, as the lettings log of England counts it (housing.md 3.2)."""

        RENEWAL = "RENEWAL", _("renewed")
        TRANSFER = "TRANSFER", _("moved to another home of ours")
        MOVED_SOCIAL = "MOVED_SOCIAL", _("moved to another social landlord")
        MOVED_PRIVATE = "MOVED_PRIVATE", _("moved to a private home")
        CARE_HOME = "CARE_HOME", _("moved to a care home")
        HOSPITAL = "HOSPITAL", _("long stay in hospital")
        DIED = "DIED", _("died")
        ABANDONED = "ABANDONED", _("left without notice")
        EVICTED_ARREARS = "EVICTED_ARREARS", _("evicted for arrears")
        EVICTED_BEHAVIOUR = "EVICTED_BEHAVIOUR", _("evicted for behaviour")
        EVICTED_BOTH = "EVICTED_BOTH", _("evicted for arrears and behaviour")
        OTHER = "OTHER", _("another reason")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tenancies")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="tenancies")
    contract_no = models.CharField(_("contract number"), max_length=40, unique=True)
    track = models.CharField(_("track"), max_length=10, choices=Track)
    kind = models.CharField(_("contract"), max_length=10, choices=Kind)
    rent = MoneyField(_("monthly rent"), max_digits=14, decimal_places=2, default_currency="EUR")
    charges_monthly = MoneyField(
        _("charges a month"), max_digits=14, decimal_places=2, default_currency="EUR", default=0
    )
    agreed_most = MoneyField(
        _("most that the agreement allows"), max_digits=14, decimal_places=2,
        default_currency="EUR", null=True, blank=True,
    )  # fmt: skip
    market_rent = MoneyField(
        _("market rent of such a home"), max_digits=14, decimal_places=2, default_currency="EUR",
        null=True, blank=True,
    )  # fmt: skip
    market_source = models.CharField(_("source of the market rent"), max_length=80, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    end_code = models.CharField(_("why it ended"), max_length=20, choices=EndReason, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=80, blank=True)
    created_at = models.DateTimeField()

    objects = TenancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenancy")
        verbose_name_plural = _("tenancies")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tenancy_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="tenancy_rent_not_negative", condition=Q(rent__gte=0, charges_monthly__gte=0)
            ),
            models.CheckConstraint(
                name="tenancy_rent_within_the_agreement",
                condition=Q(agreed_most__isnull=True) | Q(rent__lte=F("agreed_most")),
            ),
            models.CheckConstraint(
                name="tenancy_market_rent_has_a_source",
                condition=Q(market_rent__isnull=True, market_source="")
                | Q(market_rent__isnull=False, market_rent__gt=0) & ~Q(market_source=""),
            ),
            no_overlap("tenancy_one_live_per_unit", "unit"),
            no_overlap("tenancy_one_live_per_household", "household"),
        ]

    def __str__(self) -> str:
        return self.contract_no


class RentCharge(models.Model):
    """The rent of one month, expected from one tenancy. Whether all of it came is kept by the database
    (migration 0018), so that what is late is found without going over what is long paid."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="charges")
    month = models.DateField(help_text=_("The first day of the month."))
    expectation = models.OneToOneField(
        Expectation, on_delete=models.PROTECT, related_name="rent_charge"
    )
    is_paid = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = _("rent of a month")
        verbose_name_plural = _("rents of months")
        constraints: ClassVar = [
            models.UniqueConstraint(name="rent_once_a_month", fields=["tenancy", "month"]),
            models.CheckConstraint(name="rent_month_is_a_first", condition=Q(month__day=1)),
        ]
        indexes: ClassVar = [
            models.Index(name="rent_not_paid", fields=["expectation"], condition=Q(is_paid=False))
        ]

    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.month:%Y-%m}"


class PastRent(models.Model):
    """What was paid of a month's rent before this system, as it was taken over: in no books of ours.

    What was still owed of that month is a RentCharge like any other.
    """

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="past_rents")
    month = models.DateField(help_text=_("The first day of the month."))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")

    class Meta:
        verbose_name = _("rent paid before this system")
        verbose_name_plural = _("rents paid before this system")
        constraints: ClassVar = [
            models.UniqueConstraint(name="past_rent_once_a_month", fields=["tenancy", "month"]),
            models.CheckConstraint(
                name="past_rent_of_a_first_above_zero", condition=Q(month__day=1, amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.month:%Y-%m}"
