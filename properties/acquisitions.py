"""Get a home: record the try, move it along its route, have it approved by a second person.

The routes are dicts beside the model, what must hold before a move is in `guards` (housing.md 3.7).
What it costs and who pays is in `costs`. No offer leaves the house before another person approved it.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, clock, states, users
from backend.core.errors import Conflict
from backend.core.models import Approval
from backend.core.users import Actor
from backend.ledger.models import Fund
from properties import costs, deposits, guards, limits, vehicles
from properties.guards import Step
from properties.households import refuse_future
from properties.models import Acquisition, AcquisitionStep, Unit
from properties.models.routes import (
    APPROVED_STATE,
    AT_COURT,
    FIRST_STATE,
    LAST_STATE,
    ROUTES,
    SIGNED_BY_HAND,
    TITLE_STATES,
    Route,
)

__all__ = ["Step"]  # who moves a purchase takes it from here
APPROVAL = costs.APPROVAL


class AnotherRoute(Conflict):
    code = "acquisition.another_route"


@dataclass(frozen=True, kw_only=True)
class NewAcquisition:
    """A try to get a home: by which route, paid by which fund, up to which price."""

    unit: Unit
    route: str
    fund: Fund | None = None
    base_price: Money | None = None
    max_price: Money | None = None
    noticed_on: dt.date | None = None
    deposit_asked: Money | None = None
    least_raise: Money | None = None
    offer_due_at: dt.datetime | None = None
    sale_on: dt.date | None = None
    balance_due_on: dt.date | None = None


@transaction.atomic
def record(*, new: NewAcquisition, by: Actor, at: dt.datetime) -> Acquisition:
    """Start a try to get a home, in the first state of its route. Raises TooLate, SecondHome."""
    users.require(by, "acquisition.edit")
    guards.refuse_past(sale_on=new.sale_on, offer_due_at=new.offer_due_at, at=at)
    acquisition = _create(new, FIRST_STATE[new.route], at, is_recorded_afterwards=False)
    step = Step(to=acquisition.state, on=clock.day_of(at), amount=new.base_price)
    _note(acquisition, step, by, at)
    return acquisition


@transaction.atomic
def record_completed(
    *, new: NewAcquisition, title: Step, possession_on: dt.date, by: Actor, at: dt.datetime
) -> Acquisition:
    """Enter a purchase that is over, with its past dates, in one go; approval is asked for at once.

    What it lacks is listed by `gaps`, not refused. `title` is the decree or deed.
    """
    users.require(by, "acquisition.edit")
    acquisition = enter(new=new, title=title, possession_on=possession_on, by=by, at=at)
    approvals.request(action=APPROVAL, subject=acquisition, by=by, at=at)
    return acquisition


def enter(
    *, new: NewAcquisition, title: Step, possession_on: dt.date, by: Actor, at: dt.datetime
) -> Acquisition:
    """Write down a home that came before, by a title or a mandate; who may and who approves is the
    caller's to see to. Raises AnotherRoute, Incomplete."""
    is_mandate = new.route in SIGNED_BY_HAND
    papers = {APPROVED_STATE[new.route]} if is_mandate else TITLE_STATES
    if title.to not in papers or title.to not in ROUTES[new.route]:
        raise AnotherRoute(_("This paper does not belong to this route."), field="title")
    for day in (title.on, possession_on):
        refuse_future(day, at)
    if possession_on < title.on:
        raise guards.Incomplete(_("A home is taken over after its title."), field="possession_on")
    guards.refuse_one_witness(title)
    if is_mandate:
        guards.refuse_open_terms(title)
    # No move to each state: what happened years ago was not done by the person who enters it now.
    acquisition = _create(new, LAST_STATE[new.route], at, is_recorded_afterwards=True)
    _note(acquisition, title, by, at)
    taken_over = acquisition.state if is_mandate else "POSSESSION"
    _note(acquisition, Step(to=taken_over, on=possession_on), by, at)
    if not is_mandate:
        _note(acquisition, Step(to=acquisition.state, on=clock.day_of(at)), by, at)
    _follow(acquisition, title, by, at)
    return acquisition


