"""The investor: a person or a body that holds the rights. Who acts for it is in `representation`.

Who may see an investor: the users who act for it, and the staff of an organisation that it dealt with.
Codes, birth and account lie sealed (`backend.core.sealed`); a code is found by its keyed hash.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core import roles, sealed
from backend.core.models import Organisation, User
from backend.core.sealed import PrintField, SealedDay, SealedText
from investors.models.representation import Representation


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

    def with_tax_code(self, code: str) -> "InvestorQuerySet":
        """The one with this Italian tax code, if any; no matter how it is spaced."""
        return self.filter(tax_code_print__in=sealed.prints(self.model, "tax_code_print", code))

    def with_foreign_number(self, country: str, number: str) -> "InvestorQuerySet":
        """The one with this tax number of another country, if any."""
        found = sealed.prints(self.model, "foreign_tax_print", number)
        return self.filter(tax_country=country, foreign_tax_print__in=found)


class Investor(models.Model):
    """Who holds the rights: never a login, so that one user may act for several."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Natural person")
        ENTITY = "entity", _("Legal entity")

    class ShownAs(models.TextChoices):
        NAME = "name", _("By the name above")
        INITIALS = "initials", _("By the initials")
        ANONYMOUS = "anonymous", _("Not at all: “an investor”")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    tax_code = SealedText(_("tax code"), max_length=20, blank=True)
    tax_code_print = PrintField(of="tax_code")
    tax_country = models.CharField(_("country of tax residence"), max_length=2, default="IT")
    foreign_tax_number = SealedText(_("foreign tax number"), max_length=40, blank=True)
    foreign_tax_print = PrintField(of="foreign_tax_number")
    born_on = SealedDay(_("date of birth"), null=True, blank=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, default="it")
    iban = SealedText(_("IBAN"), max_length=34, blank=True)
    shown_as = models.CharField(
        _("shown to the public"), max_length=10, choices=ShownAs, default=ShownAs.ANONYMOUS
    )
    known_to = models.ManyToManyField(Organisation, blank=True, related_name="investors")
    is_synthetic = models.BooleanField(_("synthetic"), default=False)
    registered_at = models.DateTimeField(_("registered"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = InvestorQuerySet.as_manager()

    class Meta:
        verbose_name = _("investor")
        verbose_name_plural = _("investors")
        constraints: ClassVar = [
            models.UniqueConstraint(name="investor_tax_code_once", fields=["tax_code_print"]),
            models.UniqueConstraint(
                name="investor_foreign_number_once", fields=["tax_country", "foreign_tax_print"]
            ),
            models.CheckConstraint(
                name="investor_is_known_to_a_tax_office",
                condition=Q(tax_code_print__isnull=False)
                | ~Q(tax_country="IT") & Q(foreign_tax_print__isnull=False)
                | Q(erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="investor_tax_country_is_a_code", condition=Q(tax_country__regex="^[A-Z]{2}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name
