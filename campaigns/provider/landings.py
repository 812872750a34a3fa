"""A payout with the money of campaigns that have restricted accounts of their own: its one line lands on
one of them.

The line is divided by the payout's parts. What belongs to the others waits there as money of their own
funds, and is awaited at their own accounts: a transfer that finance orders at the bank. What fees took
is owed by own money, as in every payout.
"""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from backend.core import clock
from backend.core.errors import Conflict
from backend.core.users import SYSTEM
from backend.treasury import bank_accounts, expectations, references
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import BankAccount, Expectation
from campaigns import purses
from campaigns.models import Campaign, Payout

LANDED_OWNER = "campaigns.payout"
ONWARD_OWNER = "campaigns.payout_onward"
ORDER_WITHIN = dt.timedelta(days=3)


class AnothersAccount(Conflict):
    """Money of one issuer's investors lies at another issuer's bank: people decide what to do."""

    code = "payout.anothers_account"


def gather(payout: int, *, place: BankAccount, at: dt.datetime) -> Sequence[Expectation]:
    """Await all of a payout at the restricted account where its one line came, and the transfers of what
    is not that account's to where it belongs. Returns what the line meets.

    Raises AnothersAccount when a part is another issuer's. Safe to repeat.
    """
    waiting = _waiting(payout)
    elsewhere = [one for one in waiting if one.bank_account_id != place.pk]
    owners = _owners(elsewhere)
    if any(each.issuer_id != place.holder_id for each in owners.values()):
        raise AnothersAccount(
            _("A part of this payout is another issuer's, and lies at the wrong bank account."),
            iban=place.iban,
        )
    reason = f"landed at {place.iban}"
    expectations.cancel_many(expectations=elsewhere, by=SYSTEM, at=at, reason=reason)
    landed = [_landed(one, owners[one.pk], place) for one in elsewhere]
    expectations.open_many([_onward(one, owners[one.pk], place, at) for one in elsewhere], at=at)
    here = [one for one in waiting if one.bank_account_id == place.pk]
    return [*here, *expectations.open_many(landed, at=at)]


def onward(payout: Payout) -> list[Expectation]:
    """The transfers that a payout made necessary, as they arrive, with what came so far (`received`)."""
    rows = Expectation.objects.filter(
        owner_kind=ONWARD_OWNER, owner_key__startswith=f"{payout.pk}:"
    )
    related = rows.with_received().select_related("bank_account", "after__bank_account")
    return list(related.order_by("id"))


def not_begun(payout: Payout) -> list[Expectation]:
    """Of these the open ones of which nothing left yet."""
    open_ones = [one for one in onward(payout) if one.state == Expectation.State.OPEN]
    return [one for one in open_ones if one.after and not one.after.allocations.exists()]


def on_onward_met(met: Sequence[Met]) -> None:
    """Nothing follows: the books have moved the money with the two lines."""


def _waiting(payout: int) -> list[Expectation]:
    rows = Expectation.objects.outstanding().filter(
        owner_kind=LANDED_OWNER, owner_key__startswith=f"{payout}:"
    )
    related = rows.select_related("source", "target", "bank_account").order_by("id")
    return [one for one in related if not one.received]


def _owners(waiting: Sequence[Expectation]) -> dict[int, Campaign]:
    """By expectation the campaign whose money it is."""
    of = {one.pk: int(one.owner_key.split(":")[1]) for one in waiting}
    found = Campaign.objects.select_related("fund", "restricted_account").in_bulk(list(of.values()))
    return {pk: found[campaign] for pk, campaign in of.items()}


def _landed(one: Expectation, campaign: Campaign, place: BankAccount) -> ExpectationSpec:
    """The same part, where it came: money of its own campaign's fund all the while."""
    return ExpectationSpec(
        reference=one.reference,
        direction=Expectation.Direction.IN,
        amount=one.amount,
        bank_account=place,
        source=one.source,
        target=bank_accounts.sub_account(bank_account=place, fund=purses.fund(campaign)),
        owner_kind=LANDED_OWNER,
        owner_key=one.owner_key,
        counterparty=one.counterparty,
        due_on=one.due_on,
    )


def _onward(
    one: Expectation, campaign: Campaign, place: BankAccount, at: dt.datetime
) -> ExpectationSpec:
    """Treasury makes two halves of it by itself: out of the one account, into the other."""
    return ExpectationSpec(
        reference=references.creditor_reference(f"onward:{one.owner_key}"),
        direction=Expectation.Direction.IN,
        amount=one.amount,
        bank_account=one.bank_account,
        source=bank_accounts.sub_account(bank_account=place, fund=purses.fund(campaign)),
        target=one.target,
        owner_kind=ONWARD_OWNER,
        owner_key=one.owner_key,
        counterparty=campaign.issuer.name,
        due_on=clock.day_of(at + ORDER_WITHIN),
    )