def request_approval(
    *, acquisition: Acquisition, by: Actor, at: dt.datetime, note: str = ""
) -> Approval:
    """Ask a second person to approve the purchase up to its highest price."""
    users.require(by, "acquisition.edit")
    is_bid = acquisition.route in {*AT_COURT, Route.MARKET}
    if is_bid and not acquisition.is_recorded_afterwards and not acquisition.max_price:
        raise guards.Incomplete(_("Say first how much may be offered at most."), field="max_price")
    return approvals.request(action=APPROVAL, subject=acquisition, by=by, at=at, note=note)


def approve(acquisition: Acquisition, *, by: Actor, at: dt.datetime) -> Acquisition:
    """What follows the second person's yes: the approved state, unless the purchase is further."""
    goal = APPROVED_STATE[acquisition.route]
    # A purchase recorded afterwards is past this state: it is approved, and stays where it is.
    is_act = acquisition.route in SIGNED_BY_HAND
    if goal in ROUTES[acquisition.route][acquisition.state] and not is_act:
        states.move(record=acquisition, to=goal, by=by, at=at)
        step = Step(to=goal, on=clock.day_of(at), amount=acquisition.max_price)
        _note(acquisition, step, by, at)
    return acquisition


@transaction.atomic
def move(*, acquisition: Acquisition, step: Step, by: Actor, at: dt.datetime) -> Acquisition:
    """Move along the route of the record, if the guards of the goal hold.

    Raises WrongState, AnotherRoute, InTheFuture, BackInTime, and what each guard below raises.
    """
    users.require(by, "acquisition.edit")
    if step.to not in ROUTES[acquisition.route].get(acquisition.state, frozenset()):
        raise AnotherRoute(
            _("From “%(before)s” this route does not go to “%(to)s”.")
            % {"before": acquisition.state, "to": step.to},
            field="to",
        )
    if step.to == APPROVED_STATE[acquisition.route]:
        guards.refuse_unapproved(acquisition)
    guards.refuse_bad_day(acquisition, step, at)
    guards.hold(acquisition, step)
    deposits.hold(acquisition)
    # The state first: of two who move at once, the loser must not leave a step behind.
    states.move(record=acquisition, to=step.to, by=by, at=at)
    _note(acquisition, step, by, at)
    _follow(acquisition, step, by, at)
    return acquisition


def _follow(acquisition: Acquisition, step: Step, by: Actor, at: dt.datetime) -> None:
    """What a state brings with it: a deadline, the title, a deposit that comes back or is lost."""
    for name in ("balance_due_on", "term_ends_on"):
        if day := getattr(step, name):
            setattr(acquisition, name, day)
            acquisition.save(update_fields=[name])
    if step.to in TITLE_STATES:
        _take_title(acquisition, step.on)
    if step.to in ("MANDATE_SIGNED", "RETURNED"):
        is_ours = step.to == "MANDATE_SIGNED"
        _own(acquisition.unit, Unit.Ownership.MANAGED if is_ours else Unit.Ownership.RETURNED)
    if step.to == deposits.DEFAULTED:
        deposits.forfeit(acquisition=acquisition, on=step.on, by=by, at=at)
    elif limits.has_ended(acquisition):
        deposits.expect_back(acquisition=acquisition, at=at)


def _create(
    new: NewAcquisition, state: str, at: dt.datetime, *, is_recorded_afterwards: bool
) -> Acquisition:
    vehicles.refuse_second(unit=new.unit, fund=new.fund)
    told = {name: value for name, value in vars(new).items() if name != "unit"}
    return Acquisition.objects.create(
        organisation=new.unit.organisation,
        unit=new.unit,
        state=state,
        is_recorded_afterwards=is_recorded_afterwards,
        created_at=at,
        **told,
    )


def _note(acquisition: Acquisition, step: Step, by: Actor, at: dt.datetime) -> None:
    AcquisitionStep.objects.create(
        acquisition=acquisition,
        state=step.to,
        on=step.on,
        amount=step.amount,
        document=step.document,
        bids_as=step.bids_as,
        witness=step.witness,
        other_witness=step.other_witness,
        at=at,
        by_label=users.label(by),
    )


def _take_title(acquisition: Acquisition, on: dt.date) -> None:
    acquisition.title_on = on
    acquisition.save(update_fields=["title_on"])
    _own(acquisition.unit, Unit.Ownership.OWNED)


def _own(unit: Unit, ownership: str) -> None:
    unit.ownership = ownership
    unit.save(update_fields=["ownership"])
