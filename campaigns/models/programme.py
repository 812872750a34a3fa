"""The city's programmes and their calls: who funds, how much at most, and how the selection went.

A programme without an organisation was read in public sources: it belongs to nobody here, and nobody
here writes under its name. Projects are in `project`, what they reported in `output_figure`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation, User
from campaigns.models.source import SourceDocument, Spoken


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> "ProgrammeQuerySet":
        """Those of one's own office, and those that public sources tell of."""
        own = Q(organisation__isnull=False, organisation=user.organisation_id)
        return self.filter(own | Q(organisation=None))


class Programme(Spoken):
    """What a city does under one name: one or more calls, side by side."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes"
    )
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    about_it = models.TextField(_("what it is (Italian)"), blank=True)
    about_en = models.TextField(_("what it is (English)"), blank=True)
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> str:
        return self.spoken("about")


class Call(Spoken):
    """A way to money under a programme: its funder, its most for one project, the least own share.

    `own_share_percent` is of the whole cost of a project. What is not stated is empty.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls")
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    funder_it = models.CharField(_("funder (Italian)"), max_length=300)
    funder_en = models.CharField(_("funder (English)"), max_length=300, blank=True)
    measure = models.CharField(_("measure, as printed"), max_length=60, blank=True)
    budget = MoneyField(
        _("money in all"), max_digits=14, decimal_places=2, default_currency="EUR", null=True
    )
    grant_maximum = MoneyField(
        _("most for one project"),
        max_digits=14,
        decimal_places=2,
        default_currency="EUR",
        null=True,
    )
    own_share_percent = models.PositiveSmallIntegerField(_("least own share, percent"), null=True)
    sources = models.ManyToManyField(SourceDocument, related_name="calls", blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="call_amounts_above_zero",
                condition=(Q(budget=None) | Q(budget__gt=0))
                & (Q(grant_maximum=None) | Q(grant_maximum__gt=0)),
            ),
            models.CheckConstraint(
                name="call_own_share_is_a_percentage",
                condition=Q(own_share_percent=None) | Q(own_share_percent__lt=100),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def funder(self) -> str:
        return self.spoken("funder")


class CallStep(Spoken):
    """A stage of a call as its sources tell it: a count of projects, or what was done with them.

    Counts of projects that nobody named are counts, not rows.
    """

    class Stage(models.TextChoices):
        SELECTED = "selected", _("selected")
        INCUBATED = "incubated", _("incubated")
        FUNDED = "funded", _("funded")
        NOT_FUNDED = "not_funded", _("not funded")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField(_("position"))
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    projects = models.PositiveSmallIntegerField(_("projects"), null=True)
    stated = models.CharField(_("stated"), max_length=60, blank=True)
    text_it = models.CharField(_("what is stated (Italian)"), max_length=300)
    text_en = models.CharField(_("what is stated (English)"), max_length=300)
    sources = models.ManyToManyField(SourceDocument, related_name="call_steps")

    class Meta:
        verbose_name = _("stage of a call")
        verbose_name_plural = _("stages of a call")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="call_step_once", fields=["call", "position"])
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.stage}"

    @property
    def text(self) -> str:
        return self.spoken("text")
