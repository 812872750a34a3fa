"""Where a household lives at a follow-up or after leaving (housing.md 3.2), and what it says of us."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from properties.models.household import Household


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
    is_care = models.BooleanField(
        _("care home or hospital"),
        default=False,
        help_text=_("Not a prison: it counts in no rate."),
    )
    source = models.CharField(_("source"), max_length=80)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints: ClassVar = [
            models.UniqueConstraint(name="outcome_once_a_day", fields=["household", "on"]),
            models.CheckConstraint(
                name="outcome_care_is_an_institution",
                condition=Q(is_care=False) | Q(code="INSTITUTION"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.code} {self.on}"


class SurveyAnswer(models.Model):
    """A household asked how satisfied it is; no score is no answer (IRIS PI7163)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="answers")
    on = models.DateField(_("asked on"))
    score = models.PositiveSmallIntegerField(
        _("would recommend us, 0 to 10"), null=True, blank=True
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer about satisfaction")
        verbose_name_plural = _("answers about satisfaction")
        constraints: ClassVar = [
            models.UniqueConstraint(name="asked_once_a_day", fields=["household", "on"]),
            models.CheckConstraint(
                name="score_0_to_10", condition=Q(score__isnull=True) | Q(score__lte=10)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.on}"
