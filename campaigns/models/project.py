"""Projects of a call: how far each came, its grant with instalments, and the reports it owes.

The money is the city's and its bodies', not an issuer's: it stands in no ledger here, only as facts.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import User
from backend.core.states import Moves
from campaigns.models.programme import Call


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> "ProjectQuerySet":
        """As their programmes (see ProgrammeQuerySet)."""
        path = "call__programme__organisation"
        own = Q(**{f"{path}__isnull": False, path: user.organisation_id})
        return self.filter(own | Q(**{path: None}))


class Project(models.Model):
    """A named project, with its bodies. The bodies have no login: the city writes for them."""

    class State(models.TextChoices):
        APPLIED = "applied", _("applied")
        SELECTED = "selected", _("selected")
        INCUBATED = "incubated", _("incubated")
        FUNDED = "funded", _("funded")
        ACTIVE = "active", _("under way")
        REPORTED = "reported", _("final report handed in")
        CLOSED = "closed", _("closed")
        NOT_FUNDED = "not_funded", _("not funded")

    MOVES: ClassVar[Moves] = {
        State.APPLIED: frozenset({State.SELECTED, State.NOT_FUNDED}),
        State.SELECTED: frozenset({State.INCUBATED, State.FUNDED, State.NOT_FUNDED}),
        State.INCUBATED: frozenset({State.FUNDED, State.NOT_FUNDED}),
        # Three of the real call's fifteen were funded after the first decision.
        State.NOT_FUNDED: frozenset({State.FUNDED}),
        State.FUNDED: frozenset({State.ACTIVE}),
        State.ACTIVE: frozenset({State.REPORTED}),
        State.REPORTED: frozenset({State.ACTIVE, State.CLOSED}),
        State.CLOSED: frozenset(),
    }

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="projects")
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    bodies = ArrayField(models.CharField(max_length=120), verbose_name=_("bodies"), default=list)
    place = models.CharField(_("place"), max_length=120, blank=True)
    since = models.CharField(_("since"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.APPLIED)
    selected_on = models.DateField(_("selected"), null=True)
    incubated_on = models.DateField(_("incubated"), null=True)
    funded_on = models.DateField(_("funded"), null=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class ProjectGrant(models.Model):
    """What a project was promised, and what its bodies add; the call's limits hold it (trigger)."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="grant")
    agreement = models.CharField(_("agreement"), max_length=120)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    own_share = MoneyField(_("own share"), max_digits=14, decimal_places=2, default_currency="EUR")
    agreed_on = models.DateField(_("agreed on"))
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("grant of a project")
        verbose_name_plural = _("grants of projects")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="project_grant_above_zero", condition=Q(amount__gt=0, own_share__gte=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.amount}"


class ProjectInstalment(models.Model):
    """A part of a project's grant: when it is due, and the day the city paid it."""

    grant = models.ForeignKey(ProjectGrant, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("number"))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    due_on = models.DateField(_("due on"))
    paid_on = models.DateField(_("paid on"), null=True)

    class Meta:
        verbose_name = _("instalment of a project")
        verbose_name_plural = _("instalments of projects")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="project_instalment_once", fields=["grant", "number"]),
            models.CheckConstraint(name="project_instalment_above_zero", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id}: {self.number}"


class ReportDuty(models.Model):
    """A report that a funded project owes by a day, and when it was handed in."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="duties")
    number = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("due on"))
    handed_in_on = models.DateField(_("handed in on"), null=True)
    evidence = models.CharField(_("where it is kept"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reporting duty")
        verbose_name_plural = _("reporting duties")
        ordering: ClassVar = ["due_on", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="report_duty_once", fields=["project", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.number}"
