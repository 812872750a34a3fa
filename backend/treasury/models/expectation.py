"""What we expect to see at a bank: a reference, an amount, a day, and where the money then belongs."""

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import User
from backend.core.states import Moves
from backend.ledger.models import Account
from backend.treasury.models.bank_account import BankAccount
from backend.treasury.models.bank_statement import NOTHING


class ExpectationQuerySet(models.QuerySet["Expectation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(bank_account__holder_id=user.organisation_id)

    def with_received(self) -> Self:
        """Annotate how much of each was seen at the bank so far."""
        return self.annotate(received=Coalesce(Sum("allocations__amount"), NOTHING))

    def outstanding(self) -> Self:
        """Open, and not yet seen in full."""
        return self.filter(state=Expectation.State.OPEN).incomplete()

    def incomplete(self) -> Self:
        """Not yet seen in full, whether still expected or not."""
        return self.with_received().filter(received__lt=F("amount"))


class Expectation(models.Model):
    """A movement that somebody (`owner_kind`, `owner_key`) waits for. Nothing but its state
    changes.

    `source` and `target` are where its money comes from and goes to in the ledger. `after` is the
    other half of a transfer between two of our own accounts: this one cannot be before that.
    """

    class Direction(models.TextChoices):
        IN = "in", _("money in")
        OUT = "out", _("money out")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CANCELLED = "cancelled", _("cancelled")

    MOVES: ClassVar[Moves] = {
        "open": frozenset({"cancelled"}),
        "cancelled": frozenset(),
    }

    reference = models.CharField(_("reference"), max_length=60)
    key = models.CharField(max_length=60)
    is_ours = models.BooleanField()
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    counterparty = models.CharField(_("counterparty"), max_length=200, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    bank_account = models.ForeignKey(
        BankAccount, on_delete=models.PROTECT, related_name="expectations"
    )
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    after = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="before"
    )
    owner_kind = models.CharField(max_length=60)
    owner_key = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    received: Decimal  # annotated by with_received and outstanding

    objects: ClassVar = ExpectationQuerySet.as_manager()

    class Meta:
        verbose_name = _("expectation")
        verbose_name_plural = _("expectations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="expectation_once", fields=["key", "bank_account", "direction"]
            ),
            models.CheckConstraint(name="expectation_positive", condition=Q(amount__gt=0)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner_kind", "owner_key"]),
            models.Index(
                name="expectation_others_codes",
                fields=["bank_account"],
                condition=Q(is_ours=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
