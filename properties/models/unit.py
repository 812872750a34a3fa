"""Buildings and the homes in them: where they stand, what they are, how they came to us.

What identifies a home in the cadastre and how much energy it needs change in time: `cadastre`, `energy`.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from backend.core.models import Organisation, User
from backend.core.roles import Role
from properties.models.scope import NOTHING, of_organisation, own_or_overseen

DISTRICTS: dict[int, str] = {
    1: "Centro-Crocetta",
    2: "Santa Rita-Mirafiori",
    3: "San Paolo-Pozzo Strada",
    4: "San Donato-Parella",
    5: "Borgo Vittoria-Lucento",
    6: "Barriera di Milano-Rebaudengo",
    7: "Aurora-Vanchiglia",
    8: "San Salvario-Lingotto-Borgo Po",
}
"""The eight circoscrizioni of Turin since 2016, by number (housing.md 3.10)."""


class Building(models.Model):
    """A house with an address; one or more of its homes are ours."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(_("address"), max_length=200)
    district = models.PositiveSmallIntegerField(_("circoscrizione"), choices=DISTRICTS.items())
    quarter = models.CharField(_("quarter"), max_length=80, blank=True)
    omi_zone = models.CharField(_("OMI zone"), max_length=12, blank=True)
    year_built = models.PositiveSmallIntegerField(_("year built"), null=True, blank=True)

    class Meta:
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        constraints: ClassVar = [
            models.UniqueConstraint(name="building_once", fields=["organisation", "address"]),
            models.CheckConstraint(
                name="building_district_is_of_turin",
                condition=Q(district__range=(1, 8)),
            ),
        ]

    def __str__(self) -> str:
        return self.address


LEASED = Q(tenancies__isnull=False, tenancies__ends_on=None)
"""Homes under a contract of which no end is known."""


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, user: User) -> "UnitQuerySet":
        """Homes with address and cadastral key: never for the public or an investor (section 5)."""
        if any(user.has_role(role) for role in (Role.MANAGER, Role.FINANCE)):
            return self.filter(of_organisation(user))
        if any(user.has_role(role) for role in (Role.CITY_REVIEWER, Role.AUDITOR)):
            return self.filter(own_or_overseen(user))
        if user.has_role(Role.CASEWORKER):
            # Who may see what is asked as of now, by shells alone: here too the clock is theirs.
            return self.filter(of_organisation(user)).not_of_others(user, on=clock.today())
        return self.filter(NOTHING)

    def not_of_others(self, caseworker: User, *, on: dt.date) -> "UnitQuerySet":
        """Homes of their own cases, and those where nobody lives whom a colleague looks after."""
        own = Q(tenancies__household__caseworker=caseworker)
        own |= Q(found_households__caseworker=caseworker)
        homes = Unit.objects.order_by()
        mine, lived_in = homes.filter(own), homes.filter(LEASED | Q(tenancies__ends_on__gt=on))
        # Those found in a home of whom nobody wrote anything down yet wait for any caseworker.
        found = homes.filter(tenancies=None, found_households__isnull=False)
        found = found.exclude(occupancy=Unit.Occupancy.FREE).exclude(release__on__lte=on)
        theirs = Q(pk__in=lived_in.values("pk")) | Q(pk__in=found.values("pk"))
        return self.filter(Q(pk__in=mine.values("pk")) | ~theirs)


class Unit(models.Model):
    """A home. Never named `property`: that word would break @property in the class."""

    class Source(models.TextChoices):
        COURT_AUCTION = "court_auction", _("court auction")
        MARKET = "market", _("market purchase")
        DONATION = "donation", _("donation")
        MANDATE = "mandate", _("management mandate")

    class Occupancy(models.TextChoices):
        """Who was in it at acquisition (housing.md 3.8)."""

        FREE = "FREE", _("free")
        DEBTOR_FAMILY = "DEBTOR_FAMILY", _("the debtor's family")
        TENANT_OPPOSABLE = "TENANT_OPPOSABLE", _("a tenant whose contract stands")
        TENANT_NOT_OPPOSABLE = (
            "TENANT_NOT_OPPOSABLE",
            _("a tenant whose contract falls"),
        )
        NO_TITLE = "NO_TITLE", _("people without title")
        OTHER_RIGHT = "OTHER_RIGHT", _("another right of use")

    class Ownership(models.TextChoices):
        NONE = "none", _("not ours yet")
        OWNED = "owned", _("owned")
        MANAGED = "managed", _("managed for its owner")
        SOLD = "sold", _("sold")
        RETURNED = "returned", _("given back to its owner")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(_("code"), max_length=40, help_text=_("How we call this home."))
    rooms = models.PositiveSmallIntegerField(_("rooms"))
    area_m2 = models.DecimalField(_("area in m²"), max_digits=7, decimal_places=2)
    source = models.CharField(_("source"), max_length=20, choices=Source)
    occupancy = models.CharField(_("occupancy at acquisition"), max_length=24, choices=Occupancy)
    ownership = models.CharField(
        _("ownership"), max_length=10, choices=Ownership, default=Ownership.NONE
    )
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("home")
        verbose_name_plural = _("homes")
        constraints: ClassVar = [
            models.UniqueConstraint(name="unit_code_once", fields=["organisation", "code"]),
            models.CheckConstraint(name="unit_has_rooms_and_area", condition=Q(area_m2__gt=0)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def was_occupied(self) -> bool:
        """People were, or may have been, in it when it was bought."""
        return self.occupancy != self.Occupancy.FREE
