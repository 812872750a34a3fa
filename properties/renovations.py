"""Works on a home, thin: open them, move them on, pay them by a fund whose policy covers works."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, states, users
from backend.core.errors import Refused
from backend.core.users import Actor
from backend.ledger.models import Fund, Purpose
from properties import costs
from properties.models import Unit, Works


class BeforeStart(Refused):
    code = "works.before_start"


@dataclass(frozen=True, kw_only=True)
class NewWorks:
    """Works to be done in a home, and who pays them."""

    unit: Unit
    description: str
    budget: Money
    fund: Fund
    started_on: dt.date


@transaction.atomic
def begin(*, new: NewWorks, by: Actor, at: dt.datetime) -> Works:
    """Open works. Raises FundDoesNotPay: raised capital "for acquisition only" pays no works."""
    users.require(by, "works.edit")
    costs.refuse_unpayable(fund=new.fund, kind=Purpose.WORKS, on=new.started_on)
    works = Works.objects.create(
        unit=new.unit,
        description=new.description,
        budget=new.budget,
        fund=new.fund,
        started_on=new.started_on,
    )
    audit.record(action="works.begun", subject=works, by=by, at=at)
    return works


@transaction.atomic
def finish(*, works: Works, on: dt.date, by: Actor, at: dt.datetime) -> Works:
    """Call works ready: the home may be let from now on."""
    users.require(by, "works.edit")
    if on < works.started_on:
        raise BeforeStart(_("Works end after they begin."), field="on")
    # The day before the state: the database refuses a home that is ready since no day.
    works.ready_on = on
    works.save(update_fields=["ready_on"])
    return states.move(record=works, to="READY", by=by, at=at)
