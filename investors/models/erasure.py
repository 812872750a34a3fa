"""What somebody asked to have erased, and when it was done: at once, or when the law lets it go."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.models import User
from investors.models.investor import Investor


class Erasure(models.Model):
    """One investor of a person who asked (GDPR art. 17); `done_at` is empty while a law keeps it."""

    investor = models.OneToOneField(Investor, on_delete=models.PROTECT, related_name="erasure")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        indexes: ClassVar = [
            models.Index(
                name="erasure_waiting", fields=["id"], condition=models.Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.investor_id} {self.asked_at:%Y-%m-%d}"
