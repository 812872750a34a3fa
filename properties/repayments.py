"""Plans by which arrears are paid off: open one, check all every day, give one up (housing.md 3.5).

What should be owed on a day is arithmetic; what is owed is what the books say of the rents that were
in arrears when the plan began. A plan that is broken heals when the money comes.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, parameters, states, users
from backend.core.errors import Conflict, Refused
from backend.core.money import cents, from_cents
from backend.core.users import SYSTEM, Actor
from properties import arrears
from properties.models import PlanCheck, RepaymentPlan, Tenancy

FLOOR = "repayment.floor_cents"
"""A breach below this parameter is ignored (the floor of housing.md 3.5)."""

STEP_DAYS = {"weekly": 7, "fortnightly": 14, "four_weekly": 28}
OPEN = (RepaymentPlan.State.LIVE, RepaymentPlan.State.BREACHED)


class NothingOwed(Conflict):
    code = "repayment.nothing_owed"


class OneAlready(Conflict):
    code = "repayment.one_already"


class BadInstalment(Refused):
    code = "repayment.bad_instalment"


NOTES_LENGTH = 300


@dataclass(frozen=True, kw_only=True)
class NewPlan:
    """How the arrears of a tenancy are to be paid off."""

    tenancy: Tenancy
    instalment: Money
    frequency: str
    starts_on: dt.date
    first_payment: Money | None = None
    first_payment_on: dt.date | None = None
    kind: str = RepaymentPlan.Kind.INFORMAL
    tolerance_days: int = 5
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """A plan in plain values, cents; what `expected` and `judged` look at."""

    starting: int
    first: int
    first_on: dt.date | None
    instalment: int
    frequency: str
    starts_on: dt.date
    tolerance_days: int


def instalments_due(terms: Terms, *, on: dt.date) -> int:
    """How many instalments should have come by a day, the days of grace over."""
    last = on - dt.timedelta(days=terms.tolerance_days)
    if last < terms.starts_on:
        return 0
    if terms.frequency == RepaymentPlan.Frequency.MONTHLY:
        return _months(terms.starts_on, last) + 1
    return (last - terms.starts_on).days // STEP_DAYS[terms.frequency] + 1


def expected(terms: Terms, *, on: dt.date) -> int:
    """Cents that may still be owed on a day: max(0, start - first payment - due x instalment)."""
    first = 0
    if terms.first_on and on >= terms.first_on + dt.timedelta(days=terms.tolerance_days):
        first = terms.first
    return max(0, terms.starting - first - instalments_due(terms, on=on) * terms.instalment)


def judged(terms: Terms, *, actual: int, on: dt.date, floor: int) -> str:
    """How a plan stands: paid off, broken by more than the floor, or kept; all in cents."""
    if actual <= 0:
        return RepaymentPlan.State.COMPLETED
    if actual - expected(terms, on=on) > floor:
        return RepaymentPlan.State.BREACHED
    return RepaymentPlan.State.LIVE


def open_plan(*, new: NewPlan, by: Actor, at: dt.datetime) -> RepaymentPlan:
    """Agree on a plan for what a tenancy owes today. Raises NothingOwed, BadInstalment, OneAlready."""
    users.require(by, "tenancy.edit")
    today = clock.day_of(at)
    owed = arrears.covered(arrears.dues([new.tenancy.pk], as_of=today), until=today)
    if not owed:
        raise NothingOwed(_("Nothing is owed by this tenancy today."))
    _refuse_bad(new, owed)
    # No look before the insert: two at once would both find no plan; the database lets one in.
    try:
        with transaction.atomic():
            plan = RepaymentPlan.objects.create(
                **vars(new),
                starting_balance=from_cents(owed),
                opened_at=at,
                by_label=users.label(by),
            )
            audit.record(action="repayment.opened", subject=plan, by=by, at=at)
    except IntegrityError as problem:
        raise OneAlready(_("This tenancy has a plan that is going on.")) from problem
    return plan


@transaction.atomic
def give_up(*, plan: RepaymentPlan, reason: str, by: Actor, at: dt.datetime) -> RepaymentPlan:
    """End a plan by hand, with the reason; another may then be agreed on.

    Writes a row of its state on the day (3.5), so that figures of days before stay as they were.
    """
    users.require(by, "tenancy.edit")
    given_up = RepaymentPlan.State.CANCELLED
    states.move(record=plan, to=given_up, by=by, at=at)
    # With the plan, which can forget it; the audit trail cannot.
    plan.notes = f"{plan.notes} {reason}".strip()[:NOTES_LENGTH]
    plan.save(update_fields=["notes"])
    today = clock.day_of(at)
    owed = arrears.dues([plan.tenancy_id], as_of=today)
    actual = arrears.covered(owed, until=clock.day_of(plan.opened_at))
    check = _check(plan, actual, today, floor=0)
    check.state = given_up
    check.save()
    return plan


@transaction.atomic
def check_all(*, on: dt.date, at: dt.datetime) -> dict[str, int]:
    """Look at every plan that is going on; count what was found and what changed. Repeatable.

    A new row is written only where state, expected or actual changed; else the plan is touched.
    """
    plans = list(
        RepaymentPlan.objects.select_for_update(of=("self",))
        .filter(state__in=OPEN)
        .select_related("tenancy")
        .order_by("pk")
    )
    dues = arrears.dues([plan.tenancy_id for plan in plans], as_of=on)
    owing = arrears.by_tenancy(dues)
    found: Counter[str] = Counter(checked=len(plans))
    last = _last_checks(plans)
    floor = int(parameters.value(FLOOR, on=on))
    for plan in plans:
        begun = clock.day_of(plan.opened_at)
        actual = arrears.covered(owing.get(plan.tenancy_id, []), until=begun)
        check = _check(plan, actual, on, floor)
        found[check.state.lower()] += 1
        if _tells_news(check, last.get(plan.pk)):
            check.save()
            found["changed"] += 1
        if check.state != plan.state:
            states.move(record=plan, to=check.state, by=SYSTEM, at=at)
    RepaymentPlan.objects.filter(pk__in=[plan.pk for plan in plans]).update(checked_at=at)
    return dict(found)


def terms_of(plan: RepaymentPlan) -> Terms:
    """A plan in plain values."""
    return Terms(
        starting=cents(plan.starting_balance),
        first=cents(plan.first_payment) if plan.first_payment else 0,
        first_on=plan.first_payment_on,
        instalment=cents(plan.instalment),
        frequency=plan.frequency,
        starts_on=plan.starts_on,
        tolerance_days=plan.tolerance_days,
    )


def _check(plan: RepaymentPlan, actual: int, on: dt.date, floor: int) -> PlanCheck:
    terms = terms_of(plan)
    return PlanCheck(
        plan=plan,
        on=on,
        state=judged(terms, actual=actual, on=on, floor=floor),
        expected=from_cents(expected(terms, on=on)),
        actual=from_cents(actual),
    )


def _last_checks(plans: Iterable[RepaymentPlan]) -> dict[int, PlanCheck]:
    rows = PlanCheck.objects.filter(plan__in=[plan.pk for plan in plans]).order_by("id")
    return {row.plan_id: row for row in rows}


def _tells_news(check: PlanCheck, last: PlanCheck | None) -> bool:
    if last is None:
        return True
    before = (last.state, last.expected, last.actual)
    return before != (check.state, check.expected, check.actual)


def _refuse_bad(new: NewPlan, owed: int) -> None:
    if new.instalment.amount <= 0:
        raise BadInstalment(_("An instalment is above zero."), field="instalment")
    first = cents(new.first_payment) if new.first_payment else 0
    if cents(new.instalment) + first > owed:
        raise BadInstalment(_("The first payments are more than is owed."), field="instalment")
    if (new.first_payment is None) != (new.first_payment_on is None):
        raise BadInstalment(_("A first payment has a day."), field="first_payment_on")


def _months(first: dt.date, last: dt.date) -> int:
    """Whole months from a day to another; the 31st counts from the last day of a short month."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if last.day >= min(first.day, _days_in(last)) else months - 1


def _days_in(day: dt.date) -> int:
    following = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return (following - dt.timedelta(days=1)).day
