"""Facts about people for the indicators, read set-based: a fixed number of queries however many.

Plain values alone: no name is read here, and what is told of the results is `disclosure`'s.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from backend.core import parameters
from backend.core.models import Organisation, Parameter
from backend.core.money import CENT
from properties import arrears
from properties.indicators.facts import (
    Amount,
    Answer,
    Baseline,
    Happening,
    HouseholdFact,
    Income,
    Outcome,
    PlanFact,
    RentAccount,
    Stay,
)
from properties.models import (
    Acquisition,
    Aid,
    Debt,
    Household,
    HousingOutcome,
    PlanCheck,
    RepaymentPlan,
    SupportAction,
    SupportOutcome,
    SurveyAnswer,
    Tenancy,
    Trait,
)
from properties.models import (
    Income as IncomeRow,
)
from properties.models.household import AGE_BANDS, MINOR_BANDS

ADVICE = (
    SupportAction.Kind.BUDGET_ADVICE,
    SupportAction.Kind.LEGAL_AID,
    SupportAction.Kind.JOB_SUPPORT,
)
"""Actions that are a session with one household alone (IRIS PI5352)."""

BASELINE = "hotel.wait_days", "hotel.tariff", "hotel.deadweight_low", "hotel.deadweight_high"


def facts(organisation: Organisation, *, as_of: dt.date) -> dict[str, Any]:
    """All facts about people of an issuer, by the names that `Facts` gives them."""
    bands = _bands(organisation)
    tenancies = _tenancies(organisation)
    return {
        "stays": _stays(organisation, tenancies, bands),
        "households": _households(organisation, bands),
        "outcomes": _outcomes(organisation),
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
        "rent_accounts": _rent_accounts(organisation, tenancies, as_of),
        "incomes": _incomes(organisation),
        "answers": _answers(organisation),
        "baseline": baseline(on=as_of),
        "carbon_grams": _number("energy.carbon_grams", as_of),
        "gap_days": _number("sustainment.gap_days", as_of),
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


Row = tuple[Any, ...]


def _tenancies(organisation: Organisation) -> dict[int, Row]:
    rows = Tenancy.objects.filter(unit__organisation=organisation).order_by("starts_on", "pk")
    names = (
        *("pk", "household", "unit", "starts_on", "ends_on", "track"),
        *("rent", "charges_monthly", "market_rent"),
    )
    return {row[0]: row for row in rows.values_list(*names)}


def _bands(organisation: Organisation) -> dict[int, Row]:
    rows = Household.objects.filter(organisation=organisation).order_by("pk")
    names = (f"people_{band}" for band in AGE_BANDS)
    fixed = ("pk", "ethos", "isee", "referred_on", "is_restricted")
    return {row[0]: row for row in rows.values_list(*fixed, *names)}


def _size(row: Row) -> int:
    return sum(row[5:])


def _stays(
    organisation: Organisation, tenancies: dict[int, Row], bands: dict[int, Row]
) -> tuple[Stay, ...]:
    bought = Acquisition.objects.filter(organisation=organisation, title_on__isnull=False)
    titles = dict(bought.order_by("-title_on").values_list("unit", "title_on"))
    return tuple(
        Stay(
            household=who,
            home=home,
            people=_size(bands[who]),
            starts_on=starts_on,
            ends_on=ends_on,
            is_kept=track == Tenancy.Track.OCCUPIED,
            referred_on=bands[who][3],
            clock_on=titles.get(home) if track == Tenancy.Track.OCCUPIED else None,
            rent=_cents(rent),
            charges=_cents(charges),
            market=None if market is None else _cents(market),
        )
        for _pk, who, home, starts_on, ends_on, track, rent, charges, market in tenancies.values()
    )


def _households(organisation: Organisation, bands: dict[int, Row]) -> tuple[HouseholdFact, ...]:
    traits = _traits(organisation)
    minors = len(MINOR_BANDS)
    return tuple(
        HouseholdFact(
            id=pk,
            people=_size(row),
            minors=sum(row[5 : 5 + minors]),
            ethos=row[1],
            isee=row[2],
            has_disability=traits[pk].get(Trait.Kind.DISABILITY),
            is_displaced=traits[pk].get(Trait.Kind.DISPLACED),
            is_restricted=row[4],
        )
        for pk, row in bands.items()
    )


def _traits(organisation: Organisation) -> dict[int, dict[str, bool | None]]:
    """By household its newest answers: yes, no, or None for what it would not or could not say."""
    known = {Trait.Said.YES: True, Trait.Said.NO: False}
    rows = _of(Trait.objects.order_by("on"), organisation)
    found: dict[int, dict[str, bool | None]] = defaultdict(dict)
    for who, kind, said in rows.values_list("household", "kind", "said"):
        found[who][kind] = known.get(said)
    return found


def _outcomes(organisation: Organisation) -> tuple[Outcome, ...]:
    rows = _of(HousingOutcome.objects.order_by("on", "pk"), organisation)
    return tuple(Outcome(*row) for row in rows.values_list("household", "code", "on", "is_care"))


def _relief(organisation: Organisation, as_of: dt.date) -> tuple[Amount, ...]:
    """What creditors gave up, and what completed plans paid off."""
    debts = _of(Debt.objects.filter(settled_on__isnull=False), organisation)
    given_up = [
        Amount(who, _cents(owed) - _cents(paid), on)
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
        Amount(who, _cents(start), on)
        for who, start, on in done.values_list(
            "plan__tenancy__household", "plan__starting_balance", "on"
        )
    ]
    return (*given_up, *cured)


def _aid(organisation: Organisation) -> tuple[Amount, ...]:
    granted = _of(Aid.objects.filter(decision=Aid.State.GRANTED), organisation)
    return tuple(
        Amount(who, _cents(amount), on)
        for who, amount, on in granted.values_list("household", "amount", "decided_on")
    )


def _plans(organisation: Organisation, as_of: dt.date) -> list[PlanFact]:
    """Each plan as its last check until the day found it; opened that day, it is kept."""
    rows = RepaymentPlan.objects.filter(tenancy__unit__organisation=organisation)
    checks = PlanCheck.objects.filter(plan__in=rows, on__lte=as_of).order_by("id")
    state = dict(checks.values_list("plan", "state"))
    return [
        PlanFact(pk, who, opened_at.date(), _state(now, state.get(pk)))
        for pk, who, opened_at, now in rows.values_list(
            "pk", "tenancy__household", "opened_at", "state"
        )
    ]


def _state(now: str, checked: str | None) -> str:
    given_up = RepaymentPlan.State.CANCELLED
    return given_up if now == given_up else checked or RepaymentPlan.State.LIVE


def _rent_accounts(
    organisation: Organisation, tenancies: dict[int, Row], as_of: dt.date
) -> tuple[RentAccount, ...]:
    return tuple(
        RentAccount(tenancies[pk][1], max(due - paid, 0), 12 * _cents(tenancies[pk][6]))
        for pk, due, paid in arrears.accounts(organisation=organisation.pk, as_of=as_of)
    )


def _incomes(organisation: Organisation) -> tuple[Income, ...]:
    rows = _of(IncomeRow.objects.order_by("on"), organisation)
    return tuple(
        Income(who, on, _cents(monthly), _cents(allowance))
        for who, on, monthly, allowance in rows.values_list(
            "household", "on", "monthly", "allowance"
        )
    )


def _answers(organisation: Organisation) -> tuple[Answer, ...]:
    rows = _of(SurveyAnswer.objects.order_by("on"), organisation)
    return tuple(Answer(*row) for row in rows.values_list("household", "on", "score"))


def _happenings(rows: QuerySet[Any], organisation: Organisation) -> tuple[Happening, ...]:
    pairs = _of(rows, organisation).values_list("household", "on")
    return tuple(Happening(who, on) for who, on in pairs)


def _of(rows: "QuerySet[Any]", organisation: Organisation) -> "QuerySet[Any]":
    return rows.filter(household__organisation=organisation)


def _cents(amount: Decimal | Any) -> int:
    """Cents of a column: what `values_list` gives of a money field is its bare number."""
    return int((amount.amount if hasattr(amount, "amount") else amount) / CENT)
