"""Works on homes: open them, move them on, vary their budget, pay them by a fund whose policy covers works.

Raised capital "for acquisition only" pays none; purchase and works are always told apart. A home is
improved (IRIS PI6058) when its works are READY, not before.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, audit, clock, states, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval
from backend.core.money import ZERO, positive, said
from backend.core.users import Actor
from backend.ledger.models import Fund, Purpose
from properties import costs
from properties.households import refuse_future
from properties.models import (
    Acquisition,
    CostLine,
    EnergyCertificate,
    HomeDocument,
    Unit,
    Works,
    WorksStep,
    WorksVariation,
)
from properties.models.works import SUSPENDED

ACTION = "works.variation"
KINDS = (Purpose.WORKS, Purpose.FURNITURE)
"""What works may be paid as."""


class BeforeStart(Refused):
    code = "works.before_start"


class BackInTime(Refused):
    code = "works.back_in_time"


class NoReason(Refused):
    code = "works.no_reason"


class NoChange(Refused):
    code = "works.no_change"


class AnotherStage(Conflict):
    code = "works.another_stage"


class OverBudget(Conflict):
    code = "works.over_budget"


class NoHome(Conflict):
    code = "works.no_home"


@dataclass(frozen=True, kw_only=True)
class NewWorks:
    """Works to be done in a home, who does them, and who pays."""

    unit: Unit
    description: str
    budget: Money
    fund: Fund
    started_on: dt.date
    planned_ready_on: dt.date | None = None
    contractor: str = ""
    has_social_clause: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """A stage that was reached, or a halt; a halt has its reason in the note."""

    to: str
    on: dt.date
    note: str = ""


@dataclass(frozen=True)
class Budget:
    """What works may cost now, what of that is owed, and what was paid."""

    first: Money
    now: Money
    committed: Money
    paid: Money

    @property
    def left(self) -> Money:
        """What may still be committed."""
        return self.now - self.committed


@transaction.atomic
def begin(*, new: NewWorks, by: Actor, at: dt.datetime) -> Works:
    """Open works. Raises FundDoesNotPay: raised capital "for acquisition only" pays no works."""
    users.require(by, "works.edit")
    costs.refuse_unpayable(fund=new.fund, kind=Purpose.WORKS, on=new.started_on)
    if new.planned_ready_on and new.planned_ready_on < new.started_on:
        raise BeforeStart(_("Works end after they begin."), field="planned_ready_on")
    positive(new.budget)
    works = Works.objects.create(**vars(new))
    _note(works, Step(to=works.state, on=new.started_on), by, at)
    audit.record(action="works.begun", subject=works, by=by, at=at)
    return works


@transaction.atomic
def move(*, works: Works, step: Step, by: Actor, at: dt.datetime) -> Works:
    """Write down a stage that was reached, a halt, or that works go on where they stood.

    Raises WrongState, InTheFuture, BeforeStart, BackInTime, NoReason for a halt without one,
    AnotherStage.
    """
    users.require(by, "works.edit")
    _refuse_step(works, step, at)
    if step.to == "READY":
        # The day before the state: the database refuses a home that is ready since no day.
        works.ready_on = step.on
        works.save(update_fields=["ready_on"])
    states.move(record=works, to=step.to, by=by, at=at, reason=step.note)
    _note(works, step, by, at)
    return works


@transaction.atomic
def vary(*, works: Works, amount: Money, reason: str, by: Actor, at: dt.datetime) -> Approval:
    """Ask a second person to change the budget by an amount, up or down. Raises NoReason, OverBudget
    when less would be left than is owed already."""
    users.require(by, "works.edit")
    if not reason.strip():
        raise NoReason(_("Say why the budget changes."), field="reason")
    if amount == ZERO:
        raise NoChange(_("Say by how much the budget changes."), field="amount")
    if budget(works).left + amount < ZERO:
        raise OverBudget(_("More than that is owed already."), field="amount")
    variation = WorksVariation.objects.create(
        organisation=works.unit.organisation,
        works=works,
        amount=amount,
        reason=reason,
        on=clock.day_of(at),
        asked_at=at,
    )
    return approvals.request(action=ACTION, subject=variation, by=by, at=at, note=reason)


def approve(variation: WorksVariation, *, by: Actor, at: dt.datetime) -> WorksVariation:
    """What follows the second person's yes: the variation counts."""
    variation.approved_at = at
    variation.save(update_fields=["approved_at"])
    facts = {"amount": str(variation.amount.amount), "reason": variation.reason}
    audit.record(action="works.varied", subject=variation.works, by=by, at=at, facts=facts)
    return variation


