"""What people agreed to, what the nights removed, and the records that the law of privacy asks for."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation
from properties.models.household import Household


class Consent(models.Model):
    """What a household agreed to in writing, until when, and when it took that back (P16)."""

    class Scope(models.TextChoices):
        CARE = "CARE", _("our work with the household")
        CITY = "CITY", _("telling the city about its own referral")
        STORY = "STORY", _("a story without pictures")
        PHOTO = "PHOTO", _("a picture")
        SURVEY = "SURVEY", _("questions about satisfaction")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="consents")
    scope = models.CharField(_("for what"), max_length=6, choices=Scope)
    given_on = models.DateField(_("given on"))
    ends_on = models.DateField(_("until"))
    document = models.CharField(_("where the paper is"), max_length=120)
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    removed_on = models.DateField(_("removed on"), null=True, blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="consent_ends_after_it_was_given", condition=Q(ends_on__gt=F("given_on"))
            ),
            models.CheckConstraint(
                name="consent_removed_after_withdrawn",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
            ),
            models.UniqueConstraint(
                name="consent_once_at_a_time",
                fields=["household", "scope"],
                condition=Q(withdrawn_on__isnull=True, removed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.scope}"


class GlassBreak(models.Model):
    """A name that was opened in an emergency by somebody whose case it is not (P22).

    The auditor, who is the data protection officer here, reads each of them and says what it was.
    """

    class Finding(models.TextChoices):
        JUSTIFIED = "justified", _("justified")
        UNJUSTIFIED = "unjustified", _("not justified")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("opened"))
    finding = models.CharField(_("finding"), max_length=12, choices=Finding, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("opening in an emergency")
        verbose_name_plural = _("openings in an emergency")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="glass_break_reviewed_whole_by_another",
                condition=Q(reviewed_at=None, reviewed_by=None, finding="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                & ~Q(finding="")
                & ~Q(reviewed_by=F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.at:%Y-%m-%d}"


class NightlyRun(models.Model):
    """What a nightly job did on a day, in counts alone (P21)."""

    kind = models.CharField(max_length=20)
    on = models.DateField()
    counts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("nightly run")
        verbose_name_plural = _("nightly runs")
        ordering: ClassVar = ["-on", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="nightly_once_a_day", fields=["kind", "on"])
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Tally(models.Model):
    """That somebody nobody knows any more counts in a figure, in which of its cells, since when (P18).

    Days are ends of quarters, the days of what is published, and no row says whose it was.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=40)
    cell = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("tally of the forgotten")
        verbose_name_plural = _("tallies of the forgotten")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tally_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.cell} {self.since}"


class PrivacyRecord(models.Model):
    """An entry of the processing register, or the impact assessment (GDPR 30, 35; P26)."""

    class Kind(models.TextChoices):
        REGISTER = "register", _("processing register")
        DPIA = "dpia", _("impact assessment")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    reviewed_on = models.DateField(_("reviewed on"))

    class Meta:
        verbose_name = _("privacy record")
        verbose_name_plural = _("privacy records")

    def __str__(self) -> str:
        return self.title
