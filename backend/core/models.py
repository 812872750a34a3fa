"""The tables of core: people and their organisations, what happened, what waits, what was sent.

Rules over them stand in the module of each noun (states, audit, approvals, jobs, notices ...).
"""

import datetime as dt
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core import roles


class Organisation(models.Model):
    """A body that issues, runs a platform, or reviews. People belong to one, and see what is its."""

    class Kind(models.TextChoices):
        ISSUER = "issuer", _("Issuer")
        PLATFORM = "platform", _("Platform")
        CITY = "city", _("City")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    tax_code = models.CharField(_("tax code"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with a login; the user name is the e-mail address. Roles are a set."""

    roles = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
    )
    language = models.CharField(max_length=5, default="it")

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="user_roles_known",
                condition=Q(roles__contained_by=roles.Role.values),
            )
        ]

    def has_role(self, role: str) -> bool:
        return role in self.roles

    def may(self, permission: str) -> bool:
        return roles.may(self, permission)


class AuditEvent(models.Model):
    """Who did what to what, when and why. Append-only (a trigger refuses the rest)."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    state_before = models.CharField(max_length=40, blank=True)
    state_after = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_label} {self.action} {self.subject_id}"


class Approval(models.Model):
    """A second person's decision on one act on one subject; never the one who asked."""

    class Decision(models.TextChoices):
        WAITING = "", _("waiting")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)
    # What was asked for, where the act has a content: nothing else may be approved.
    content_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    requested_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default="")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="approval_by_a_second_person",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
            ),
            models.CheckConstraint(
                name="approval_decision_has_who_and_when",
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision=""),
            ),
            models.UniqueConstraint(
                name="approval_one_waiting_per_act",
                fields=["action", "subject_kind", "subject_id"],
                condition=Q(decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_label or self.subject_id}"


class Job(models.Model):
    """Work to be done once, written in the transaction that causes it; the broker only wakes."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    run_after = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes: ClassVar = [
            models.Index(
                name="job_waiting",
                fields=["kind", "id"],
                condition=Q(done_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Notice(models.Model):
    """A mail, once per key, in the language of its reader; the outbox."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    language = models.CharField(max_length=5)
    template = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    bounce_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes: ClassVar = [
            models.Index(
                name="notice_open",
                fields=["key"],
                condition=Q(sent_at=None) | Q(bounced_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class UnwantedMail(models.Model):
    """An address that no longer wants what nobody owes it; what is owed is sent all the same."""

    address = models.EmailField(unique=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("address without news")
        verbose_name_plural = _("addresses without news")

    def __str__(self) -> str:
        return self.address


class IdempotencyKey(models.Model):
    """The first answer to a request that makes money facts, given again to every repetition."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="idempotency_key_once_per_user",
                fields=["user", "key"],
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.key


class Parameter(models.Model):
    """A threshold or rate as dated data, with the source that sets it."""

    code = models.CharField(max_length=80)
    value = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        constraints: ClassVar = [
            models.UniqueConstraint(name="parameter_once_per_start", fields=["code", "valid_from"])
        ]

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"


class ClockOffset(models.Model):
    """How far the demo's clock is from the real one; one row."""

    offset = models.DurationField(default=dt.timedelta)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="clock_offset_single_row", condition=Q(pk=1))
        ]

    def __str__(self) -> str:
        return str(self.offset)


class Reading(models.Model):
    """A figure of `vitals` that is dear to compute, as it was when it was taken last."""

    name = models.CharField(max_length=80, unique=True)
    value = models.FloatField()
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class Alert(models.Model):
    """A figure of `vitals` beyond its limits, from when it was first told until it is well again."""

    class Level(models.IntegerChoices):
        WARNING = 1, _("warning")
        GRAVE = 2, _("grave")

    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField(choices=Level)
    value = models.FloatField()
    raised_at = models.DateTimeField()
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="alert_one_open_per_figure",
                fields=["name"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.get_level_display()}"