@transaction.atomic
def commit(*, works: Works, cost: costs.NewCost, by: Actor, at: dt.datetime) -> CostLine:
    """Owe a cost of works, within their budget. Raises OverBudget, NoHome, and what `costs.commit` does."""
    users.require(by, "cost.commit")
    locked = Works.objects.select_for_update(no_key=True).get(pk=works.pk)
    if cost.kind not in KINDS:
        raise costs.FundDoesNotPay(_("Works are paid as works or furniture."), field="kind")
    left = budget(locked).left
    if cost.amount > left:
        raise OverBudget(
            _("The budget has %(left)s left: vary it first.") % {"left": said(left)},
            field="amount",
        )
    purchase = Acquisition.objects.filter(unit=works.unit_id).order_by("pk").last()
    if purchase is None:
        raise NoHome(_("This home has not come to us by any way yet."))
    paid_by = cost.fund or works.fund
    told = costs.NewCost(**{**vars(cost), "fund": paid_by, "works": works})
    return costs.commit(acquisition=purchase, cost=told, by=by, at=at)


def budget(works: Works) -> Budget:
    """What the works may cost, and what of it is used."""
    return budgets([works])[works.pk]


def budgets(many: Collection[Works]) -> dict[int, Budget]:
    """What some works may cost, and what of it is used, by their keys; four queries however many."""
    varied = WorksVariation.objects.filter(works__in=many, approved_at__isnull=False)
    lines = CostLine.objects.filter(works__in=many)
    more = _sums(varied)
    owed = _sums(lines.filter(CostLine.OWED))
    paid = costs.paid_by(lines, "works")
    return {
        one.pk: Budget(
            first=one.budget,
            now=one.budget + more.get(one.pk, ZERO),
            committed=owed.get(one.pk, ZERO),
            paid=paid.get(one.pk, ZERO),
        )
        for one in many
    }


def missing(works: Works) -> list[str]:
    """What works still lack that are certified or ready, as sentences; never a reason to refuse."""
    return missing_many([works])[works.pk]


def missing_many(many: Collection[Works]) -> dict[int, list[str]]:
    """The same of some works, by their keys; two queries however many."""
    homes = {each.unit_id for each in many}
    certificates = EnergyCertificate.objects.filter(unit__in=homes, issued_on__isnull=False)
    # In the order of their days, so that the newest of a home is the one that is kept.
    issued = dict(certificates.order_by("issued_on").values_list("unit", "issued_on"))
    plants = HomeDocument.objects.filter(unit__in=homes, kind=HomeDocument.Kind.PLANT)
    declared = set(plants.values_list("unit", flat=True))
    return {one.pk: _lacks(one, issued.get(one.unit_id), one.unit_id in declared) for one in many}


def _lacks(works: Works, certified_on: dt.date | None, is_declared: bool) -> list[str]:
    if works.state not in ("CERTIFIED", "READY"):
        return []
    lacks = []
    if certified_on is None or certified_on < works.started_on:
        lacks.append(str(_("The energy certificate after the works.")))
    if not is_declared:
        lacks.append(str(_("The declarations of conformity of the plants.")))
    return lacks


def _sums(rows: "QuerySet[Any]") -> dict[int, Money]:
    sums = rows.order_by().values_list("works").annotate(sum=Sum("amount"))
    return {works: Money(amount, "EUR") for works, amount in sums}


def _refuse_step(works: Works, step: Step, at: dt.datetime) -> None:
    refuse_future(step.on, at)
    if step.on < works.started_on:
        raise BeforeStart(_("Works end after they begin."), field="on")
    before = works.steps.order_by("pk").last()
    if before is not None and step.on < before.on:
        raise BackInTime(_("The step before was on a later day."), field="on")
    last = works.steps.exclude(state=SUSPENDED).order_by("pk").last()
    if step.to == SUSPENDED and not step.note.strip():
        raise NoReason(_("Say why the works stand still."), field="note")
    if works.state == SUSPENDED and last and step.to != last.state:
        raise AnotherStage(_("Works go on at the stage where they stood."), field="to")


def _note(works: Works, step: Step, by: Actor, at: dt.datetime) -> None:
    WorksStep.objects.create(
        works=works, state=step.to, on=step.on, note=step.note, at=at, by_label=users.label(by)
    )
