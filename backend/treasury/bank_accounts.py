"""Accounts at banks: open one, give a fund its part of it, say what the books and the bank have
there.

The books' money at an account is its suspense plus its sub-accounts; a check holds it to the
bank's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from stdnum import iban as ibans

from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.ledger import accounts, balances
from backend.ledger.accounts import AccountSpec
from backend.ledger.models import Account, Fund
from backend.treasury.models import BankAccount, BankLine, BankStatement, SubAccount

HELD, HOLDING = Account.Kind.HELD, Account.Kind.HOLDING


class NotAnIban(Refused):
    code = "bank_account.not_an_iban"


class OpenedOtherwise(Conflict):
    code = "bank_account.opened_otherwise"


class NeedsRestricted(Refused):
    code = "bank_account.needs_restricted"


@dataclass(frozen=True)
class Standing:
    """What the books and the bank say is at an account; `bank` is None before its first statement."""

    account: BankAccount
    books: Money
    bank: Money | None

    @property
    def difference(self) -> Money:
        """Bank less books. Not zero means a gap between statements, or a fault."""
        return self.books * 0 if self.bank is None else self.bank - self.books


def open_bank_account(
    *, iban: str, holder: Organisation, name: str, kind: str, currency: str = "EUR"
) -> BankAccount:
    """Open a bank account in the books, with its suspense and its outside; safe to repeat.

    Raises NotAnIban, or OpenedOtherwise when it exists with another holder, kind or currency.
    """
    number = ibans.compact(iban)
    if not ibans.is_valid(number):
        raise NotAnIban(_("This is not an IBAN."), iban=iban)
    before = BankAccount.objects.filter(iban=number).first()
    if before and (before.holder_id, before.kind, before.currency) != (holder.pk, kind, currency):
        raise OpenedOtherwise(_("This bank account was opened otherwise before."), iban=number)
    with transaction.atomic():
        outside, suspense = accounts.open_many(
            [
                AccountSpec(
                    f"bank:{number}:outside",
                    Account.Kind.OUTSIDE,
                    currency=currency,
                    organisation=holder,
                ),
                AccountSpec(
                    f"bank:{number}:suspense",
                    Account.Kind.SUSPENSE,
                    currency=currency,
                    organisation=holder,
                ),
            ]
        )
        found, _created = BankAccount.objects.get_or_create(
            iban=number,
            defaults={
                "holder": holder,
                "name": name,
                "kind": kind,
                "currency": currency,
                "outside": outside,
                "suspense": suspense,
            },
        )
    return found


def sub_account(*, bank_account: BankAccount, fund: Fund, kind: str = "") -> Account:
    """The ledger account of one fund's money at a bank account, opened when first asked for.

    Without a kind it is held at a restricted account and holding at an ordinary one. Raises
    NeedsRestricted when held money would wait on an ordinary account.
    """
    usual = HELD if bank_account.kind == BankAccount.Kind.RESTRICTED else HOLDING
    # Held money on the issuer's own account would be held in name only.
    kind = kind or usual
    if kind == HELD and usual != HELD:
        raise NeedsRestricted(
            _("Held money waits on a restricted account, never on an ordinary one."),
            iban=bank_account.iban,
        )
    with transaction.atomic():
        account = accounts.open_many(
            [
                AccountSpec(
                    f"bank:{bank_account.iban}:{kind}:{fund.code}",
                    kind,
                    fund,
                    currency=bank_account.currency,
                )
            ]
        )[0]
        SubAccount.objects.get_or_create(account=account, defaults={"bank_account": bank_account})
    return account


def balance(bank_account: BankAccount) -> Money:
    """What the books say is at the bank account now."""
    return standings([bank_account])[0].books


def standings(bank_accounts: Iterable[BankAccount]) -> list[Standing]:
    """What the books and the newest statement say of each account; four queries however many."""
    asked = list(bank_accounts)
    if not asked:
        return []
    parts = _parts(asked)
    amounts = balances.balances(pk for ids in parts.values() for pk in ids)
    newest = _newest_closings(asked)
    return [
        Standing(
            account,
            sum((amounts[pk] for pk in parts[account.pk]), start=Money(0, account.currency)),
            newest.get(account.pk),
        )
        for account in asked
    ]


def _parts(asked: Sequence[BankAccount]) -> dict[int, list[int]]:
    """The ledger accounts whose balances sum to the money at each bank account."""
    parts = {account.pk: [account.suspense_id] for account in asked}
    rows = SubAccount.objects.filter(bank_account__in=asked)
    for bank_account_id, account_id in rows.values_list("bank_account_id", "account_id"):
        parts[bank_account_id].append(account_id)
    return parts


def _newest_closings(asked: Sequence[BankAccount]) -> dict[int, Money]:
    """What the bank says now: the newest closing balance, and what was notified after its day."""
    proper = BankStatement.objects.with_balances().order_by("account", "-to_on", "-id")
    newest = proper.filter(account__in=asked).distinct("account")
    last_day = proper.filter(account=OuterRef("account")).values("to_on")[:1]
    notified = BankLine.objects.filter(
        account__in=asked, statement__closing=None, booked_on__gt=Subquery(last_day)
    )
    after = dict(notified.values_list("account").annotate(sum=Sum("amount")))
    result = {}
    for row in newest:
        _opening, closing = row.balances
        result[row.account_id] = closing + Money(after.get(row.account_id, 0), closing.currency)
    return result
