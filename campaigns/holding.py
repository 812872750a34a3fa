"""Where a campaign's money waits, and how it is let go: the fund, its accounts, the release.

Raised money is held on the restricted account until the release, which is an order to the bank; the
lines of both statements show that it was done. Nothing here posts to the ledger (see `books`).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, states
from backend.core.errors import Conflict
from backend.core.money import ZERO, from_cents, said
from backend.core.users import SYSTEM, Actor
from backend.ledger import balances, funds
from backend.ledger.models import Fund
from backend.treasury import bank_accounts, expectations, references
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import BankAccount, Expectation
from campaigns import allotments, books, purses
from campaigns.models import Campaign, TransferOrder

RELEASE_OWNER = "campaigns.release"
TOP_UP_OWNER = "campaigns.fee_top_up"
SUCCESS_FEE_OWNER = "campaigns.success_fee"
CENT = from_cents(1)


class NotReleasable(Conflict):
    code = "campaign.not_releasable"


class FeesDue(Conflict):
    code = "campaign.fees_due"


class NothingDue(Conflict):
    code = "campaign.nothing_due"


def open_fund(
    *, campaign: Campaign, by: Actor, at: dt.datetime, since: dt.date | None = None
) -> Fund:
    """Open the campaign's fund: restricted, held, with the policy that its terms promise.

    The policy holds from today, or `since` a day in the past where the offer ran elsewhere.
    """
    fund = funds.open_fund(
        code=f"raised:{campaign.slug}",
        name=campaign.title_it,
        organisation=campaign.issuer,
        is_restricted=True,
        is_held=True,
    )
    purposes = Campaign.PURPOSES[Campaign.UseOfFunds(campaign.use_of_funds)]
    funds.allow(fund=fund, purposes=purposes, valid_from=since or clock.day_of(at), by=by, at=at)
    campaign.fund = fund
    campaign.save(update_fields=["fund"])
    purses.open_all(campaign)
    return fund


def top_up_fees(*, campaign: Campaign, by: Actor, at: dt.datetime) -> TransferOrder:
    """Make raised money whole from own money: the fees that it had to bear, and lost deposits.

    Before the release own money is ordered to the restricted account; after it both stand on one
    account. Raises NothingDue.
    """
    # Before the opening there are no purses, so nobody paid a fee either.
    owed = _debts(campaign) if campaign.fund_id else []
    if not owed:
        raise NothingDue(_("Nothing is due from own money."), campaign=campaign.slug)
    under_way = campaign.transfer_orders.filter(
        kind=TransferOrder.Kind.FEE_TOP_UP, arrived_at=None
    ).first()
    if under_way is not None:
        return under_way
    if purses.fund(campaign).released_at is not None:
        return _cover(campaign, owed, by, at)
    due = balances.balance(purses.due(campaign))
    source, target = purses.ordinary_account(campaign), purses.restricted_account(campaign)
    with transaction.atomic():
        order = _order(campaign, TransferOrder.Kind.FEE_TOP_UP, due, (source, target), at)
        expectations.open_many(_top_up_specs(order), at=at)
        audit.record(action="campaign.fee_top_up_ordered", subject=campaign, by=by, at=at)
    return order


def _debts(campaign: Campaign) -> list[tuple[purses.Debt, Money]]:
    """What own money owes to a campaign now. A shared debt account owes no more than is claimed."""
    found: list[tuple[purses.Debt, Money]] = []
    for debt in purses.debts(campaign):
        claimed = balances.balance(debt.due) - sum(
            (amount for other, amount in found if other.due == debt.due), ZERO
        )
        amount = min(claimed, -balances.balance(debt.owed))
        if amount > ZERO:
            found.append((debt, amount))
    return found


def _cover(
    campaign: Campaign, owed: Sequence[tuple[purses.Debt, Money]], by: Actor, at: dt.datetime
) -> TransferOrder:
    """After the release own and raised money stand on one account: no bank line moves between them.

    Raises FundRule when own money has not so much.
    """
    due = sum((amount for _debt, amount in owed), ZERO)
    account = purses.ordinary_account(campaign)
    with transaction.atomic():
        order = _order(campaign, TransferOrder.Kind.FEE_TOP_UP, due, (account, account), at)
        books.debts_covered(order, owed, at=at)
        TransferOrder.objects.filter(pk=order.pk).update(arrived_at=at)
        audit.record(action="campaign.fees_covered", subject=campaign, by=by, at=at)
    order.refresh_from_db()
    return order


def release(
    *, campaign: Campaign, success_fee: Money = ZERO, by: Actor, at: dt.datetime
) -> TransferOrder:
    """Let the money of allotted shares go to the issuer's own account, and order the bank to move it.

    What a platform keeps of it is an order of its own that own money bears: raised money stays whole.
    What else is held goes back to its payers and stays. Asked again it returns the order that was made;
    shares allotted since then are a further order. Raises NotReleasable before success, FeesDue while
    own money owes payment fees: investors' money is whole before it is spent.
    """
    with transaction.atomic():
        # Who asks at the same time waits here, and then gets the order that was made.
        Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        left = _allotted(campaign) - _ordered(campaign)
        orders = campaign.transfer_orders.filter(kind=TransferOrder.Kind.RELEASE)
        made = orders.order_by("id").last()
        if made is not None and left <= ZERO:
            return made
        _refuse_unreleasable(campaign, left, success_fee)
        return _release(_Release(campaign, left, success_fee), by, at)


@dataclass(frozen=True)
class _Release:
    """What is let go, and what of it the platform keeps."""

    campaign: Campaign
    amount: Money
    success_fee: Money


def _release(asked: _Release, by: Actor, at: dt.datetime) -> TransferOrder:
    campaign, fee = asked.campaign, asked.success_fee
    source, target = purses.restricted_account(campaign), purses.ordinary_account(campaign)
    if purses.fund(campaign).released_at is None:
        funds.release(fund=purses.fund(campaign), by=by, at=at)
    kind = TransferOrder.Kind.RELEASE
    order = _order(campaign, kind, asked.amount - fee, (source, target), at)
    specs = [_release_spec(order)]
    if fee > ZERO:
        kept = TransferOrder.Kind.SUCCESS_FEE
        specs.append(_fee_spec(_order(campaign, kept, fee, (source, None), at)))
    expectations.open_many(specs, at=at)
    facts = {"success_fee": str(fee.amount)}
    audit.record(action="campaign.release_ordered", subject=campaign, by=by, at=at, facts=facts)
    return order


def released_elsewhere(*, campaign: Campaign, amount: Money, on: dt.datetime) -> TransferOrder:
    """Write down a release that was ordered and done before this system knew the offer."""
    way = purses.restricted_account(campaign), purses.ordinary_account(campaign)
    order = _order(campaign, TransferOrder.Kind.RELEASE, amount, way, on)
    TransferOrder.objects.filter(pk=order.pk).update(arrived_at=on)
    order.refresh_from_db()
    return order


def on_release_met(met: Sequence[Met]) -> None:
    """The released money reached the issuer's account, all of it: the proceeds are in use from now."""
    for one in met:
        order = TransferOrder.objects.select_related("campaign").get(pk=one.expectation.owner_key)
        is_first = order.campaign.state == Campaign.State.SUCCEEDED
        if _has_arrived(order, one) and is_first:
            states.move(record=order.campaign, to=Campaign.State.IN_USE, by=SYSTEM, at=one.at)


