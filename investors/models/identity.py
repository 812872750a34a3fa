"""What was found when an investor's identity was checked (D.Lgs. 231/2007). Append-only: a mirror.

The check is made by who is bound to make it (platform, bank); here stands who, when and until when.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import User
from investors.models.investor import Investor


class IdentityCheck(models.Model):
    """One check; the newest counts. `is_identified` false is a check that failed or was withdrawn."""

    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="identity_checks")
    is_identified = models.BooleanField(_("identified"), default=True)
    checked_by = models.CharField(_("checked by"), max_length=200)
    checked_on = models.DateField(_("checked on"))
    valid_until = models.DateField(_("valid until"))
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("identity check")
        verbose_name_plural = _("identity checks")
        get_latest_by = ("recorded_at", "id")
        indexes: ClassVar = [models.Index(fields=["investor", "recorded_at", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="identity_check_ends_after_it_was_made",
                condition=Q(valid_until__gte=F("checked_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.investor} {self.checked_on:%Y-%m-%d}"
