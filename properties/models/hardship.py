"""Why a household fell into arrears: a cause of a special category, asked because a claim needs it (3.5).

The causes of the decree on blameless arrears come first, then ours. Nothing of it is told outside.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from properties.models.household import Household


class Hardship(models.Model):
    """One cause, since a day; who told it and when."""

    class Cause(models.TextChoices):
        DISMISSAL = "DISMISSAL", _("dismissal")
        HOURS_CUT = "HOURS_CUT", _("working hours cut by agreement")
        WAGE_SUPPORT = "WAGE_SUPPORT", _("wage-support scheme")
        NOT_RENEWED = "NOT_RENEWED", _("temporary contract not renewed")
        BUSINESS_CLOSED = "BUSINESS_CLOSED", _("business closed by force majeure")
        ILLNESS = "ILLNESS", _("illness, accident or death with loss of income or medical costs")
        SEPARATION = "SEPARATION", _("separation")
        RENT_RISE = "RENT_RISE", _("rise of the rent")
        DEBT = "DEBT", _("debts or usury")
        OTHER = "OTHER", _("another cause")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="hardships")
    cause = models.CharField(_("cause"), max_length=16, choices=Cause)
    on = models.DateField(_("since"))
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("cause of arrears")
        verbose_name_plural = _("causes of arrears")
        constraints: ClassVar = [
            models.UniqueConstraint(name="hardship_once", fields=["household", "cause", "on"])
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.cause}"