def on_fee_met(met: Sequence[Met]) -> None:
    """The bank shows that the platform kept its success fee: own money owes it to raised money."""
    for one in met:
        order = TransferOrder.objects.select_related("campaign").get(pk=one.expectation.owner_key)
        if _has_arrived(order, one):
            books.success_fee_kept(order, at=one.at)


def on_top_up_met(met: Sequence[Met]) -> None:
    """A top-up is done when it reached the restricted account; that it left is the other half."""
    for one in met:
        if one.expectation.direction == Expectation.Direction.IN:
            _has_arrived(TransferOrder.objects.get(pk=one.expectation.owner_key), one)


def _has_arrived(order: TransferOrder, met: Met) -> bool:
    """Note that an order was carried out, with the line that brought the last part of it."""
    waits = TransferOrder.objects.filter(pk=order.pk, arrived_at=None)
    return expectations.is_met(met.expectation) and bool(waits.update(arrived_at=met.at))


def _allotted(campaign: Campaign) -> Money:
    amount = campaign.allotments.aggregate(sum=Sum("amount"))["sum"]
    return Money(amount, "EUR") if amount is not None else ZERO


def _ordered(campaign: Campaign) -> Money:
    """What was released already, with what the platform kept of it."""
    kinds = (TransferOrder.Kind.RELEASE, TransferOrder.Kind.SUCCESS_FEE)
    amount = campaign.transfer_orders.filter(kind__in=kinds).aggregate(sum=Sum("amount"))["sum"]
    return Money(amount, "EUR") if amount is not None else ZERO


