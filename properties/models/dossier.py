"""The dossier that the city files under its own protocol number: suppressed, frozen, to be printed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation, User
from properties.models.snapshot import Snapshot


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: User) -> "DossierQuerySet":
        """Those of one's own office."""
        return self.filter(Q(city__isnull=False, city=user.organisation_id))


class Dossier(models.Model):
    """What one office filed of an accepted snapshot. It never changes (trigger): file another."""

    city = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dossiers")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="dossiers")
    protocol = models.CharField(_("protocol number"), max_length=60)
    protocol_on = models.DateField(_("protocol date"))
    data = models.JSONField()
    content_hash = models.CharField(max_length=64)
    filed_at = models.DateTimeField(_("filed"))
    by_label = models.CharField(max_length=200)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering: ClassVar = ["-protocol_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="dossier_protocol_once", fields=["city", "protocol", "protocol_on"]
            ),
            models.CheckConstraint(name="dossier_has_a_protocol_number", condition=~Q(protocol="")),
        ]

    def __str__(self) -> str:
        return f"{self.protocol} ({self.protocol_on})"
