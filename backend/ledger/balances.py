"""Read balances: what came into an account less what left it, now or as of a day.

Neither grows with the books: balances are kept by account, movements by account and day; a payer's
few transfers are read as they are.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from djmoney.money import Money

from backend.core.money import ZERO
from backend.ledger.models import Account, Balance, DayTotal, Transfer


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


def balance_on(account: Account, day: dt.date) -> Money:
    """The balance of one account at the end of a day."""
    return balances_on([account], day)[account.pk]


def balances_on(accounts: Iterable[Account], day: dt.date) -> dict[int, Money]:
    """The balances of accounts at the end of a day, by id, from entries dated until then; at most
    three queries."""
    asked = list(accounts)
    payers = [one.pk for one in asked if one.kind == Account.Kind.PAYER]
    others = [one.pk for one in asked if one.kind != Account.Kind.PAYER]
    sums = _kept(others, day) | _moved(payers, day)
    return {one.pk: Money(sums.get(one.pk, Decimal("0.00")), one.currency) for one in asked}


def _kept(ids: list[int], day: dt.date) -> dict[int, Decimal]:
    if not ids:
        return {}
    rows = DayTotal.objects.filter(account_id__in=ids, on__lte=day).values("account_id")
    return {
        row["account_id"]: row["came"] - row["gone"]
        for row in rows.annotate(came=Sum("came"), gone=Sum("gone")).order_by()
    }


def _moved(ids: list[int], day: dt.date) -> dict[int, Decimal]:
    if not ids:
        return {}
    until = Transfer.objects.filter(entry__on__lte=day)
    came = _sums(until.filter(target_id__in=ids), "target_id")
    left = _sums(until.filter(source_id__in=ids), "source_id")
    return {pk: came.get(pk, Decimal(0)) - left.get(pk, Decimal(0)) for pk in ids}


def _sums(transfers: QuerySet[Transfer], side: str) -> dict[int, Decimal]:
    sums = transfers.values(side).annotate(sum=Sum("amount")).order_by()
    return {row[side]: row["sum"] for row in sums}
