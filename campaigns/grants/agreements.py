"""Write down a grant: its fund with its policies, and the instalments that are expected.

Eligible kinds and days are the policies of the fund, once; nothing repeats them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.core.money import ZERO
from backend.core.users import Actor
from backend.ledger import accounts, funds
from backend.ledger.models import ACQUISITION, Account, Purpose
from backend.treasury import bank_accounts, expectations, references
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import BankAccount, Expectation
from campaigns.models import Grant, GrantInstalment

OWNER = "campaigns.grant"
# What no grant pays here: a fee of raising, or what an investor owes, is own money's.
NEVER = frozenset({Purpose.PROVIDER_FEES, Purpose.SUCCESS_FEE, Purpose.RECEIVABLE}) | ACQUISITION


class DaysOutOfOrder(Refused):
    code = "grant.days_out_of_order"


class NotEligible(Refused):
    code = "grant.not_eligible"


class TooMuch(Refused):
    code = "grant.instalments_too_much"


class NoAccount(Refused):
    code = "grant.no_account"


class CodeTaken(Conflict):
    code = "grant.code_taken"


@dataclass(frozen=True)
class Instalment:
    """A part that is due on a day; the grantor's own code for it, where there is one."""

    amount: Money
    due_on: dt.date
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class NewGrant:
    """What the agreement says."""

    organisation: Organisation
    code: str
    title: str
    grantor: str
    agreement: str
    amount: Money
    starts_on: dt.date
    ends_on: dt.date
    pay_until: dt.date
    kinds: Sequence[str]
    bank_account: BankAccount
    instalments: Sequence[Instalment]
    own_share: Money = ZERO


def agree(*, new: NewGrant, by: Actor, at: dt.datetime) -> Grant:
    """Open the grant's fund with its policies and expect its instalments.

    Raises DaysOutOfOrder, NotEligible for a kind that no grant pays, TooMuch when the instalments come
    to more than the grant, NoAccount for a bank account that is not an ordinary one of the issuer's,
    CodeTaken.
    """
    users.require(by, "grant.edit")
    _refuse_bad(new)
    if Grant.objects.filter(organisation=new.organisation, code=new.code).exists():
        raise CodeTaken(_("There is another grant with this code."), field="code")
    with transaction.atomic():
        grant = _grant(new, by, at)
        _expect(grant, new.instalments, at)
        audit.record(action="grant.agreed", subject=grant, by=by, at=at)
    return grant


def on_instalment_met(met: Sequence[Met]) -> None:
    """An instalment came, or a part of it: the books and the expectation say so."""


def _refuse_bad(new: NewGrant) -> None:
    if not new.starts_on <= new.ends_on <= new.pay_until:
        raise DaysOutOfOrder(
            _("A grant begins, ends, and is paid out, in this order."), field="ends_on"
        )
    if not new.kinds or set(new.kinds) & NEVER or not set(new.kinds) <= set(Purpose.values):
        raise NotEligible(_("Say which kinds of running cost the grant pays."), field="kinds")
    total = sum((each.amount for each in new.instalments), ZERO)
    if not new.instalments or total > new.amount:
        raise TooMuch(
            _("The instalments come to no more than the grant, and there is one at least."),
            field="instalments",
        )
    account = new.bank_account
    if account.kind != BankAccount.Kind.ORDINARY or account.holder_id != new.organisation.pk:
        raise NoAccount(_("A grant comes to an ordinary account of yours."), field="bank_account")


def _grant(new: NewGrant, by: Actor, at: dt.datetime) -> Grant:
    fund = funds.open_fund(
        code=f"grant:{new.organisation.pk}:{new.code}",
        name=new.title,
        organisation=new.organisation,
        is_restricted=True,
        is_held=False,
    )
    days = (new.starts_on, new.pay_until + dt.timedelta(days=1))
    funds.allow(fund=fund, purposes=new.kinds, valid_from=days[0], valid_to=days[1], by=by, at=at)
    grant: Grant = Grant.objects.create(
        organisation=new.organisation,
        code=new.code,
        title=new.title,
        grantor=new.grantor,
        agreement=new.agreement,
        amount=new.amount,
        own_share=new.own_share,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        pay_until=new.pay_until,
        fund=fund,
        bank_account=new.bank_account,
        agreed_at=at,
        by_label=users.label(by),
    )
    return grant


def _expect(grant: Grant, instalments: Sequence[Instalment], at: dt.datetime) -> None:
    grantor = accounts.open_account(
        code=f"fund:{grant.fund.code}:payer:grantor", kind=Account.Kind.PAYER, fund=grant.fund
    )
    here = bank_accounts.sub_account(bank_account=grant.bank_account, fund=grant.fund)
    numbered = list(enumerate(instalments, start=1))
    opened = expectations.open_many(
        [_spec(grant, number, each, (grantor, here)) for number, each in numbered], at=at
    )
    GrantInstalment.objects.bulk_create(
        GrantInstalment(
            grant=grant,
            number=number,
            amount=each.amount,
            due_on=each.due_on,
            expectation=expectation,
        )
        for (number, each), expectation in zip(numbered, opened, strict=True)
    )


def _spec(
    grant: Grant, number: int, each: Instalment, way: tuple[Account, Account]
) -> ExpectationSpec:
    key = f"{grant.pk}:{number}"
    return ExpectationSpec(
        reference=each.reference or references.creditor_reference(f"grant:{key}"),
        direction=Expectation.Direction.IN,
        amount=each.amount,
        bank_account=grant.bank_account,
        source=way[0],
        target=way[1],
        owner_kind=OWNER,
        owner_key=key,
        counterparty=grant.grantor,
        due_on=each.due_on,
    )
