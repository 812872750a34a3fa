"""How long a funded project's evidence is kept: its accounts, and what stops the clock (housing.md P19).

The evidence itself lies with the city's office; here is where it lies and until when it must stay.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.project import Project


class ProjectAccounts(models.Model):
    """The accounts that include a project's spending, from which its term is counted."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="accounts")
    accounts_on = models.DateField(_("accounts handed in on"))
    is_state_aid = models.BooleanField(_("state aid or de minimis"), default=False)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("accounts of a project")
        verbose_name_plural = _("accounts of projects")

    def __str__(self) -> str:
        return f"{self.project_id}: {self.accounts_on}"


class Proceedings(models.Model):
    """Proceedings about a project's spending: while they last, the term of its evidence stands still."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="proceedings")
    reference = models.CharField(_("reference"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("proceedings")
        verbose_name_plural = _("proceedings")
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="proceedings_end_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="proceedings_open_once", fields=["project"], condition=Q(ends_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.reference}"
