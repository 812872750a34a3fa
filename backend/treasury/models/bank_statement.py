"""What banks say: files as they came, the statements in them, and their lines. All append-only."""

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Abs, Coalesce
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from backend.core.models import Organisation, User
from backend.treasury.models.bank_account import BankAccount

NOTHING = models.Value(0, output_field=models.DecimalField(max_digits=14, decimal_places=2))


class StatementFile(models.Model):
    """A file as it was handed in, once per content. Without statements it was refused."""

    sha256 = models.CharField(max_length=64, unique=True)
    raw = models.BinaryField()
    name = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("statement file")
        verbose_name_plural = _("statement files")

    def __str__(self) -> str:
        return self.name or self.sha256[:12]


class StatementRefusalQuerySet(models.QuerySet["StatementRefusal"]):
    def visible_to(self, user: User) -> Self:
        """Refusals of files that the person's organisation handed in."""
        of_some = self.filter(file__organisation__isnull=False)
        return of_some.filter(file__organisation_id=user.organisation_id)


class StatementRefusal(models.Model):
    """Why a file was refused, each time it was tried."""

    file = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="refusals")
    code = models.CharField(max_length=60)
    sentence = models.TextField()
    refused_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    objects: ClassVar = StatementRefusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused statement")
        verbose_name_plural = _("refused statements")

    def __str__(self) -> str:
        return f"{self.file}: {self.code}"

    @property
    def organisation_id(self) -> int | None:
        """Whose people handed it in."""
        return self.file.organisation_id


class BankStatementQuerySet(models.QuerySet["BankStatement"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(account__holder_id=user.organisation_id)

    def with_balances(self) -> Self:
        """Statements proper, without notifications."""
        return self.filter(closing__isnull=False)


class BankStatement(models.Model):
    """One account's movements between two balances. `lines_known` came with an earlier file.

    A notification (camt.054) has no balances; the statement that follows proves its lines.
    """

    file = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="statements")
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="statements")
    statement_id = models.CharField(_("statement"), max_length=80)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    opening = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR", null=True)
    closing = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR", null=True)
    format = models.CharField(_("format"), max_length=40, blank=True)
    lines_new = models.PositiveIntegerField()
    lines_known = models.PositiveIntegerField()
    lines_pending = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    objects: ClassVar = BankStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="statement_has_both_balances_or_none",
                condition=Q(opening__isnull=True, closing__isnull=True)
                | Q(opening__isnull=False, closing__isnull=False),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-to_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.from_on} – {self.to_on}"

    @property
    def organisation_id(self) -> int:
        """In whose books it is."""
        return self.account.holder_id

    @property
    def balances(self) -> tuple[Money, Money]:
        """Opening and closing of a statement proper. ValueError for a notification."""
        if self.opening is None or self.closing is None:
            raise ValueError(f"{self} has no balances.")
        return self.opening, self.closing


class BankLineQuerySet(models.QuerySet["BankLine"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(account__holder_id=user.organisation_id)

    def with_allocated(self) -> Self:
        """Annotate how much of each line is explained, and in how many steps there and back."""
        return self.annotate(
            allocated=Coalesce(Sum("allocations__amount"), NOTHING), steps=Count("allocations")
        )

    def unexplained(self) -> Self:
        """Lines of which a part is still in suspense."""
        return self.with_allocated().alias(size=Abs("amount")).filter(allocated__lt=F("size"))


class BankLine(models.Model):
    """One movement as the bank wrote it; the amount is signed, money in is positive.

    `identity` tells it from every other line of the account, `fingerprint` is the identity it has
    where a bank gives no ids (see `identities`). `key` is the one creditor reference of ours that it
    names, found where `key_reason` says; empty for none or several. A trigger sees that it stands in a
    statement of its account.
    """

    statement = models.ForeignKey(
        BankStatement, on_delete=models.PROTECT, related_name="lines", db_constraint=False
    )
    account = models.ForeignKey(
        BankAccount,
        on_delete=models.PROTECT,
        related_name="lines",
        db_index=False,
        db_constraint=False,
    )
    identity = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=80)
    booked_on = models.DateField(_("booked on"))
    value_on = models.DateField(_("value date"))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    counterparty_name = models.CharField(_("counterparty"), max_length=200, blank=True)
    counterparty_iban = models.CharField(max_length=34, blank=True)
    text = models.TextField(_("text of the line"), blank=True)
    end_to_end_id = models.CharField(max_length=80, blank=True)
    creditor_reference = models.TextField(blank=True)
    bank_id = models.CharField(max_length=100, blank=True)
    instructed = models.CharField(max_length=30, blank=True)
    is_reversal = models.BooleanField(default=False)
    return_reason = models.CharField(max_length=40, blank=True)
    parts = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=60, blank=True)
    key_reason = models.CharField(max_length=40, blank=True)
    allocated: Decimal  # annotated by with_allocated and unexplained
    steps: int  # as allocated

    objects: ClassVar = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank line")
        verbose_name_plural = _("bank lines")
        constraints: ClassVar = [
            models.UniqueConstraint(name="bank_line_once", fields=["account", "identity"]),
            models.CheckConstraint(name="bank_line_moves", condition=~Q(amount=0)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-booked_on", "-id"]),
            # Whose dues an IBAN paid before. What comes without one costs nothing.
            models.Index(
                name="bank_line_payers",
                fields=["counterparty_iban"],
                condition=~Q(counterparty_iban=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount} {self.counterparty_name}"

    @property
    def is_in(self) -> bool:
        return bool(self.amount.amount > 0)

    @property
    def size(self) -> Money:
        """The amount without its sign."""
        return abs(self.amount)

    @property
    def is_taken_back(self) -> bool:
        """Whether what explained it was taken back, of a line annotated with `allocated`."""
        return self.steps > 0 and not self.allocated

    @property
    def left(self) -> Money:
        """What is still in suspense, of a line annotated with `allocated`; without a sign."""
        return self.size - Money(self.allocated, self.amount.currency)
