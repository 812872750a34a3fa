"""The papers of a home that are kept here: what they are, the file itself, until when they hold.

A paper is never changed; a later one of its kind stands beside it. Papers that name former owners are
emptied when their time is over: kind, size and hash stay (housing.md P15).
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.models import User
from properties.models.unit import Unit


class HomeDocumentQuerySet(models.QuerySet["HomeDocument"]):
    def visible_to(self, user: User) -> "HomeDocumentQuerySet":
        """Papers of homes one may see; those about former owners for who may see purchases (P15).

        What was removed is seen by nobody any more.
        """
        rows = self.filter(unit__in=Unit.objects.visible_to(user), purged_at=None)
        if user.may("acquisition.view"):
            return rows
        return rows.exclude(kind__in=HomeDocument.ABOUT_PEOPLE)


class HomeDocument(models.Model):
    """A paper about one home."""

    class Kind(models.TextChoices):
        TITLE = "title", _("Decree or deed")
        EXPERT_REPORT = "expert_report", _("Expert report of the court")
        COURT_ORDER = "court_order", _("Order of the court")
        MANDATE = "mandate", _("Management mandate")
        CADASTRAL = "cadastral", _("Cadastral extract or plan")
        CONDOMINIUM = "condominium", _("Statement of the condominium")
        ENCUMBRANCES = "encumbrances", _("Search for encumbrances and claims")
        PLANNING = "planning", _("Planning papers")
        ENERGY = "energy", _("Energy certificate")
        PLANT = "plant", _("Declaration of conformity of a plant")
        INSURANCE = "insurance", _("Insurance policy")
        ANTI_LAUNDERING = "anti_laundering", _("Anti-money-laundering declaration")
        OTHER = "other", _("Other")

    ABOUT_PEOPLE: ClassVar = (Kind.EXPERT_REPORT, Kind.COURT_ORDER, Kind.ENCUMBRANCES)
    """Kinds that name debtors and former owners: they stay with the purchase (housing.md P15)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    content = models.BinaryField(_("file"))
    media_type = models.CharField(_("type of file"), max_length=60)
    size_bytes = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("hash"), max_length=64)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"))
    purged_at = models.DateTimeField(_("removed"), null=True, blank=True)
    by_label = models.CharField(max_length=200)

    objects = HomeDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a home")
        verbose_name_plural = _("documents of homes")
        constraints: ClassVar = [
            models.UniqueConstraint(name="home_document_once", fields=["unit", "kind", "sha256"]),
        ]

    def __str__(self) -> str:
        return self.title
