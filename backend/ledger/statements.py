"""What an account, or all accounts of an organisation, held and moved between two days.

Opening + movements = closing, of which the movements are read from the transfers and the balances from
the kept days: were they to differ, nothing is shown.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation, User
from backend.ledger import balances
from backend.ledger.models import Account, DayTotal, Fund, Transfer

NOTHING = Decimal("0.00")


class DoesNotAddUp(Conflict):
    code = "statement.does_not_add_up"


class EndsBeforeStart(Refused):
    code = "statement.ends_before_start"


@dataclass(frozen=True)
class Period:
    """The days of a statement, both included. Raises EndsBeforeStart."""

    from_on: dt.date
    to_on: dt.date

    def __post_init__(self) -> None:
        if self.to_on < self.from_on:
            raise EndsBeforeStart(_("The last day lies before the first."), field="to_on")

    @property
    def eve(self) -> dt.date:
        """The day before the first: its balance is the opening."""
        return self.from_on - dt.timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """What an account held and moved; without an account, the payers of the fund together."""

    account: Account | None
    fund: Fund | None
    opening: Money
    came: Money
    gone: Money

    @property
    def closing(self) -> Money:
        return self.opening + self.came - self.gone


def visible_accounts(person: User) -> QuerySet[Account]:
    """The accounts that stand in the books of the person's organisation."""
    return Account.objects.filter(organisation=person.organisation)


def statement(*, account: Account, period: Period) -> Row:
    """One account's opening, movements and closing. Raises DoesNotAddUp."""
    opening = balances.balance_on(account, period.eve)
    came, gone = (
        Money(_sum(movements(account=account, period=period).filter(side)), account.currency)
        for side in (Q(target=account), Q(source=account))
    )
    row = Row(account, account.fund, opening, came, gone)
    if row.closing != balances.balance_on(account, period.to_on):
        raise DoesNotAddUp(
            _("The movements do not lead from the opening to the closing balance."),
            account=account.code,
        )
    return row


def movements(*, account: Account, period: Period) -> QuerySet[Transfer]:
    """The transfers of an account in a period, in the order of their days."""
    ours = Transfer.objects.filter(Q(source=account) | Q(target=account))
    within = ours.filter(entry__on__range=(period.from_on, period.to_on))
    return within.select_related("entry", "source", "target").order_by("entry__on", "id")


def trial_balance(*, organisation: Organisation, period: Period) -> list[Row]:
    """Every account that ever moved until the period's end, payers pooled by fund; funds in order of
    their code, accounts without one last. Raises DoesNotAddUp unless each fund nets to nothing."""
    days = DayTotal.objects.filter(
        Q(account__organisation=organisation) | Q(fund__organisation=organisation),
        on__lte=period.to_on,
    )
    before, within = Q(on__lt=period.from_on), Q(on__gte=period.from_on)
    sums = days.values("account_id", "fund_id", "currency").annotate(
        came_before=Sum("came", filter=before),
        gone_before=Sum("gone", filter=before),
        came_within=Sum("came", filter=within),
        gone_within=Sum("gone", filter=within),
    )
    rows = _rows([dict(one) for one in sums.order_by()])
    _refuse_unbalanced(rows)
    return rows


def _rows(sums: Iterable[dict[str, Any]]) -> list[Row]:
    found = list(sums)
    accounts = Account.objects.select_related("fund").in_bulk(
        [one["account_id"] for one in found if one["account_id"]]
    )
    funds = Fund.objects.in_bulk([one["fund_id"] for one in found if one["fund_id"]])
    rows = [_row(one, accounts, funds) for one in found]
    return sorted(rows, key=_place)


def _row(one: dict[str, Any], accounts: dict[int, Account], funds: dict[int, Fund]) -> Row:
    def money(*names: str) -> list[Money]:
        return [Money(one[name] or NOTHING, one["currency"]) for name in names]

    came_before, gone_before, came, gone = money(
        "came_before", "gone_before", "came_within", "gone_within"
    )
    account = accounts.get(one["account_id"])
    fund = account.fund if account else funds[one["fund_id"]]
    return Row(account, fund, came_before - gone_before, came, gone)


def _place(row: Row) -> tuple[bool, str, bool, str, str]:
    kind, code = (row.account.kind, row.account.code) if row.account else ("", "")
    return row.fund is None, row.fund.code if row.fund else "", row.account is not None, kind, code


def _refuse_unbalanced(rows: Iterable[Row]) -> None:
    sums: dict[tuple[int | None, str], Money] = {}
    for row in rows:
        key = (row.fund.pk if row.fund else None, str(row.closing.currency))
        sums[key] = sums.get(key, row.closing * 0) + row.closing
    wrong = [fund for (fund, _currency), amount in sums.items() if amount.amount]
    if wrong:
        raise DoesNotAddUp(_("The accounts of a fund do not net to nothing."), funds=wrong)


def _sum(transfers: QuerySet[Transfer]) -> Decimal:
    found: Decimal | None = transfers.aggregate(sum=Sum(F("amount")))["sum"]
    return found if found is not None else NOTHING
