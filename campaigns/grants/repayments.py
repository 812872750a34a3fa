"""Unspent money of a grant goes back to the grantor: to who gave it, by an order that another approves.

What is repaid is no longer there to be charged; what the bank did not execute may be asked for again.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from backend.core import audit, transactions, users
from backend.core.errors import Conflict
from backend.core.models import User
from backend.core.money import positive, said
from backend.ledger import accounts
from backend.ledger.models import Account
from backend.treasury import bank_accounts, expectations, payment_orders, references
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import Expectation
from backend.treasury.payment_orders import NewOrder, Payee
from backend.treasury.returned_payments import Undone
from campaigns.grants import standing
from campaigns.models import Grant, GrantRepayment

OWNER = "campaigns.grant_repayment"


class NotUnspent(Conflict):
    code = "grant.not_unspent"


@transactions.repeated
def repay(
    *, grant: Grant, amount: Money, iban: str, execute_on: dt.date, by: User, at: dt.datetime
) -> GrantRepayment:
    """Order that unspent money goes back to the grantor's account; a second person approves.

    Raises NotUnspent with what is there and charged by no cost, BadPayee, InThePast.
    """
    users.require(by, "grant.edit")
    with transaction.atomic():
        now = Grant.objects.select_for_update(no_key=True, of=("self",)).get(pk=grant.pk)
        left = standing.of(now, on=dt.date.max).unspent
        if positive(amount) > left:
            raise NotUnspent(
                _("%(left)s came and are charged by no cost.") % {"left": said(left)},
                field="amount",
            )
        made: GrantRepayment = GrantRepayment.objects.create(
            grant=now, amount=amount, iban=iban, asked_at=at, by_label=users.label(by)
        )
        made.expectation = expectations.open_one(spec=_spec(made), at=at)
        made.save(update_fields=["expectation"])
        payee = Payee(made.expectation, now.grantor, iban, _text(made, made.expectation))
        title, subject = _("Unspent money of a grant"), f"grant:{now.pk}"
        new = NewOrder(now.bank_account, title, [payee], execute_on, subject=subject)
        payment_orders.draft(new=new, by=by, at=at)
        facts = {"amount": str(amount.amount)}
        audit.record(action="grant.repayment_asked", subject=now, by=by, at=at, facts=facts)
    return made


def on_met(met: Sequence[Met]) -> None:
    """The bank sent it: the books and the expectation say so."""


def on_undone(undone: Sequence[Undone]) -> None:
    """It did not reach the grantor: it is there again, and may be asked for again."""
    for one in undone:
        open_ones = GrantRepayment.objects.filter(expectation=one.expectation, failed_at=None)
        open_ones.update(failed_at=one.at)


def _spec(made: GrantRepayment) -> ExpectationSpec:
    grant = made.grant
    grantor = accounts.open_account(
        code=f"fund:{grant.fund.code}:payer:grantor", kind=Account.Kind.PAYER, fund=grant.fund
    )
    return ExpectationSpec(
        reference=references.creditor_reference(f"grant-repayment:{made.pk}"),
        direction=Expectation.Direction.OUT,
        amount=made.amount,
        bank_account=grant.bank_account,
        source=bank_accounts.sub_account(bank_account=grant.bank_account, fund=grant.fund),
        target=grantor,
        owner_kind=OWNER,
        owner_key=str(made.pk),
        counterparty=grant.grantor,
    )


def _text(made: GrantRepayment, expectation: Expectation) -> str:
    return f"{references.shown(expectation.reference)} {made.grant.agreement}"
