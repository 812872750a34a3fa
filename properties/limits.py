"""How much a purchase may cost: what a second person approved, and what the fund has.

Asked when a cost is owed. A line of the bank that comes all the same is refused by the books.
"""

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.errors import Conflict
from backend.core.money import ZERO, said
from backend.ledger import balances
from backend.ledger.models import Account, Fund, Purpose
from backend.treasury.models import Allocation
from properties.models import Acquisition, CostLine
from properties.models.routes import LAST_STATE, ROUTES, TITLE_STATES

PRICE = (Purpose.DEPOSIT, Purpose.PRICE)
"""The kinds that make up the price: the deposit is a part of it."""
ENDS = {
    route: frozenset(one for one, after in moves.items() if not after and one != LAST_STATE[route])
    for route, moves in ROUTES.items()
}
"""Per route the states in which a purchase is over and brought no home."""


class OverApproved(Conflict):
    code = "cost.over_approved"


class NotEnough(Conflict):
    code = "cost.not_enough"


class PurchaseEnded(Conflict):
    code = "cost.purchase_ended"


def refuse(*, acquisition: Acquisition, fund: Fund, kind: str, amount: Money) -> None:
    """Raise what speaks against one more cost. Locks purchase and fund: two never promise the same.

    Raises PurchaseEnded and NotEnough for a restricted fund, OverApproved for any.
    """
    purchase = Acquisition.objects.select_for_update(no_key=True).get(pk=acquisition.pk)
    if fund.is_restricted and has_ended(purchase):
        raise PurchaseEnded(_("This purchase has ended: raised capital pays for homes alone."))
    if kind in PRICE:
        _refuse_over_approved(purchase, amount)
    if fund.is_restricted:
        _refuse_beyond_fund(fund, amount)


def has_ended(acquisition: Acquisition) -> bool:
    """Whether it came to an end that brought no home."""
    return acquisition.state in ENDS[acquisition.route]


def approved(acquisition: Acquisition) -> Money:
    """The most that deposit and price may come to, as the second person saw it; zero if none."""
    if acquisition.max_price:
        return acquisition.max_price
    if not acquisition.is_recorded_afterwards:
        return ZERO
    # Entered when it was over: what was approved is the price on the decree or deed.
    title = acquisition.steps.filter(state__in=TITLE_STATES, amount__isnull=False).last()
    return (title.amount if title else None) or ZERO


def available(fund: Fund) -> Money:
    """What a fund has at the banks, less what it owes for purchases and has not paid."""
    # An account at no bank holds what was spent before the offer was taken over.
    place = Q(kind=Account.Kind.HOLDING, sub_account__isnull=False)
    if fund.released_at is not None:
        place |= Q(kind=Account.Kind.HELD)
    return balances.total(Q(fund=fund) & place) - _owed(fund)


def _refuse_over_approved(acquisition: Acquisition, amount: Money) -> None:
    most = approved(acquisition)
    owed = acquisition.costs.filter(CostLine.OWED, kind__in=PRICE)
    if _sum(owed) + amount > most:
        raise OverApproved(
            _("Deposit and price together would be more than the %(most)s that were approved.")
            % {"most": said(most)},
            field="amount",
        )


def _refuse_beyond_fund(fund: Fund, amount: Money) -> None:
    locked = Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    free = available(locked)
    if amount > free:
        raise NotEnough(
            _("%(fund)s has %(free)s that it does not owe yet.")
            % {"fund": fund.name, "free": said(free)},
            field="amount",
        )


def _owed(fund: Fund) -> Money:
    over = Q()
    for route, states in ENDS.items():
        over |= Q(acquisition__route=route, acquisition__state__in=states)
    lines = CostLine.objects.filter(fund=fund, expectation__state="open").exclude(over)
    paid = Allocation.objects.filter(expectation__cost_line__in=lines)
    return _sum(lines) - _sum(paid)


def _sum(rows: QuerySet[CostLine] | QuerySet[Allocation]) -> Money:
    amount = rows.aggregate(sum=Sum("amount"))["sum"]
    return Money(amount, "EUR") if amount is not None else ZERO
