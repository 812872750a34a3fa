"""What we tell a bank to pay: a batch of credit transfers, approved by a second person, one file each.

An order is written down, approved or dropped, and then never changed (a trigger of migration
`payment_orders`); whether a transfer was executed is derived from what met its expectation.
"""

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from backend.core.models import User
from backend.core.states import Moves
from backend.treasury.models.bank_account import BankAccount
from backend.treasury.models.expectation import Expectation


class PaymentOrderQuerySet(models.QuerySet["PaymentOrder"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(bank_account__holder_id=user.organisation_id)

    def with_sums(self) -> Self:
        """Annotate how many transfers an order has and what they sum to, without its file."""
        sums = self.annotate(size=Count("transfers"), total=Sum("transfers__amount"))
        return sums.defer("content").select_related("bank_account", "drafted_by", "approved_by")


class PaymentOrder(models.Model):
    """Transfers that leave one bank account together. `content` is the file, made at the approval."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("waits for another person")
        APPROVED = "approved", _("approved")
        DROPPED = "dropped", _("dropped")

    class Schema(models.TextChoices):
        V09 = "pain.001.001.09", "pain.001.001.09"
        V03 = "pain.001.001.03", "pain.001.001.03"

    MOVES: ClassVar[Moves] = {
        "drafted": frozenset({"approved", "dropped"}),
        "approved": frozenset(),
        "dropped": frozenset(),
    }

    bank_account = models.ForeignKey(
        BankAccount, on_delete=models.PROTECT, related_name="payment_orders"
    )
    message_id = models.CharField(_("message"), max_length=35, unique=True)
    title = models.CharField(_("title"), max_length=200)
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    execute_on = models.DateField(_("to be executed on"))
    schema = models.CharField(_("format"), max_length=20, choices=Schema, default=Schema.V09)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("drafted"))
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved"), null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True)
    size: int  # annotated by with_sums
    total: Decimal | None  # annotated by with_sums

    objects: ClassVar = PaymentOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment order")
        verbose_name_plural = _("payment orders")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="payment_order_by_two_people",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
            ),
            models.CheckConstraint(
                name="payment_order_approved_has_its_file",
                condition=~Q(state="approved")
                | Q(approved_by__isnull=False, approved_at__isnull=False, content__isnull=False)
                & ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.title}"

    @property
    def organisation_id(self) -> int:
        """Whose people decide on it."""
        return self.bank_account.holder_id

    @property
    def sum(self) -> Money:
        """What its transfers come to, of an order with sums."""
        return Money(self.total or 0, self.bank_account.currency)


class CreditTransferQuerySet(models.QuerySet["CreditTransfer"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(order__bank_account__holder_id=user.organisation_id)


class CreditTransfer(models.Model):
    """One payment of an order. `ended_at`: the order was dropped, or the bank did not execute this one.

    What is not ended is paid once: two orders never hold the same expectation.
    """

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="transfers")
    number = models.PositiveIntegerField()
    expectation = models.ForeignKey(
        Expectation, on_delete=models.PROTECT, related_name="credit_transfers"
    )
    end_to_end_id = models.CharField(max_length=35)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    name = models.CharField(_("name"), max_length=70)
    iban = models.CharField("IBAN", max_length=34)
    text = models.CharField(_("text of the line"), max_length=140)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar = CreditTransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit transfer")
        verbose_name_plural = _("credit transfers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="credit_transfer_once_ordered",
                fields=["expectation"],
                condition=Q(ended_at__isnull=True),
            ),
            models.UniqueConstraint(name="credit_transfer_number", fields=["order", "number"]),
            models.CheckConstraint(name="credit_transfer_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.end_to_end_id} {self.name}"

    @property
    def organisation_id(self) -> int:
        return self.order.organisation_id
