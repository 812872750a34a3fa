"""What an issuer says of a year beside its figures: targets, and the words that a benefit company owes.

A target is never written over: what is aimed at anew is a further version with its day. Words may be
changed until a report tells them, and are corrected by a further version then. The database keeps both so.
When they went to the accounts is a `YearReport`.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core import languages
from backend.core.models import Organisation


class Target(models.Model):
    """What a figure was meant to be at the end of a year, in the unit of its indicator. Append-only.

    Without a value: the target was given up.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    indicator = models.CharField(_("figure"), max_length=60)
    value = models.PositiveBigIntegerField(_("target"), null=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1, db_default=1)
    set_at = models.DateTimeField(_("set"))
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering: ClassVar = ["year", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="target_version_once", fields=["organisation", "year", "indicator", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.indicator}: {self.value}"


class YearNote(models.Model):
    """A part of the yearly report of a benefit company (L. 208/2015, art. 1 c. 382), in both languages."""

    class Heading(models.TextChoices):
        DONE = "done", _("What was done")
        SLOWED = "slowed", _("What prevented or slowed it")
        MEASURED = "measured", _("The impact that was measured, and by which standard")
        GOVERNANCE = "governance", _("Governance")
        WORKERS = "workers", _("Workers")
        OTHERS = "others", _("Other stakeholders")
        ENVIRONMENT = "environment", _("Environment")
        AHEAD = "ahead", _("Goals for next year")

    OWED: ClassVar = (Heading.DONE, Heading.SLOWED, Heading.MEASURED, Heading.AHEAD)
    """Without these there is no yearly report; the four areas of annex 5 are told where they are."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    heading = models.CharField(_("heading"), max_length=12, choices=Heading)
    text_it = models.TextField(_("text (Italian)"))
    text_en = models.TextField(_("text (English)"))
    version = models.PositiveSmallIntegerField(_("version"), default=1, db_default=1)
    reason = models.CharField(_("why it was corrected"), max_length=300, default="", db_default="")
    written_at = models.DateTimeField(_("written"))
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_at = models.DateTimeField(
        _("reviewed by the city"), null=True, blank=True, editable=False
    )
    let_go_at = models.DateTimeField(
        _("let go without the city"), null=True, blank=True, editable=False
    )
    """When a second person let it go out unreviewed: the city had its days (housing.md 3.13)."""

    class Meta:
        verbose_name = _("note on a year")
        verbose_name_plural = _("notes on years")
        ordering: ClassVar = ["year", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="year_note_version_once",
                fields=["organisation", "year", "heading", "version"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.heading} v{self.version}"

    @property
    def text(self) -> str:
        """What it says in the reader's language."""
        return self.text_it if languages.active() == "it" else self.text_en


class YearReport(models.Model):
    """The report of a year as it went to the accounts (L. 208/2015, par. 382-383). Append-only.

    It says the words that were told by then; a correction is a further version of its year.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="year_reports"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"))
    added_on = models.DateField(_("added to the accounts on"))
    published_at = models.DateTimeField(_("published"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("report of a year")
        verbose_name_plural = _("reports of years")
        ordering: ClassVar = ["-year", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="year_report_version_once", fields=["organisation", "year", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year} v{self.version}"
