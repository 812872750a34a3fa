"""A report to one investor, frozen as it was issued. What it says is gathered above (reporting)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import User
from investors.models.investor import Investor
from investors.models.representation import in_time_of


class InvestorReportQuerySet(models.QuerySet["InvestorReport"]):
    """Reports as somebody may see them."""

    def visible_to(self, user: User) -> "InvestorReportQuerySet":
        """Those of the investors whom the user may see, or acted for when they were issued (R53)."""
        before = in_time_of(user, investor="investor", instant="issued_at")
        return self.filter(Q(investor__in=Investor.objects.visible_to(user)) | before)


class InvestorReport(models.Model):
    """Append-only: a correction is a new version that replaces the old one, which stays readable."""

    class Kind(models.TextChoices):
        QUARTERLY = "quarterly", _("quarterly")
        YEARLY = "yearly", _("yearly")

    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="reports")
    snapshot_key = models.CharField(_("snapshot"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUARTERLY)
    period_label = models.CharField(_("period"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    language = models.CharField(_("language"), max_length=5)
    data = models.JSONField(_("contents"))
    content_hash = models.CharField(_("hash"), max_length=64)
    pdf = models.BinaryField(_("document"))
    issued_at = models.DateTimeField(_("issued"))

    objects = InvestorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("investor report")
        verbose_name_plural = _("investor reports")
        constraints: ClassVar = [
            # In this order it also finds who has the report of a snapshot.
            models.UniqueConstraint(
                name="investor_report_once", fields=["snapshot_key", "kind", "investor", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.investor} {self.period_label} v{self.version}"


class ReportTally(models.Model):
    """A part of how many have a report: so many were issued at once. A trigger writes it
    (guards_report_tallies.sql), and `check_books` holds the sums to the reports."""

    snapshot_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField()
    reports = models.IntegerField()

    class Meta:
        verbose_name = _("number of reports")
        verbose_name_plural = _("numbers of reports")
        indexes: ClassVar = [
            models.Index(name="report_tally_of_figures", fields=["snapshot_key", "kind", "version"])
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_key}: {self.reports}"
