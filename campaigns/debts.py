"""What investors owe after a chargeback, each with its open item: the transfer that is waited for.

How a debt begins and ends is in `chargebacks`; here is what is shown of it, to who owes and to finance.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from djmoney.money import Money

from backend.core.money import ZERO
from backend.treasury import expectations
from backend.treasury.models import Expectation
from campaigns.chargebacks import OWNER
from campaigns.models import Chargeback


@dataclass(frozen=True)
class Debt:
    """A chargeback with what came for it; nothing is open once it was paid or given back."""

    chargeback: Chargeback
    item: Expectation
    received: Money

    @property
    def open_amount(self) -> Money:
        is_open = self.item.state == Expectation.State.OPEN
        return max(self.chargeback.amount - self.received, ZERO) if is_open else ZERO

    @property
    def due_on(self) -> dt.date | None:
        return self.item.due_on

    @property
    def is_owed(self) -> bool:
        return self.open_amount > ZERO


def of(chargebacks: Iterable[Chargeback]) -> list[Debt]:
    """The debts of some chargebacks, in their order; two queries however many."""
    asked = list(chargebacks)
    keys = [str(each.pk) for each in asked]
    rows = Expectation.objects.filter(owner_kind=OWNER, owner_key__in=keys)
    items = {row.owner_key: row for row in rows.select_related("bank_account")}
    came = expectations.received(owner_kind=OWNER, owner_keys=keys)
    return [
        Debt(each, items[str(each.pk)], came.get(str(each.pk), ZERO))
        for each in asked
        if str(each.pk) in items
    ]
