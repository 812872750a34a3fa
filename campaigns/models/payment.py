"""Facts of money: what came for a pledge, what went back, what was taken back.

Payments are append-only; sums are derived from them and checked against the ledger. What the
provider holds and pays out is in `provider`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import User
from backend.core.states import Moves
from campaigns.models.campaign import Campaign
from campaigns.models.pledge import Pledge
from investors.models import Investor


class PaymentIntent(models.Model):
    """Our own record of an attempt to pay through the provider; its key there is derived from ours.

    A direct debit is `processing` for days; a bank transfer stays `created` until all of it came.
    """

    class Method(models.TextChoices):
        CARD = "card", _("Card")
        DEBIT = "sepa_debit", _("SEPA direct debit")
        TRANSFER = "customer_balance", _("Bank transfer to the provider")

    class State(models.TextChoices):
        WANTED = "wanted", _("Wanted")
        CREATED = "created", _("Waiting for the payer")
        PROCESSING = "processing", _("Under way")
        SUCCEEDED = "succeeded", _("Succeeded")
        CANCELED = "canceled", _("Cancelled")

    MOVES: ClassVar[Moves] = {
        State.WANTED: frozenset({State.CREATED, State.PROCESSING, State.SUCCEEDED, State.CANCELED}),
        State.CREATED: frozenset({State.PROCESSING, State.SUCCEEDED, State.CANCELED}),
        # A debit that fails may be tried again.
        State.PROCESSING: frozenset({State.CREATED, State.SUCCEEDED, State.CANCELED}),
        State.SUCCEEDED: frozenset(),
        # A cancellation may cross a success on its way: the money counts.
        State.CANCELED: frozenset({State.SUCCEEDED}),
    }
    OPEN: ClassVar = (State.WANTED, State.CREATED, State.PROCESSING)

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="intents")
    method = models.CharField(_("method"), max_length=20, choices=Method, default=Method.CARD)
    key = models.CharField(_("key"), max_length=80, unique=True)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WANTED)
    provider_id = models.CharField(_("provider's id"), max_length=80, null=True, unique=True)
    client_secret = models.CharField(_("client secret"), max_length=200, blank=True)
    instructions_url = models.URLField(_("how to pay"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("payment intent")
        verbose_name_plural = _("payment intents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="intent_one_open_per_pledge",
                fields=["pledge"],
                condition=Q(state__in=("wanted", "created", "processing")),
            )
        ]

    def __str__(self) -> str:
        return self.key


class Payment(models.Model):
    """Money that came for a pledge, as provider or bank confirmed it. Append-only."""

    class Method(models.TextChoices):
        CARD = "card", _("Card")
        DEBIT = "debit", _("SEPA direct debit")
        REMOTE = "remote", _("Bank transfer to the provider")
        TRANSFER = "transfer", _("Bank transfer")
        OPENING = "opening", _("Taken over from elsewhere")

    # What the provider holds first, takes back at the payer's word, and returns the way it came.
    THROUGH_PROVIDER: ClassVar = (Method.CARD, Method.DEBIT, Method.REMOTE)

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


class ChargebackQuerySet(models.QuerySet["Chargeback"]):
    """Chargebacks as somebody may see them."""

    def visible_to(self, user: User) -> "ChargebackQuerySet":
        """Those of the investors one acts for; for staff, those of their issuer's campaigns."""
        own = Investor.objects.acted_for_by(user).values("pk")
        staffed = Campaign.objects.of_staff(user).values("pk")
        return self.filter(
            Q(payment__pledge__investor__in=own) | Q(payment__pledge__campaign__in=staffed)
        )


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

    objects = ChargebackQuerySet.as_manager()

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
