"""The yearly impact report of a benefit company, as it was added to the accounts. Append-only.

What it must say and by when is in `rules.impact`; a correction is a further version of its year.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation


class ImpactReport(models.Model):
    """One version of the report of one year (L. 208/2015, par. 382)."""

    issuer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="impact_reports"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"))
    goals = models.TextField(_("goals of common benefit, and how they were pursued"))
    measures = models.TextField(_("the impact that was measured"))
    standard = models.CharField(_("external standard of assessment"), max_length=200)
    plan = models.TextField(_("goals for the next year"))
    added_on = models.DateField(_("added to the accounts on"))
    published_at = models.DateTimeField(_("published"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("impact report")
        verbose_name_plural = _("impact reports")
        ordering = ("-year", "-version")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="impact_report_version_once", fields=["issuer", "year", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.year} v{self.version}"
