"""What met what, what did not, and each time it was looked at."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation, User
from backend.ledger.models import Entry
from backend.treasury.models.bank_account import BankAccount
from backend.treasury.models.bank_statement import BankLine
from backend.treasury.models.expectation import Expectation


class Allocation(models.Model):
    """A part of a line, explained by the entry that moved it out of suspense. Append-only.

    A trigger refuses more than the line has, more than was expected, another currency, direction or
    account, and what is not there at all. `reverses` takes one back with a negative amount. Without an
    expectation it is by hand.
    """

    line = models.ForeignKey(
        BankLine, on_delete=models.PROTECT, related_name="allocations", db_constraint=False
    )
    expectation = models.ForeignKey(
        Expectation,
        null=True,
        on_delete=models.PROTECT,
        related_name="allocations",
        db_constraint=False,
    )
    amount = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR")
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    reason = models.CharField(max_length=300)
    allocated_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="allocation_sign",
                condition=Q(reverses__isnull=True, amount__gt=0)
                | Q(reverses__isnull=False, amount__lt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.amount}"

    @property
    def organisation_id(self) -> int:
        """In whose books it is."""
        return self.line.account.holder_id


class DiscrepancyQuerySet(models.QuerySet["Discrepancy"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(bank_account__holder_id=user.organisation_id)

    def waiting(self) -> Self:
        return self.filter(resolved_at=None)


class Discrepancy(models.Model):
    """A difference with a name, an owner, an age, a reason and an end. `reason` is a code of
    `reasons`; without an owner it is the whole desk's."""

    class Kind(models.TextChoices):
        SHORT = "short", _("less than expected")
        OVER = "over", _("more than expected")
        DUPLICATE = "duplicate", _("paid again")
        UNEXPLAINED = "unexplained", _("not explained")

    OF_LINES: ClassVar = (Kind.OVER, Kind.DUPLICATE, Kind.UNEXPLAINED)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(
        BankLine, null=True, on_delete=models.PROTECT, related_name="discrepancies"
    )
    expectation = models.ForeignKey(
        Expectation, null=True, on_delete=models.PROTECT, related_name="discrepancies"
    )
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    reason = models.CharField(_("reason"), max_length=40)
    note = models.TextField(blank=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="discrepancies"
    )
    opened_at = models.DateTimeField(_("noticed"))
    resolved_at = models.DateTimeField(null=True)
    resolved_by_label = models.CharField(max_length=200, blank=True)
    resolution = models.TextField(blank=True)

    objects: ClassVar = DiscrepancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="discrepancy_is_about_something",
                condition=Q(kind="short", expectation__isnull=False)
                | ~Q(kind="short") & Q(line__isnull=False),
            ),
            models.CheckConstraint(
                name="discrepancy_end_has_who_when_why",
                condition=Q(resolved_at__isnull=True, resolved_by_label="", resolution="")
                | Q(resolved_at__isnull=False) & ~Q(resolved_by_label="") & ~Q(resolution=""),
            ),
            models.UniqueConstraint(
                name="discrepancy_one_open_per_line",
                fields=["line"],
                condition=Q(resolved_at__isnull=True) & ~Q(kind="short"),
            ),
            models.UniqueConstraint(
                name="discrepancy_one_open_per_expectation",
                fields=["expectation"],
                condition=Q(resolved_at__isnull=True, kind="short"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="discrepancy_waiting",
                fields=["bank_account", "opened_at"],
                condition=Q(resolved_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"


class ReconciliationRunQuerySet(models.QuerySet["ReconciliationRun"]):
    def visible_to(self, user: User) -> Self:
        """The runs of the person's organisation; those over all holders are nobody's."""
        return self.filter(holder__isnull=False, holder_id=user.organisation_id)


class ReconciliationRun(models.Model):
    """One look at everything unexplained of a holder (of all, where none is named), with its
    totals. It goes over the lines twice, first for exact references; `reached` is the last line of
    the pass it is in, so that whoever comes after a crash goes on from there.
    """

    holder = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    is_dry_run = models.BooleanField(_("dry run"), default=False)
    ran_at = models.DateTimeField(_("at"))
    by_label = models.CharField(max_length=200)
    totals = models.JSONField(default=dict)
    is_second_pass = models.BooleanField(default=False)
    reached = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects: ClassVar = ReconciliationRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("reconciliation run")
        verbose_name_plural = _("reconciliation runs")

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}"
