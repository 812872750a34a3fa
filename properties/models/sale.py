"""The sale of a home: its price, and what of it comes back to each fund that bought the home."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation, User
from backend.core.states import Moves
from backend.ledger.models import Account, Fund
from backend.treasury.models import Expectation
from properties.models.acquisition import Acquisition
from properties.models.unit import Unit


class SaleQuerySet(models.QuerySet["Sale"]):
    def visible_to(self, user: User) -> "SaleQuerySet":
        """Prices are amounts of purchases: who may see those of a home may see its sale."""
        return self.filter(
            unit__in=Acquisition.objects.visible_to(user).values("unit"),
        )


class Sale(models.Model):
    """One sale of one home, agreed by one person and approved by another."""

    class State(models.TextChoices):
        AGREED = "agreed", _("agreed, waits for approval")
        APPROVED = "approved", _("approved, waits for the price")
        CLOSED = "closed", _("deed signed")
        CANCELLED = "cancelled", _("cancelled")

    MOVES: ClassVar[Moves] = {
        State.AGREED: frozenset({State.APPROVED, State.CANCELLED}),
        State.APPROVED: frozenset({State.CLOSED, State.CANCELLED}),
        State.CLOSED: frozenset(),
        State.CANCELLED: frozenset(),
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sales")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.AGREED)
    price = MoneyField(_("price"), max_digits=14, decimal_places=2, default_currency="EUR")
    buyer = models.CharField(_("buyer"), max_length=200, blank=True)
    due_on = models.DateField(_("price due on"))
    deed_on = models.DateField(_("deed signed on"), null=True, blank=True)
    created_at = models.DateTimeField()

    objects = SaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("sale of a home")
        verbose_name_plural = _("sales of homes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="sale_one_live_per_home", fields=["unit"], condition=~Q(state="cancelled")
            ),
            models.CheckConstraint(name="sale_price_is_positive", condition=Q(price__gt=0)),
            models.CheckConstraint(
                name="sale_closed_has_its_deed",
                condition=~Q(state="closed") | Q(deed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}"


class SalePart(models.Model):
    """What one fund gets of the price: in the share in which it paid for the home."""

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="parts")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    amount = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    expectation = models.OneToOneField(
        Expectation, on_delete=models.PROTECT, related_name="sale_part"
    )

    class Meta:
        verbose_name = _("part of a sale's price")
        verbose_name_plural = _("parts of a sale's price")
        constraints: ClassVar = [
            models.UniqueConstraint(name="sale_part_once_per_fund", fields=["sale", "fund"]),
            models.CheckConstraint(name="sale_part_is_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.sale_id}: {self.fund_id}"