def _refuse_unreleasable(campaign: Campaign, allotted: Money, success_fee: Money) -> None:
    if success_fee < ZERO or success_fee >= max(allotted, CENT):
        raise NotReleasable(_("A success fee is less than what is released."), field="success_fee")
    if campaign.state not in allotments.AFTER_SUCCESS or allotted <= ZERO:
        raise NotReleasable(
            _("Money is released once the campaign has succeeded."), campaign=campaign.slug
        )
    due = balances.balance(purses.due(campaign))
    if due > ZERO:
        raise FeesDue(
            _("Own money still owes %(due)s of payment fees: top them up first.")
            % {"due": said(due)},
            campaign=campaign.slug,
            due=str(due.amount),
        )
    if balances.balance(purses.held(campaign)) < allotted:
        raise NotReleasable(
            _("Less is held than was allotted: settle returns and disputes first."),
            campaign=campaign.slug,
        )


def _order(
    campaign: Campaign,
    kind: str,
    amount: Money,
    way: tuple[BankAccount, BankAccount | None],
    at: dt.datetime,
) -> TransferOrder:
    number = campaign.transfer_orders.filter(kind=kind).count() + 1
    return TransferOrder.objects.create(
        campaign=campaign,
        kind=kind,
        amount=amount,
        source=way[0],
        target=way[1],
        reference=references.creditor_reference(f"{kind}:{campaign.pk}:{number}"),
        ordered_at=at,
    )


def _release_spec(order: TransferOrder) -> ExpectationSpec:
    """One movement between two bank accounts: treasury makes two halves of it by itself."""
    campaign = order.campaign
    return ExpectationSpec(
        reference=order.reference,
        direction=Expectation.Direction.IN,
        amount=order.amount,
        bank_account=purses.ordinary_account(campaign),
        source=purses.held(campaign),
        target=purses.released(campaign),
        owner_kind=RELEASE_OWNER,
        owner_key=str(order.pk),
        counterparty=campaign.issuer.name,
        due_on=clock.day_of(order.ordered_at) + dt.timedelta(days=3),
    )


def _fee_spec(order: TransferOrder) -> ExpectationSpec:
    """The line by which the platform's part leaves the restricted account."""
    campaign = order.campaign
    return ExpectationSpec(
        reference=order.reference,
        direction=Expectation.Direction.OUT,
        amount=order.amount,
        bank_account=order.source,
        source=purses.held(campaign),
        target=purses.fee_kept(campaign),
        owner_kind=SUCCESS_FEE_OWNER,
        owner_key=str(order.pk),
        counterparty=campaign.platform.name if campaign.platform else "",
        due_on=clock.day_of(order.ordered_at) + dt.timedelta(days=3),
    )


def _top_up_specs(order: TransferOrder) -> list[ExpectationSpec]:
    """Two funds, so two expectations: own money leaves and owes less, raised money is made whole."""
    campaign = order.campaign
    own = bank_accounts.sub_account(bank_account=order.source, fund=purses.own_fund(campaign))
    out = ExpectationSpec(
        reference=order.reference,
        direction=Expectation.Direction.OUT,
        amount=order.amount,
        bank_account=order.source,
        source=own,
        target=purses.owed(campaign),
        owner_kind=TOP_UP_OWNER,
        owner_key=str(order.pk),
        counterparty=campaign.issuer.name,
    )
    come = ExpectationSpec(
        reference=order.reference,
        direction=Expectation.Direction.IN,
        amount=order.amount,
        bank_account=purses.restricted_account(campaign),
        source=purses.due(campaign),
        target=purses.held(campaign),
        owner_kind=TOP_UP_OWNER,
        owner_key=str(order.pk),
        counterparty=campaign.issuer.name,
    )
    return [out, come]
