"""The city's programme, its projects, and the output figures that bodies reported of themselves."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.source import SourceDocument, Spoken


class Programme(models.Model):
    """A call of the city. Counts of projects that are not named are counts, not rows."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    selected = models.PositiveSmallIntegerField(_("projects selected"))
    funded = models.PositiveSmallIntegerField(_("projects funded"))
    named = models.PositiveSmallIntegerField(_("funded projects named in the sources"))

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.name


class Project(models.Model):
    """A named project, with the bodies that the sources name."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="projects")
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    bodies = ArrayField(models.CharField(max_length=120), verbose_name=_("bodies"), default=list)
    place = models.CharField(_("place"), max_length=120, blank=True)
    since = models.CharField(_("since"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class OutputFigure(Spoken):
    """A figure a body reported of itself, with how sure it is. Never added across kinds."""

    class Quality(models.TextChoices):
        EXACT = "exact", _("exact")
        AT_LEAST = "at_least", _("at least")
        CAPACITY = "capacity", _("capacity")
        COUNTED = "counted", _("counted from a list")

    class Shown(models.TextChoices):
        PUBLIC = "public", _("public")
        # Below every public threshold: kept as a fact, never shown outside (housing.md P28).
        WITHHELD = "withheld", _("withheld")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="figures")
    key = models.SlugField(_("key"), max_length=80, unique=True)
    label_it = models.CharField(_("label (Italian)"), max_length=200)
    label_en = models.CharField(_("label (English)"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=1)
    unit_it = models.CharField(_("unit (Italian)"), max_length=60, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=60, blank=True)
    quality = models.CharField(_("quality"), max_length=10, choices=Quality)
    shown = models.CharField(_("shown"), max_length=10, choices=Shown, default=Shown.PUBLIC)
    period = models.CharField(_("period"), max_length=80, blank=True)
    sources = models.ManyToManyField(SourceDocument, related_name="figures")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("output figure")
        verbose_name_plural = _("output figures")
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        return self.spoken("label")

    @property
    def unit(self) -> str:
        return self.spoken("unit")
