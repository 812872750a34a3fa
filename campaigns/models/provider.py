"""What the provider holds of ours: movements of its balance, payouts, fees, cash that waits, findings.

Movements, items of payouts, cash and proofs are append-only: the provider's own statement, beside
which our books are held.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import User
from campaigns.models.campaign import Campaign
from campaigns.models.payment import Payment, PaymentIntent, Refund
from campaigns.models.pledge import Pledge
from investors.models import Investor


class ProviderCustomer(models.Model):
    """An investor under the number that the provider gave: transfers to it arrive under that name."""

    investor = models.OneToOneField(
        Investor, on_delete=models.PROTECT, related_name="provider_customer"
    )
    provider_id = models.CharField(_("provider's id"), max_length=80, unique=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("customer at the provider")
        verbose_name_plural = _("customers at the provider")

    def __str__(self) -> str:
        return self.provider_id


class CashMovement(models.Model):
    """A movement of the cash that waits at the provider under an investor's name. Append-only.

    It is no part of our balance there until it is applied to an intent, and so not in our books.
    """

    customer = models.ForeignKey(
        ProviderCustomer, on_delete=models.PROTECT, related_name="cash_movements"
    )
    provider_id = models.CharField(_("provider's id"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    intent = models.ForeignKey(
        PaymentIntent, null=True, on_delete=models.PROTECT, related_name="cash_movements"
    )
    net = MoneyField(_("net"), max_digits=14, decimal_places=2, default_currency="EUR")
    reference = models.CharField(_("reference"), max_length=140, blank=True)
    sender = models.CharField(_("sender"), max_length=140, blank=True)
    occurred_at = models.DateTimeField(_("occurred"))
    learnt_at = models.DateTimeField(_("learnt"))

    class Meta:
        verbose_name = _("movement of waiting cash")
        verbose_name_plural = _("movements of waiting cash")

    def __str__(self) -> str:
        return f"{self.kind} {self.net}"


class Movement(models.Model):
    """One movement of the balance at the provider, as it tells it. Append-only."""

    provider_id = models.CharField(_("provider's id"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    category = models.CharField(_("category"), max_length=60)
    source = models.CharField(_("about"), max_length=80, blank=True, db_index=True)
    gross = MoneyField(_("gross"), max_digits=14, decimal_places=2, default_currency="EUR")
    fee = MoneyField(_("fee"), max_digits=14, decimal_places=2, default_currency="EUR")
    net = MoneyField(_("net"), max_digits=14, decimal_places=2, default_currency="EUR")
    occurred_at = models.DateTimeField(_("occurred"))
    available_at = models.DateTimeField(_("available"))
    learnt_at = models.DateTimeField(_("learnt"))

    class Meta:
        verbose_name = _("movement at the provider")
        verbose_name_plural = _("movements at the provider")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="movement_adds_up",
                condition=Q(net=models.F("gross") - models.F("fee")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.net}"


class PayoutQuerySet(models.QuerySet["Payout"]):
    def visible_to(self, user: User) -> Self:
        """Payouts with money of one's campaigns, and those whose parts nobody knows yet."""
        ours = Q(items__campaign__in=Campaign.objects.of_staff(user)) | Q(items=None)
        return self.filter(ours).distinct()


class Payout(models.Model):
    """What the provider sends to the bank; `arrived_at` is set by the bank's line, not by promise.

    The money of a failed one goes out again with `carried_by`, and arrives with it.
    """

    provider_id = models.CharField(_("provider's id"), max_length=80, unique=True)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    announced_at = models.DateTimeField(_("announced"))
    arrives_on = models.DateField(_("due at the bank"))
    arrived_at = models.DateTimeField(_("arrived"), null=True)
    failed_at = models.DateTimeField(_("failed"), null=True)
    failure = models.CharField(_("why it failed"), max_length=80, blank=True)
    carried_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="carries"
    )

    objects: ClassVar = PayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")

    def __str__(self) -> str:
        return self.provider_id


