"""What an issuer says of a year beside its figures: targets, and the words that a benefit company owes.

Both may be changed until a report tells them; then they are frozen, and the database keeps them so.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation


class Target(models.Model):
    """What a figure was meant to be at the end of a year, in the unit of its indicator."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    indicator = models.CharField(_("figure"), max_length=60)
    value = models.PositiveBigIntegerField(_("target"))
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering: ClassVar = ["year", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="target_once", fields=["organisation", "year", "indicator"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.indicator}: {self.value}"


class YearNote(models.Model):
    """A part of the yearly report of a benefit company (L. 208/2015, art. 1 c. 382), in both languages."""

    class Heading(models.TextChoices):
        DONE = "done", _("What was done")
        SLOWED = "slowed", _("What prevented or slowed it")
        GOVERNANCE = "governance", _("Governance")
        WORKERS = "workers", _("Workers")
        OTHERS = "others", _("Other stakeholders")
        ENVIRONMENT = "environment", _("Environment")
        AHEAD = "ahead", _("Goals for next year")

    OWED: ClassVar = (Heading.DONE, Heading.SLOWED, Heading.AHEAD)
    """Without these there is no yearly report; the four areas of annex 5 are told where they are."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    heading = models.CharField(_("heading"), max_length=12, choices=Heading)
    text_it = models.TextField(_("text (Italian)"))
    text_en = models.TextField(_("text (English)"))
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_at = models.DateTimeField(
        _("reviewed by the city"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("note on a year")
        verbose_name_plural = _("notes on years")
        ordering: ClassVar = ["year", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="year_note_once", fields=["organisation", "year", "heading"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.heading}"
