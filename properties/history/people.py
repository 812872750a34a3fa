"""Facts about people for the indicators, read set-based: a fixed number of queries however many.

Plain values alone: no name is read here, and what is told of the results is `disclosure`'s.
"""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from backend.core import clock, parameters
from backend.core.models import Organisation, Parameter
from properties import arrears, consents
from properties.history.known import Known
from properties.history.stays import Lives, Row, cents
from properties.indicators.facts import (
    Amount,
    Answer,
    Baseline,
    Counted,
    Happening,
    Income,
    PlanFact,
    RentAccount,
    Span,
)
from properties.models import (
    Aid,
    Consent,
    Debt,
    PlanCheck,
    RepaymentPlan,
    SupportAction,
    SupportOutcome,
    SurveyAnswer,
    Tally,
)
from properties.models import (
    Income as IncomeRow,
)

ADVICE = (
    SupportAction.Kind.BUDGET_ADVICE,
    SupportAction.Kind.LEGAL_AID,
    SupportAction.Kind.JOB_SUPPORT,
)
"""Actions that are a session with one household alone (IRIS PI5352)."""

BASELINE = "hotel.wait_days", "hotel.tariff", "hotel.deadweight_low", "hotel.deadweight_high"
CARBON, GAP = "energy.carbon_grams", "sustainment.gap_days"
NUMBERS = (*BASELINE, CARBON, GAP)
"""The parameters that indicators rest on, whole numbers all."""


def facts(organisation: Organisation, *, as_of: dt.date) -> dict[str, Any]:
    """All facts about people of an issuer, by the names that `Facts` gives them."""
    lives = Lives(organisation)
    known = Known(organisation, as_of=as_of)
    stays = lives.stays(known.referred_on, known.people)
    return {
        "stays": stays,
        "households": known.households(stays),
        "outcomes": lives.outcomes(),
        "evictions": lives.evictions(),
        "relief": _relief(organisation, as_of),
        "aid": _aid(organisation),
        "advice": _happenings(SupportAction.objects.filter(kind__in=ADVICE), organisation),
        "job_support": _happenings(
            SupportAction.objects.filter(kind=SupportAction.Kind.JOB_SUPPORT), organisation
        ),
        "jobs_found": _happenings(
            SupportOutcome.objects.filter(code=SupportOutcome.Code.JOB_FOUND), organisation
        ),
        "plans": tuple(_plans(organisation, as_of)),
        "rent_accounts": _rent_accounts(organisation, lives.leases, as_of),
        "incomes": _incomes(organisation),
        "answers": _answers(organisation),
        "forgotten": _forgotten(organisation),
        "baseline": baseline(on=as_of),
        "carbon_grams": _number(CARBON, as_of),
        "gap_days": _number(GAP, as_of),
    }


def baseline(*, on: dt.date) -> Baseline | None:
    """What would have been without us, by the parameters in force; None before they were set."""
    numbers = [_number(code, on) for code in BASELINE]
    known = [number for number in numbers if number is not None]
    return Baseline(*known) if len(known) == len(numbers) else None


def _number(code: str, on: dt.date) -> int | None:
    try:
        return int(parameters.value(code, on=on))
    except Parameter.DoesNotExist:
        return None


def _relief(organisation: Organisation, as_of: dt.date) -> tuple[Amount, ...]:
    """What creditors gave up, and what completed plans paid off."""
    debts = _of(Debt.objects.filter(settled_on__isnull=False), organisation)
    given_up = [
        Amount(who, cents(owed) - cents(paid), on)
        for who, owed, paid, on in debts.values_list(
            "household", "owed", "settled_for", "settled_on"
        )
    ]
    done = PlanCheck.objects.filter(
        plan__tenancy__unit__organisation=organisation,
        state=RepaymentPlan.State.COMPLETED,
        on__lte=as_of,
    )
    cured = [
        Amount(who, cents(start), on)
        for who, start, on in done.values_list(
            "plan__tenancy__household", "plan__starting_balance", "on"
        )
    ]
    return (*given_up, *cured)


def _aid(organisation: Organisation) -> tuple[Amount, ...]:
    granted = _of(Aid.objects.filter(decision=Aid.State.GRANTED), organisation)
    return tuple(
        Amount(who, cents(amount), on)
        for who, amount, on in granted.values_list("household", "amount", "decided_on")
    )


def _plans(organisation: Organisation, as_of: dt.date) -> list[PlanFact]:
    """Each plan as its last check until the day found it; opened that day, it is kept."""
    rows = RepaymentPlan.objects.filter(tenancy__unit__organisation=organisation)
    checks = PlanCheck.objects.filter(plan__in=rows, on__lte=as_of).order_by("id")
    state = dict(checks.values_list("plan", "state"))
    return [
        PlanFact(clock.day_of(at), pk, who, state.get(pk, RepaymentPlan.State.LIVE))
        for pk, who, at in rows.values_list("pk", "tenancy__household", "opened_at")
    ]


def _rent_accounts(
    organisation: Organisation, leases: dict[int, Row], as_of: dt.date
) -> tuple[RentAccount, ...]:
    return tuple(
        RentAccount(leases[pk][1], max(due - paid, 0), years_rent(leases[pk], as_of))
        for pk, due, paid in arrears.accounts(organisation=organisation.pk, as_of=as_of)
    )


def years_rent(lease: Row, as_of: dt.date) -> int:
    """Cents that a contract owes in a year, charges too: nothing once it is over, though rent be owed."""
    is_over = lease[4] is not None and lease[4] <= as_of
    return 0 if is_over else 12 * (cents(lease[6]) + cents(lease[7]))


def _incomes(organisation: Organisation) -> tuple[Income, ...]:
    rows = _of(IncomeRow.objects.order_by("on"), organisation)
    return tuple(
        Income(who, on, cents(monthly), cents(allowance))
        for who, on, monthly, allowance in rows.values_list(
            "household", "on", "monthly", "allowance"
        )
    )


def _answers(organisation: Organisation) -> tuple[Answer, ...]:
    rows = _of(SurveyAnswer.objects.order_by("on"), organisation)
    rows = rows.exclude(household__in=consents.taken_back(Consent.Scope.SURVEY).values("household"))
    return tuple(Answer(*row) for row in rows.values_list("household", "on", "score"))


def _forgotten(organisation: Organisation) -> tuple[Counted, ...]:
    """Their numbers are below zero: those of no household."""
    rows = Tally.objects.filter(organisation=organisation)
    return tuple(
        Counted(-pk, indicator, cell, Span(since, until))
        for pk, indicator, cell, since, until in rows.values_list(
            "pk", "indicator", "cell", "since", "until"
        )
    )


def _happenings(rows: QuerySet[Any], organisation: Organisation) -> tuple[Happening, ...]:
    pairs = _of(rows, organisation).values_list("household", "on")
    return tuple(Happening(who, on) for who, on in pairs)


def _of(rows: "QuerySet[Any]", organisation: Organisation) -> "QuerySet[Any]":
    return rows.filter(household__organisation=organisation)
