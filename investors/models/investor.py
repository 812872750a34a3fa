"""The investor, a person or a body, and the users who act for it.

Who may see an investor: the users who act for it, and the staff of an organisation that it dealt with.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core import roles
from backend.core.models import Organisation, User


class InvestorQuerySet(models.QuerySet["Investor"]):
    """Investors as somebody may see them."""

    def acted_for_by(self, user: User) -> "InvestorQuerySet":
        """Those for whom the user acts now."""
        held = Representation.objects.filter(user=user, ended_at=None)
        return self.filter(pk__in=held.values("investor"))

    def visible_to(self, user: User) -> "InvestorQuerySet":
        """One's own; for staff, those who dealt with their organisation; for auditors, all."""
        own = Q(pk__in=self.model.objects.acted_for_by(user).values("pk"))
        if not roles.may(user, "investor.view"):
            return self.filter(own)
        if user.organisation_id is None:
            return self
        known = self.model.known_to.through.objects.filter(organisation=user.organisation_id)
        return self.filter(own | Q(pk__in=known.values("investor")))


class Investor(models.Model):
    """Who holds the rights: never a login, so that one user may act for several."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Natural person")
        ENTITY = "entity", _("Legal entity")

    class Category(models.TextChoices):
        NON_SOPHISTICATED = "non_sophisticated", _("Non-sophisticated")
        SOPHISTICATED = "sophisticated", _("Sophisticated")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    tax_code = models.CharField(_("tax code"), max_length=20, unique=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, default="it")
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    category = models.CharField(
        _("category"), max_length=20, choices=Category, default=Category.NON_SOPHISTICATED
    )
    known_to = models.ManyToManyField(Organisation, blank=True, related_name="investors")
    is_synthetic = models.BooleanField(_("synthetic"), default=False)
    registered_at = models.DateTimeField(_("registered"))

    objects = InvestorQuerySet.as_manager()

    class Meta:
        verbose_name = _("investor")
        verbose_name_plural = _("investors")

    def __str__(self) -> str:
        return self.name


class Representation(models.Model):
    """A user acts for an investor, from a day, until somebody ends it."""

    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="representations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="representations")
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="representation_once",
                fields=["investor", "user"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.investor}"
