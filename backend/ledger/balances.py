"""Read balances: what came into an account less what left it, at a cost that does not grow."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from djmoney.money import Money

from backend.core.money import ZERO
from backend.ledger.models import Account, Balance, Transfer


def balance(account: Account) -> Money:
    """The balance of one account now."""
    return balances([account.pk])[account.pk]


def balances(account_ids: Iterable[int]) -> dict[int, Money]:
    """The balances of accounts now, by id, in one query."""
    rows = Balance.objects.filter(account_id__in=list(account_ids)).select_related("account")
    return {row.account_id: Money(row.amount, row.account.currency) for row in rows}


def total(accounts: Q) -> Money:
    """The sum of the balances of euro accounts that a condition on Account selects."""
    ids = Account.objects.filter(accounts, currency="EUR").values("pk")
    amount = Balance.objects.filter(account_id__in=ids).aggregate(sum=Sum("amount"))["sum"]
    return Money(amount, "EUR") if amount is not None else ZERO


def balances_on(account_ids: Iterable[int], day: dt.date) -> dict[int, Money]:
    """The balances at the end of a day, in euro, from entries dated until then; two queries."""
    ids = list(account_ids)
    upto = Transfer.objects.filter(entry__on__lte=day)
    came = _sums(upto.filter(target_id__in=ids), "target_id")
    left = _sums(upto.filter(source_id__in=ids), "source_id")
    return {pk: Money(came.get(pk, 0) - left.get(pk, 0), "EUR") for pk in ids}


def _sums(transfers: QuerySet[Transfer], side: str) -> dict[int, Decimal]:
    sums = transfers.values(side).annotate(sum=Sum("amount")).order_by()
    return {row[side]: row["sum"] for row in sums}
