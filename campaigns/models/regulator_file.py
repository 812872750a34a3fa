"""The yearly files for authorities as they were made: text, hash and version. Append-only (a trigger)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core import roles
from backend.core.models import Organisation, User


class RegulatorFileQuerySet(models.QuerySet["RegulatorFile"]):
    """Files as somebody may see them."""

    def visible_to(self, user: User) -> "RegulatorFileQuerySet":
        """Those of one's own organisation; all for who works for none."""
        if not roles.may(user, "regulator.file"):
            return self.none()
        return self if user.organisation_id is None else self.filter(about=user.organisation_id)


class RegulatorFile(models.Model):
    """One version of a year's file, `about` an issuer's offers (None: those of every issuer)."""

    class Kind(models.TextChoices):
        PROJECTS = "projects", _("List of projects, for the authority")
        PROJECTS_ESMA = "projects_esma", _("List of projects, owners hashed, as passed on to ESMA")
        OFFERS = "offers", _("Structured data on offers, for Consob")

    about = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="regulator_files"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"))
    reason = models.CharField(_("why it differs"), max_length=300, blank=True)
    offers = models.PositiveIntegerField(_("offers"))
    total = MoneyField(_("together"), max_digits=14, decimal_places=2, default_currency="EUR")
    text = models.TextField(_("content"))
    sha256 = models.CharField(_("hash"), max_length=64)
    made_at = models.DateTimeField(_("made"))
    by_label = models.CharField(max_length=200)

    objects = RegulatorFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file for an authority")
        verbose_name_plural = _("files for authorities")
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="regulator_file_version_once",
                fields=["about", "kind", "year", "version"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="regulator_file_counts", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the file is called when it is saved."""
        return f"{self.kind}-{self.year}-v{self.version}.csv"
