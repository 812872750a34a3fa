"""Who is close to a platform or an owner of a project: declared, dated, never deleted (ECSPR art. 8)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation, User
from investors.models.investor import Investor


class Conflict(models.Model):
    """A tie of an investor to an organisation, from a day until it is no more."""

    class Tie(models.TextChoices):
        SHAREHOLDER = "shareholder", _("Holds 20 % or more of it")
        MANAGER = "manager", _("Manages it")
        EMPLOYEE = "employee", _("Works for it")
        CONTROLLED = "controlled", _("Is controlled by such people")

    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="conflicts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    tie = models.CharField(_("tie"), max_length=20, choices=Tie)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    declared_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="conflict_declared_once",
                fields=["investor", "organisation", "tie"],
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="conflict_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.investor} {self.tie} {self.organisation}"
