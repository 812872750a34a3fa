"""The tables of the ledger: funds with their policies, accounts, entries made of transfers, seals.

Entries, transfers and seals are append-only and every pair of accounts is judged on insert; both are
triggers of migration 0002. Balances and totals of days are kept by a trigger too, so that reading one
costs the same at ten transfers and at ten million. Months and the books they close are in `periods`.
"""

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation


class Purpose(models.TextChoices):
    """What money was spent for. The kinds of acquisition are those of housing.md 3.7."""

    DEPOSIT = "acquisition.deposit", _("Auction deposit")
    PRICE = "acquisition.price", _("Purchase price")
    TAXES = "acquisition.taxes", _("Transfer taxes")
    NOTARY = "acquisition.notary", _("Decree or notary")
    CANCELLATION = "acquisition.cancellation", _("Cancellation of mortgages and seizures")
    AGENCY = "acquisition.agency", _("Agency")
    WORKS = "works", _("Works")
    FURNITURE = "furniture", _("Furniture")
    RATES = "rates", _("Rates and charges")
    INSURANCE = "insurance", _("Insurance")
    MANAGEMENT = "management", _("Management")
    PROVIDER_FEES = "provider_fees", _("Payment fees")
    SUCCESS_FEE = "success_fee", _("Platform's success fee")
    RECEIVABLE = "receivable", _("Owed by investors after a chargeback")
    RUNNING = "running", _("Running costs")


ACQUISITION = frozenset(p.value for p in Purpose if p.value.startswith("acquisition."))


class Fund(models.Model):
    """Money given for something. A restricted fund is spent as its policies say; a held one not
    before its release."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="funds")
    is_restricted = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fund_only_held_is_released",
                condition=Q(is_held=True) | Q(released_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FundPolicy(models.Model):
    """A purpose that a restricted fund may pay for, from a day to the day before `valid_to`."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="policies")
    purpose = models.CharField(max_length=40, choices=Purpose)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("fund policy")
        verbose_name_plural = _("fund policies")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="policy_once_per_start", fields=["fund", "purpose", "valid_from"]
            ),
            models.CheckConstraint(
                name="policy_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id}: {self.purpose}"


class Account(models.Model):
    """A place money comes from, waits in, or went to. Never changed once opened."""

    class Kind(models.TextChoices):
        OUTSIDE = "outside", _("outside world of a bank account")
        SUSPENSE = "suspense", _("not yet explained")
        PAYER = "payer", _("who the money is from")
        HELD = "held", _("held until release")
        CLEARING = "clearing", _("with the payment provider")
        HOLDING = "holding", _("at the issuer's bank")
        USE = "use", _("spent for a purpose")
        DUE = "due", _("due from own money")
        OWED = "owed", _("owed by own money")

    FUNDLESS: ClassVar = (Kind.OUTSIDE, Kind.SUSPENSE)

    code = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    fund = models.ForeignKey(Fund, null=True, on_delete=models.PROTECT, related_name="accounts")
    purpose = models.CharField(max_length=40, choices=Purpose, blank=True, default="")
    currency = models.CharField(max_length=3, default="EUR")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="ledger_accounts", editable=False
    )

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="account_fund_fits_kind",
                condition=Q(kind__in=["outside", "suspense"], fund__isnull=True)
                | ~Q(kind__in=["outside", "suspense"]) & Q(fund__isnull=False),
            ),
            models.CheckConstraint(
                name="account_purpose_fits_kind",
                condition=Q(kind="use") & ~Q(purpose="") | ~Q(kind="use") & Q(purpose=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["fund", "kind"])]

    def __str__(self) -> str:
        return self.code


class Balance(models.Model):
    """What came into an account less what left it; kept by the trigger on transfers alone.

    `floor` and `ceiling` bound it by kind: nobody gets back more than they paid in (a payer's
    balance is at most zero), and nothing is spent that is not there.
    """

    account = models.OneToOneField(
        Account, primary_key=True, on_delete=models.PROTECT, related_name="balance_row"
    )
    amount = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal("0.00"))
    floor = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    ceiling = models.DecimalField(max_digits=16, decimal_places=2, null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="balance_not_below_floor",
                condition=Q(floor__isnull=True) | Q(amount__gte=F("floor")),
            ),
            models.CheckConstraint(
                name="balance_not_above_ceiling",
                condition=Q(ceiling__isnull=True) | Q(amount__lte=F("ceiling")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount}"


class Entry(models.Model):
    """One fact in the books: unique by key, dated, made of at least one transfer."""

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)
    memo = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    posted_in = models.BigIntegerField(editable=False, default=0, db_comment="transaction id")
    # The trigger `remember` sees that it is there.
    reverses = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="reversed_by",
        db_constraint=False,
    )

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        # Named here, because a field's own come with a second index for LIKE, which nobody asks for.
        constraints: ClassVar = [models.UniqueConstraint(name="ledger_entry_key", fields=["key"])]
        indexes: ClassVar = [
            models.Index(name="ledger_entry_subject", fields=["subject"]),
            # Days mostly come in their order: a range of each few pages, and no row to be put in place.
            BrinIndex(name="ledger_entry_days", fields=["on"]),
        ]

    def __str__(self) -> str:
        return self.key


class Transfer(models.Model):
    """A positive amount from a source to a target account. `pair` (kinds of the two
    accounts) and the hash over it and its entry are made by a trigger.

    Its entry and accounts are there when it comes (the trigger `judge` looks) and are never removed
    (they are append-only), so the database need not look a second time, a row at a time.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="transfers", db_constraint=False
    )
    source = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="moved_out", db_constraint=False
    )
    target = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="moved_in", db_constraint=False
    )
    amount = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR")
    pair = models.CharField(max_length=30, editable=False, default="")
    content_hash = models.CharField(max_length=64, editable=False, default="")

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints: ClassVar = [
            models.CheckConstraint(name="transfer_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="transfer_moves_somewhere", condition=~Q(source=F("target"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}: {self.amount}"


class Seal(models.Model):
    """A link of the chain over all transfers up to one id; its head is printed in every report."""

    last_transfer_id = models.BigIntegerField(unique=True)
    head = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return self.head[:12]
