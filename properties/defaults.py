"""What a winner owes who did not pay the balance, once the home was sold to another (c.p.c. 587).

The deposit is lost with the default (`deposits`); the rest is known after the resale and borne by own
money, never by raised capital, which pays for homes alone.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Conflict
from backend.core.money import ZERO
from backend.core.users import Actor
from backend.ledger.models import Purpose
from properties import auctions, contests, costs, deposits
from properties.models import Acquisition, CostLine


class NotDefaulted(Conflict):
    code = "default.not_defaulted"


class SettledAlready(Conflict):
    code = "default.settled_already"


@dataclass(frozen=True, kw_only=True)
class Resale:
    """What the home brought afterwards, and until when we owe the rest, to whom."""

    price: Money
    due_on: dt.date
    payee: str = ""


@transaction.atomic
def settle(
    *, acquisition: Acquisition, resale: Resale, by: Actor, at: dt.datetime
) -> CostLine | None:
    """Owe the rest of our price that deposit and resale did not cover; None where they did.

    Raises NotDefaulted, SettledAlready, NoPriceWon.
    """
    users.require(by, "cost.commit")
    locked = Acquisition.objects.select_for_update(no_key=True).get(pk=acquisition.pk)
    if locked.state != deposits.DEFAULTED:
        raise NotDefaulted(_("This purchase did not end with a balance that was not paid."))
    if locked.costs.filter(kind=Purpose.RUNNING).exists():
        raise SettledAlready(_("What is owed after the resale is written down already."))
    owed = owed_after(locked, resale.price)
    facts = {"resale": str(resale.price.amount), "owed": str(owed.amount)}
    audit.record(action="acquisition.resold", subject=locked, by=by, at=at, facts=facts)
    if owed <= ZERO:
        return None
    cost = costs.NewCost(
        kind=Purpose.RUNNING,
        amount=owed,
        due_on=resale.due_on,
        fund=costs.own_fund_of(locked.organisation_id),
        payee=resale.payee,
    )
    return costs.commit(acquisition=locked, cost=cost, by=by, at=at)


def owed_after(acquisition: Acquisition, resale_price: Money) -> Money:
    """What the resale leaves to be paid of our price, beside the deposit that was lost."""
    price = contests.price_won(acquisition)
    deposit = costs.paid(acquisition, Purpose.DEPOSIT)
    return auctions.owed_after_default(price=price, deposit=deposit, resale_price=resale_price)
