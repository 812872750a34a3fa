"""What happens to an offer while it runs: a standstill, a later deadline, a right to revoke again."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign

INTERRUPTED = (Campaign.State.OPEN, Campaign.State.COLLECTING)


class Suspension(models.Model):
    """A time in which an offer takes no pledges, thirty days at most (ECSPR art. 23(12))."""

    class Kind(models.TextChoices):
        MATERIAL_ERROR = "material_error", _("An error in the information sheet that matters")
        ISSUER = "issuer", _("Something at the issuer must be settled first")
        AUTHORITY = "authority", _("An authority asked for it")
        OTHER = "other", _("Another reason")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="suspensions")
    kind = models.CharField(_("kind of reason"), max_length=20, choices=Kind)
    reason = models.TextField(_("reason"))
    steps = models.TextField(_("what is being done"), blank=True)
    began_at = models.DateTimeField(_("began"))
    ends_before = models.DateTimeField(_("ends before"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # Where the offer goes back to: an error may be found while late payments are collected.
    interrupted = models.CharField(
        _("stood still while"),
        max_length=20,
        choices=[(each.value, each.label) for each in INTERRUPTED],
        default=Campaign.State.OPEN,
        db_default=Campaign.State.OPEN,
    )

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ("-began_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="suspension_one_at_a_time", fields=["campaign"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="suspension_ends_after_it_began",
                condition=Q(ends_before__gt=F("began_at"))
                & (Q(ended_at=None) | Q(ended_at__gte=F("began_at"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.reason[:60]}"


class Extension(models.Model):
    """A later deadline that one person asks for and another decides (core.approvals)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="extensions")
    from_on = models.DateField(_("deadline before"))
    to_on = models.DateField(_("new deadline"))
    reason = models.TextField(_("reason"))
    is_material = models.BooleanField(_("material change"), default=True)
    asked_at = models.DateTimeField(_("asked"))
    granted_at = models.DateTimeField(_("granted"), null=True, blank=True)

    class Meta:
        verbose_name = _("extension of the deadline")
        verbose_name_plural = _("extensions of the deadline")
        ordering = ("-asked_at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="extension_is_later", condition=Q(to_on__gt=F("from_on")) & ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.to_on}"

    @property
    def organisation_id(self) -> int:
        """Whose second person decides (core.approvals looks for this name)."""
        return self.campaign.issuer_id


class RevocationWindow(models.Model):
    """A time in which orders placed before it may be revoked freely again. Append-only."""

    class Cause(models.TextChoices):
        MATERIAL_CHANGE = "material_change", _("A material change of the offer")
        MATERIAL_ERROR = "material_error", _("An error in the information sheet that matters")
        EXTENSION = "extension", _("A later deadline")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="windows")
    cause = models.CharField(_("cause"), max_length=20, choices=Cause)
    opened_at = models.DateTimeField(_("opened"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("right to revoke")
        verbose_name_plural = _("rights to revoke")
        ordering = ("-opened_at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="window_ends_after_it_opened", condition=Q(ends_at__gt=F("opened_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.ends_at}"
