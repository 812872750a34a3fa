"""An account to which the money of a pledge may go back although it did not come from there."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import User
from campaigns.models.pledge import Pledge


class ReturnAccountQuerySet(models.QuerySet["ReturnAccount"]):
    def visible_to(self, user: User) -> Self:
        """Of pledges that the person may see."""
        return self.filter(pledge__in=Pledge.objects.visible_to(user))

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class ReturnAccount(models.Model):
    """Told with a paper that shows whose account it is, checked by one person, confirmed by another.

    The newest one confirmed counts; once confirmed it is never changed (a trigger).
    """

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="return_accounts")
    iban = models.CharField("IBAN", max_length=34)
    holder = models.CharField(_("holder of the account"), max_length=70)
    content = models.BinaryField()
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    told_at = models.DateTimeField(_("told"))
    told_by_label = models.CharField(max_length=200)
    evidence = models.CharField(_("how it was checked"), max_length=300, blank=True)
    checked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(_("checked"), null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    objects: ClassVar = ReturnAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account to return money to")
        verbose_name_plural = _("accounts to return money to")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="return_account_confirmed_by_another",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    checked_by__isnull=False,
                )
                & ~Q(evidence="")
                & ~Q(confirmed_by=F("checked_by")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder} … {self.iban[-4:]}"

    @property
    def organisation_id(self) -> int:
        """Whose people decide on it."""
        return self.pledge.campaign.issuer_id
