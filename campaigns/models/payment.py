"""Facts of money: what came for a pledge, what went back, and how the provider paid it out.

Payments, refunds booked and payout items are append-only; sums are derived from them and checked
against the ledger.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.states import Moves
from campaigns.models.campaign import Campaign
from campaigns.models.pledge import Pledge


class CardPaymentIntent(models.Model):
    """Our own record of an attempt to pay by card; the provider's key is derived from it."""

    class State(models.TextChoices):
        WANTED = "wanted", _("Wanted")
        CREATED = "created", _("Waiting for the card")
        SUCCEEDED = "succeeded", _("Succeeded")
        CANCELED = "canceled", _("Cancelled")

    MOVES: ClassVar[Moves] = {
        State.WANTED: frozenset({State.CREATED, State.SUCCEEDED, State.CANCELED}),
        State.CREATED: frozenset({State.SUCCEEDED, State.CANCELED}),
        State.SUCCEEDED: frozenset(),
        # A cancellation may cross a success on its way: the money counts.
        State.CANCELED: frozenset({State.SUCCEEDED}),
    }
    OPEN: ClassVar = (State.WANTED, State.CREATED)

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="card_intents")
    key = models.CharField(_("key"), max_length=80, unique=True)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WANTED)
    provider_id = models.CharField(_("provider's id"), max_length=80, null=True, unique=True)
    client_secret = models.CharField(_("client secret"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("card payment intent")
        verbose_name_plural = _("card payment intents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="card_intent_one_open_per_pledge",
                fields=["pledge"],
                condition=Q(state__in=("wanted", "created")),
            )
        ]

    def __str__(self) -> str:
        return self.key


class Payment(models.Model):
    """Money that came for a pledge, as provider or bank confirmed it. Append-only."""

    class Method(models.TextChoices):
        CARD = "card", _("Card")
        TRANSFER = "transfer", _("Bank transfer")
        OPENING = "opening", _("Taken over from elsewhere")

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="payments")
    method = models.CharField(_("method"), max_length=10, choices=Method)
    provider_id = models.CharField(_("provider's id"), max_length=120, unique=True)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    fee = MoneyField(_("fee"), max_digits=14, decimal_places=2, default_currency="EUR", default=0)
    received_at = models.DateTimeField(_("received"))
    learnt_at = models.DateTimeField(_("learnt"))

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="payment_of_something",
                condition=Q(amount__gt=0, fee__gte=0, amount_currency="EUR", fee_currency="EUR"),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["pledge", "received_at"])]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.amount}"

    @property
    def bank_line_id(self) -> int | None:
        """The line that brought a transfer (`line:12:…`); None for what came otherwise."""
        kind, _colon, rest = self.provider_id.partition(":")
        return int(rest.partition(":")[0]) if kind == "line" else None


class Refund(models.Model):
    """Money of one payment that goes back; `returned_at` is when bank or provider confirmed it.

    By bank it has a reference. What failed (`failure` is the bank's code) is owed again, and one later
    refund takes its place.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    reason = models.CharField(_("reason"), max_length=200)
    reference = models.CharField(_("reference"), max_length=25, blank=True)
    provider_id = models.CharField(_("provider's id"), max_length=120, null=True, unique=True)
    requested_by = models.CharField(_("requested by"), max_length=200)
    requested_at = models.DateTimeField(_("requested"))
    returned_at = models.DateTimeField(_("returned"), null=True)
    failed_at = models.DateTimeField(_("failed"), null=True)
    failure = models.CharField(_("why it failed"), max_length=40, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="refund_of_something", condition=Q(amount__gt=0, amount_currency="EUR")
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.amount}"


class Chargeback(models.Model):
    """Card money that the provider took back after the shares were allotted.

    The investor owes it: the expected transfer `reference` is the open item. It ends when the
    provider gives the money back (`reinstated_at`) or the investor pays (`repaid_at`).
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="chargebacks")
    provider_id = models.CharField(_("provider's id"), max_length=120, unique=True)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    reference = models.CharField(_("reference"), max_length=25, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"))
    reinstated_at = models.DateTimeField(_("given back"), null=True)
    repaid_at = models.DateTimeField(_("paid by the investor"), null=True)

    class Meta:
        verbose_name = _("chargeback")
        verbose_name_plural = _("chargebacks")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="chargeback_of_something", condition=Q(amount__gt=0, amount_currency="EUR")
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.amount}"


class Payout(models.Model):
    """What the provider sends to the bank; `arrived_at` is set by the bank's line, not by promise."""

    provider_id = models.CharField(_("provider's id"), max_length=80, unique=True)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    announced_at = models.DateTimeField(_("announced"))
    arrives_on = models.DateField(_("due at the bank"))
    arrived_at = models.DateTimeField(_("arrived"), null=True)
    failed_at = models.DateTimeField(_("failed"), null=True)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")

    def __str__(self) -> str:
        return self.provider_id


class PayoutItem(models.Model):
    """One movement inside a payout: a payment in, a refund out. Append-only."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="items")
    provider_id = models.CharField(_("provider's id"), max_length=80, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="payout_items")
    payment = models.OneToOneField(
        Payment, null=True, on_delete=models.PROTECT, related_name="payout_item"
    )
    refund = models.OneToOneField(
        Refund, null=True, on_delete=models.PROTECT, related_name="payout_item"
    )
    net = MoneyField(_("net"), max_digits=14, decimal_places=2, default_currency="EUR")

    class Meta:
        verbose_name = _("payout item")
        verbose_name_plural = _("payout items")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="payout_item_is_payment_or_refund",
                condition=Q(payment__isnull=False, refund__isnull=True)
                | Q(payment__isnull=True, refund__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.provider_id


class ProviderFinding(models.Model):
    """What the card provider reported and our records do not explain; closed by a person's words."""

    class Kind(models.TextChoices):
        AMOUNT = "amount", _("another amount than asked for")
        CURRENCY = "currency", _("another currency than asked for")
        UNKNOWN = "unknown", _("a payment that is not ours")
        PAYOUT = "payout", _("a payout that its parts do not explain")
        DISPUTE = "dispute", _("the card holder disputes the payment")
        CONTRADICTION = "contradiction", _("one event, two contents")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    key = models.CharField(_("about"), max_length=160, unique=True)
    pledge = models.ForeignKey(
        Pledge, null=True, on_delete=models.PROTECT, related_name="provider_findings"
    )
    told = models.CharField(_("what was reported"), max_length=300)
    opened_at = models.DateTimeField(_("opened"))
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolution = models.TextField(_("resolution"), blank=True)

    class Meta:
        verbose_name = _("provider finding")
        verbose_name_plural = _("provider findings")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.told}"
