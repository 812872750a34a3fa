"""An account at a bank, which of its money belongs to which fund, and how its bank writes tables."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation, User
from backend.ledger.models import Account


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    def visible_to(self, user: User) -> Self:
        """The accounts that the person's organisation holds."""
        return self.filter(holder_id=user.organisation_id)


class BankAccount(models.Model):
    """An account at a bank. Its money is `suspense` plus its sub-accounts, one per fund."""

    class Kind(models.TextChoices):
        RESTRICTED = "restricted", _("restricted: money waits here for its release")
        ORDINARY = "ordinary", _("ordinary")

    iban = models.CharField("IBAN", max_length=34, unique=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bank_accounts")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    outside = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    suspense = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")

    def __str__(self) -> str:
        return f"{self.name} (… {self.iban[-4:]})"


class SubAccount(models.Model):
    """One fund's part of the money at a bank account; the ledger account is of kind held or
    holding.
    """

    bank_account = models.ForeignKey(
        BankAccount, on_delete=models.PROTECT, related_name="sub_accounts"
    )
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="sub_account")

    class Meta:
        verbose_name = _("sub-account")
        verbose_name_plural = _("sub-accounts")

    def __str__(self) -> str:
        return self.account.code


class TableLayout(models.Model):
    """How an account's bank writes its tables (CSV, XLSX), saved once for all files to come.

    `columns` names the bank's heading for each of our fields (see `formats.delimited.FIELDS`).
    """

    class DateForm(models.TextChoices):
        SLASHES = "%d/%m/%Y", "31/12/2026"
        DOTS = "%d.%m.%Y", "31.12.2026"
        DASHES = "%d-%m-%Y", "31-12-2026"
        ISO = "%Y-%m-%d", "2026-12-31"

    class DecimalMark(models.TextChoices):
        COMMA = ",", "1.234,56"
        POINT = ".", "1,234.56"

    bank_account = models.OneToOneField(
        BankAccount, on_delete=models.PROTECT, related_name="table_layout"
    )
    columns = models.JSONField(_("columns"))
    date_form = models.CharField(
        _("dates look like"), max_length=10, choices=DateForm, default=DateForm.SLASHES
    )
    decimal_mark = models.CharField(
        _("amounts look like"), max_length=1, choices=DecimalMark, default=DecimalMark.COMMA
    )
    is_newest_first = models.BooleanField(_("the newest movement stands first"), default=False)

    class Meta:
        verbose_name = _("table layout")
        verbose_name_plural = _("table layouts")

    def __str__(self) -> str:
        return str(self.bank_account)
