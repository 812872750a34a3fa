"""Output figures: what a body reported of its project, with what was counted and how sure it is.

From public sources, or entered by the city's programme officer with evidence. An entered figure never
changes (trigger): it is withdrawn with a reason, and another entered.
"""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.project import Project
from campaigns.models.source import SourceDocument, Spoken


class OutputFigure(Spoken):
    """A figure a body reported of itself. Never added across kinds."""

    class Quality(models.TextChoices):
        EXACT = "exact", _("exact")
        AT_LEAST = "at_least", _("at least")
        CAPACITY = "capacity", _("capacity")
        COUNTED = "counted", _("counted from a list")

    class CountedAs(models.TextChoices):
        """What one of it is (housing.md 3.11); helpers are nobody's beneficiaries."""

        PARTICIPANT = "participant", _("participant (ESF rule)")
        SERVICE_USER = "service_user", _("user of a service")
        SERVICE_UNIT = "service_unit", _("unit of service (meals, hours)")
        PLACEMENT = "placement", _("job placement")
        ENTITY = "entity", _("body or business")
        HELPER = "helper", _("volunteer or helper")

    class Shown(models.TextChoices):
        PUBLIC = "public", _("public")
        # Below every public threshold: kept as a fact, never shown outside (housing.md P28).
        WITHHELD = "withheld", _("withheld")

    PEOPLE = (CountedAs.PARTICIPANT, CountedAs.SERVICE_USER, CountedAs.PLACEMENT)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="figures")
    key = models.SlugField(_("key"), max_length=80, unique=True)
    label_it = models.CharField(_("label (Italian)"), max_length=200)
    label_en = models.CharField(_("label (English)"), max_length=200, blank=True)
    value = models.DecimalField(
        _("value"), max_digits=12, decimal_places=1, validators=[MinValueValidator(0)]
    )
    unit_it = models.CharField(_("unit (Italian)"), max_length=60, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=60, blank=True)
    quality = models.CharField(_("quality"), max_length=10, choices=Quality)
    counted_as = models.CharField(_("counted as"), max_length=12, choices=CountedAs)
    is_sensitive = models.BooleanField(_("of a sensitive group"), default=False)
    esf_code = models.CharField(_("ESF indicator"), max_length=4, blank=True)
    age_from = models.PositiveSmallIntegerField(_("from the age of"), null=True)
    shown = models.CharField(_("shown"), max_length=10, choices=Shown, default=Shown.PUBLIC)
    period = models.CharField(_("period"), max_length=80, blank=True)
    period_from = models.DateField(_("from"), null=True)
    period_to = models.DateField(_("to"), null=True)
    sources = models.ManyToManyField(SourceDocument, related_name="figures", blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    entered_at = models.DateTimeField(_("entered"), null=True)
    by_label = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("output figure")
        verbose_name_plural = _("output figures")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="output_not_below_zero", condition=Q(value__gte=0)),
            # Only participants and bodies feed ESF indicators: the bodies' are CO20 to CO23.
            models.CheckConstraint(
                name="output_esf_counts_participants",
                condition=Q(esf_code="")
                | Q(counted_as="participant") & ~Q(esf_code__in=("CO20", "CO21", "CO22", "CO23"))
                | Q(counted_as="entity", esf_code__in=("CO20", "CO21", "CO22", "CO23")),
            ),
            models.CheckConstraint(
                name="output_entered_with_evidence",
                condition=Q(entered_at=None)
                | ~Q(evidence="") & Q(period_from__isnull=False, period_to__gte=F("period_from")),
            ),
            models.CheckConstraint(
                name="output_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        return self.spoken("label")

    @property
    def unit(self) -> str:
        return self.spoken("unit")

    @property
    def is_of_people(self) -> bool:
        return self.counted_as in self.PEOPLE
