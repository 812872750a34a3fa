"""The register of members after the allotment, and the proofs that members hold in hand.

All of it is append-only: who holds what on a day, and whether a proof still stands, is computed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation, User
from campaigns.models.campaign import Campaign
from campaigns.models.pledge import Allotment
from investors.models import Investor


class ChangeOfHolder(models.Model):
    """Shares of an allotment that passed from one member to another, on a day, by a title."""

    class Kind(models.TextChoices):
        GIFT = "gift", _("Gift")
        INHERITANCE = "inheritance", _("Inheritance")
        SALE = "sale", _("Sale")

    allotment = models.ForeignKey(Allotment, on_delete=models.PROTECT, related_name="changes")
    giver = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="+")
    shares = models.PositiveIntegerField(_("shares"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    happened_on = models.DateField(_("on"))
    evidence = models.CharField(_("evidence"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("change of holder")
        verbose_name_plural = _("changes of holder")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="change_of_holder_moves_shares",
                condition=Q(shares__gt=0) & ~Q(giver=F("taker")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}: {self.shares}"


class RegisterFiling(models.Model):
    """What was filed at the business register: the allotments of a campaign, or one change."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="filings")
    change = models.ForeignKey(
        ChangeOfHolder, null=True, on_delete=models.PROTECT, related_name="filings"
    )
    filed_on = models.DateField(_("filed"))
    protocol = models.CharField(_("protocol number"), max_length=60)
    recorded_at = models.DateTimeField(_("recorded"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("filing at the business register")
        verbose_name_plural = _("filings at the business register")

    def __str__(self) -> str:
        return self.protocol


class IssuerStatus(models.Model):
    """What an issuer was registered as, from when until when: tax relief and duties hang on it."""

    class Status(models.TextChoices):
        STARTUP = "innovative_startup", _("Innovative start-up")
        SME = "innovative_sme", _("Innovative SME")
        BENEFIT = "benefit_company", _("Benefit company")

    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="statuses")
    status = models.CharField(_("status"), max_length=30, choices=Status)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("issuer's status")
        verbose_name_plural = _("issuers' statuses")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="issuer_status_ends_after_start",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.get_status_display()}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Proofs as somebody may see them."""

    def standing(self) -> "CertificateQuerySet":
        """Those that nobody withdrew."""
        return self.filter(withdrawal=None)

    def visible_to(self, user: User) -> "CertificateQuerySet":
        """Those of the investors one acts for; for staff, those of their issuer's campaigns."""
        own = Investor.objects.acted_for_by(user)
        staffed = Campaign.objects.of_staff(user).values("pk")
        return self.filter(self.held_by(own) | Q(allotment__campaign__in=staffed))

    @staticmethod
    def held_by(investors: "models.QuerySet[Investor]") -> Q:
        """Proofs that were issued to some investors: who subscribed, or who holds since."""
        first = Q(holder=None, allotment__pledge__investor__in=investors)
        return Q(holder__in=investors) | first


class Certificate(models.Model):
    """A numbered proof, frozen as it was issued: contents, their hash, the document."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", _("Subscription contract")
        SUBSCRIPTION = "subscription", _("Proof of subscription")
        HOLDING = "holding", _("Proof of holding")
        TAX_RELIEF = "tax_relief", _("Certificate for the tax relief")

    allotment = models.ForeignKey(Allotment, on_delete=models.PROTECT, related_name="certificates")
    # To whom it was issued, where that is not who subscribed the shares.
    holder = models.ForeignKey(Investor, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.CharField(_("number"), max_length=60, unique=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    data = models.JSONField(_("contents"))
    content_hash = models.CharField(_("hash"), max_length=64)
    pdf = models.BinaryField(_("document"))
    issued_at = models.DateTimeField(_("issued"))
    by_label = models.CharField(max_length=200)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.number

    @property
    def owner(self) -> Investor:
        """To whom it was issued: who holds the shares since, or who subscribed them."""
        return self.holder or self.allotment.pledge.investor


class CertificateWithdrawal(models.Model):
    """A proof no longer stands, since when and why; nothing takes a withdrawal back."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(_("reason"), max_length=300)
    withdrawn_at = models.DateTimeField(_("withdrawn"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("withdrawn certificate")
        verbose_name_plural = _("withdrawn certificates")

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.reason}"

    @property
    def said(self) -> str:
        """The reason in the reader's language, where it is one of ours; else as somebody wrote it."""
        return gettext(self.reason)
