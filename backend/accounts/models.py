"""The tables of accounts. What opens an account is here only as a hash or encrypted.

Rules over them stand in the module of each noun (sessions, second_factor, lockouts, deputies ...).
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import User


class LoginSession(AbstractBaseSession):
    """A browser that somebody is logged in with; its row gone, it is logged out."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField(null=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "session"
        verbose_name_plural = "sessions"


class SecondFactor(models.Model):
    """What a person's authenticator app shares with us: an encrypted secret (RFC 6238)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.TextField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    # The last half minute whose code was used: no code opens twice.
    last_step = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """A code on paper, for who lost the phone; opens once."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="codes")
    fingerprint = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints: ClassVar = [
            models.UniqueConstraint(name="recovery_code_once", fields=["factor", "fingerprint"])
        ]

    def __str__(self) -> str:
        return f"{self.factor_id}"


class FailedSignIn(models.Model):
    """How often a wrong password or code was given for an address, from a network ("" is any).

    Both are hashes: what people type into the wrong field is nobody's business.
    """

    address_hash = models.CharField(max_length=64)
    network_hash = models.CharField(max_length=64, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="failed_sign_in_once", fields=["address_hash", "network_hash"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.failures}"


class Deputy(models.Model):
    """Somebody who may approve in another's stead, for a span of days; both ends count."""

    principal = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputises_for")
    first_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=300)
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        constraints: ClassVar = [
            models.CheckConstraint(name="deputy_is_another", condition=~Q(principal=F("deputy"))),
            models.CheckConstraint(
                name="deputy_days_in_order", condition=Q(first_on__lte=F("last_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.principal}"


class ApiToken(models.Model):
    """A program's way in as a person, for some things and some days; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    beginning = models.CharField(max_length=12)
    scopes = ArrayField(models.CharField(max_length=80))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints: ClassVar = [
            models.CheckConstraint(name="api_token_has_scopes", condition=Q(scopes__len__gte=1)),
            models.CheckConstraint(
                name="api_token_expires_later", condition=Q(expires_at__gt=F("created_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beginning}…"
