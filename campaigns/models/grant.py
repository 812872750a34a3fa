"""Grants with their instalments, and costs with their invoices, whoever bears them.

Invoices and costs are facts: an invoice is kept once with its paper, a cost is cancelled and never
changed (triggers of migration `grants`).
"""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation, User
from backend.ledger.models import Account, Fund, Purpose
from backend.treasury.models import BankAccount, Expectation


class OwnQuerySet(models.QuerySet[Any]):
    """Rows of an organisation, as its people see them."""

    def visible_to(self, user: User) -> Self:
        return self.filter(organisation_id=user.organisation_id)


class Grant(models.Model):
    """Money given for a period and some kinds of cost; which ones, the policies of its fund say.

    Costs arise from `starts_on` to `ends_on`, and are paid by `pay_until`. `own_share` is what the
    issuer promised to add from own money.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    grantor = models.CharField(_("grantor"), max_length=200)
    agreement = models.CharField(_("agreement"), max_length=120)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    own_share = MoneyField(
        _("own share promised"), max_digits=14, decimal_places=2, default_currency="EUR", default=0
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    pay_until = models.DateField(_("to be paid by"))
    fund = models.OneToOneField(Fund, on_delete=models.PROTECT, related_name="grant")
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="grants")
    agreed_at = models.DateTimeField(_("written down"))
    by_label = models.CharField(max_length=200)

    objects: ClassVar = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints: ClassVar = [
            models.UniqueConstraint(name="grant_code_once", fields=["organisation", "code"]),
            models.CheckConstraint(
                name="grant_days_in_order",
                condition=Q(ends_on__gte=F("starts_on"), pay_until__gte=F("ends_on")),
            ),
            models.CheckConstraint(
                name="grant_of_something", condition=Q(amount__gt=0, own_share__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GrantInstalment(models.Model):
    """A part of a grant and when it is due; that it came, its expectation says."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("number"))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    due_on = models.DateField(_("due on"))
    expectation = models.OneToOneField(
        Expectation, on_delete=models.PROTECT, related_name="grant_instalment"
    )

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        constraints: ClassVar = [
            models.UniqueConstraint(name="grant_instalment_once", fields=["grant", "number"]),
            models.CheckConstraint(name="grant_instalment_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id}: {self.number}"


class GrantExtension(models.Model):
    """More time for a grant, as the grantor wrote it; what the days were before. Append-only."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="extensions")
    letter = models.CharField(_("the grantor's letter"), max_length=200)
    ends_on_before = models.DateField(_("to, before"))
    pay_until_before = models.DateField(_("to be paid by, before"))
    ends_on = models.DateField(_("to"))
    pay_until = models.DateField(_("to be paid by"))
    agreed_at = models.DateTimeField(_("written down"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("extension of a grant")
        verbose_name_plural = _("extensions of grants")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="grant_extension_is_later",
                condition=Q(
                    ends_on__gte=F("ends_on_before"),
                    pay_until__gte=F("pay_until_before"),
                )
                & Q(pay_until__gte=F("ends_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.grant_id}: {self.ends_on}"


class GrantRepayment(models.Model):
    """Unspent money of a grant that goes back to the grantor, by an order that another approves.

    `failed_at`: the bank did not execute it, or sent it back; it may be asked for again.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="repayments")
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    iban = models.CharField("IBAN", max_length=34)
    expectation = models.OneToOneField(
        Expectation, null=True, on_delete=models.PROTECT, related_name="grant_repayment"
    )
    asked_at = models.DateTimeField(_("asked for"))
    by_label = models.CharField(max_length=200)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("repayment of a grant")
        verbose_name_plural = _("repayments of grants")
        constraints: ClassVar = [
            models.CheckConstraint(name="grant_repayment_positive", condition=Q(amount__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.grant_id}: {self.amount}"


class Invoice(models.Model):
    """What a supplier asks for, with its paper and the paper's hash. Once per supplier and number."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invoices"
    )
    supplier = models.CharField(_("supplier"), max_length=200)
    supplier_tax_code = models.CharField(_("tax code"), max_length=20)
    supplier_iban = models.CharField("IBAN", max_length=34, blank=True)
    number = models.CharField(_("number"), max_length=60)
    issued_on = models.DateField(_("issued on"))
    total = MoneyField(_("total"), max_digits=14, decimal_places=2, default_currency="EUR")
    content = models.BinaryField()
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(_("recorded"))
    by_label = models.CharField(max_length=200)

    objects: ClassVar = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="invoice_once",
                fields=["organisation", "supplier_tax_code", "number", "issued_on"],
            ),
            models.CheckConstraint(name="invoice_of_something", condition=Q(total__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.number}"


class RunningCost(models.Model):
    """A part of an invoice and which money bears it: a grant's, or own money.

    With a grant and own money it is the issuer's own share of what the grant is for.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="costs")
    grant = models.ForeignKey(Grant, null=True, on_delete=models.PROTECT, related_name="costs")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("what for"), max_length=40, choices=Purpose)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    incurred_on = models.DateField(_("arose on"))
    due_on = models.DateField(_("due on"))
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    expectation = models.OneToOneField(
        Expectation, null=True, on_delete=models.PROTECT, related_name="running_cost"
    )
    recorded_at = models.DateTimeField(_("recorded"))
    by_label = models.CharField(max_length=200)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    objects: ClassVar = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("running cost")
        verbose_name_plural = _("running costs")
        constraints: ClassVar = [
            models.CheckConstraint(name="running_cost_positive", condition=Q(amount__gt=0))
        ]
        indexes: ClassVar = [models.Index(fields=["grant", "incurred_on"])]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.amount}"

    @property
    def is_own_share(self) -> bool:
        """Whether own money bears it for a grant."""
        return self.grant_id is not None and self.grant.fund_id != self.fund_id  # type: ignore[union-attr]