class PayoutItem(models.Model):
    """A movement inside a payout, and what of ours it is about. Append-only.

    Without a campaign nothing of ours explains it, or (a payout that came back) several do.
    """

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="items")
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="payout_item")
    campaign = models.ForeignKey(
        Campaign, null=True, on_delete=models.PROTECT, related_name="payout_items"
    )
    payment = models.OneToOneField(
        Payment, null=True, on_delete=models.PROTECT, related_name="payout_item"
    )
    refund = models.OneToOneField(
        Refund, null=True, on_delete=models.PROTECT, related_name="payout_item"
    )

    class Meta:
        verbose_name = _("payout item")
        verbose_name_plural = _("payout items")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="payout_item_is_payment_or_refund",
                condition=Q(payment__isnull=True) | Q(refund__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.payout_id}: {self.movement_id}"


class ProviderFee(models.Model):
    """What the provider charges apart from payments: for a dispute, or for the account itself.

    Own money of the campaign's issuer bears it; one that is given back ends it.
    """

    provider_id = models.CharField(_("charged for"), max_length=80, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="provider_fees")
    pledge = models.ForeignKey(
        Pledge, null=True, on_delete=models.PROTECT, related_name="provider_fees"
    )
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    charged_at = models.DateTimeField(_("charged"))
    returned_at = models.DateTimeField(_("given back"), null=True)

    class Meta:
        verbose_name = _("fee of the provider")
        verbose_name_plural = _("fees of the provider")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="provider_fee_of_something", condition=Q(amount__gt=0, amount_currency="EUR")
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.amount}"


class ProviderFinding(models.Model):
    """What the card provider reported and our records do not explain; closed by a person's words."""

    class Kind(models.TextChoices):
        AMOUNT = "amount", _("another amount than asked for")
        CURRENCY = "currency", _("another currency than asked for")
        UNKNOWN = "unknown", _("a payment that is not ours")
        PAYOUT = "payout", _("a payout that its parts do not explain")
        PAYOUT_FAILED = "payout_failed", _("a payout that came back")
        DISPUTE = "dispute", _("the payer disputes the payment")
        MOVEMENT = "movement", _("a movement that nothing of ours explains")
        FOREIGN = "foreign", _("events of an account that is not ours")
        VERSION = "version", _("events in another API version than ours")
        CONTRADICTION = "contradiction", _("security: one event, two contents")

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


class ProviderPull(models.Model):
    """A look at what the provider says happened since a day: what no webhook had brought."""

    since = models.DateTimeField(_("since"), null=True)
    pulled_at = models.DateTimeField(_("looked"))
    by_label = models.CharField(_("by"), max_length=200)
    events = models.PositiveIntegerField(_("events there"), default=0)
    new_events = models.PositiveIntegerField(_("events never told"), default=0)
    movements = models.PositiveIntegerField(_("movements there"), default=0)
    new_movements = models.PositiveIntegerField(_("movements new here"), default=0)

    class Meta:
        verbose_name = _("pull from the provider")
        verbose_name_plural = _("pulls from the provider")

    def __str__(self) -> str:
        return str(self.pulled_at)


class ProviderProof(models.Model):
    """Whether the provider's balance equals our books, as looked at once. Append-only.

    Who could not be asked proves nothing: `not_proven` has no balance and says why.
    """

    class Outcome(models.TextChoices):
        PROVEN = "proven", _("equal to the cent")
        DIFFERENT = "different", _("different")
        NOT_PROVEN = "not_proven", _("not proven")

    looked_at = models.DateTimeField(_("looked"))
    by_label = models.CharField(_("by"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    provider = models.DecimalField(_("at the provider"), max_digits=14, decimal_places=2, null=True)
    books = models.DecimalField(_("in our books"), max_digits=14, decimal_places=2)
    in_transit = models.DecimalField(_("on its way to the bank"), max_digits=14, decimal_places=2)
    items = models.JSONField(_("differences"), default=list)
    reason = models.CharField(_("why not"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("proof of the provider's balance")
        verbose_name_plural = _("proofs of the provider's balance")

    def __str__(self) -> str:
        return f"{self.looked_at}: {self.outcome}"
