"""Who ever got shares of an issuer, since when: written by the database itself, to be counted by index."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation
from investors.models import Investor


class Entrant(models.Model):
    """An investor with the instant of its first allotment of an issuer's shares.

    A trigger on allotments writes it (guards_entrants.sql), and `check_books` holds it to them. Whether
    they still hold any, the changes of holder tell.
    """

    # What an allotment points at is there: no foreign key looks again.
    issuer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    investor = models.ForeignKey(
        Investor, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("member since")
        verbose_name_plural = _("members since")
        constraints: ClassVar = [
            models.UniqueConstraint(name="entrant_once", fields=["issuer", "investor"])
        ]
        indexes: ClassVar = [models.Index(name="entrants_by_day", fields=["issuer", "since"])]

    def __str__(self) -> str:
        return f"{self.investor_id} {self.since:%Y-%m-%d}"
