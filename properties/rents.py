"""Rent and charges of each month: expected once from every tenancy that is live, paid into own money.

Rents are the issuer's income, never raised capital; they meet a bank line like everything else. Those
of before this system are taken over with the people who paid them (`people_files`).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, jobs, users
from backend.core.errors import Refused
from backend.core.models import Organisation
from backend.core.money import ZERO
from backend.core.users import SYSTEM, Actor
from backend.ledger.models import Account
from backend.treasury import bank_accounts, expectations, references
from backend.treasury.models import Expectation
from properties import books, costs
from properties.models import PastRent, RentCharge, Tenancy

OWNER = "rent"
JOB = "rents.charge_month"
DUE_DAY = 5
DROPPED = Q(expectation__state=Expectation.State.CANCELLED)
"""Months that were charged before it was told that the tenancy had ended by then."""


class NotPast(Refused):
    code = "rent.not_past"


class NotOwed(Refused):
    code = "rent.not_owed"


@dataclass(frozen=True)
class Owed:
    """What a tenancy owes of a month's rent; the month is its first day. `after` is the expectation
    that it comes in place of."""

    tenancy: Tenancy
    month: dt.date
    amount: Money
    after: int | None = None

    @property
    def name(self) -> str:
        told = f"rent:{self.tenancy.pk}:{self.month:%Y-%m}"
        return told if self.after is None else f"{told}:{self.after}"


@dataclass(frozen=True)
class PastRents:
    """The rents of before this system: up to which month, and what is still owed, by its first."""

    until: dt.date
    owed: Mapping[dt.date, Money] = field(default_factory=dict)


@transaction.atomic
def charge_month(
    *, organisation: Organisation, month: dt.date, by: Actor, at: dt.datetime
) -> list[RentCharge]:
    """Expect rent and charges of a month from every live tenancy, due on the fifth. Repeatable.

    `month` is any day of it. A tenancy that is live on the first of the month owes the month.
    """
    first = month.replace(day=1)
    # Who moves in during a month pays from the next first on: the month of the keys is free.
    live = Tenancy.objects.live_on(first).filter(unit__organisation=organisation)
    told = Q(charges__month=first) | Q(past_rents__month=first)
    tenancies = live.exclude(told).select_related("unit").order_by("pk")
    owing = [Owed(tenancy, first, a_month(tenancy)) for tenancy in tenancies]
    charged = _charge([one for one in owing if one.amount > ZERO], at)
    if charged:
        facts = {"month": first.isoformat(), "rents": len(charged)}
        audit.record(action="rents.charged", subject=organisation, by=by, at=at, facts=facts)
    return charged


@transaction.atomic
def put_right(*, tenancy: Tenancy, by: Actor, at: dt.datetime) -> int:
    """Have charged months follow a lease whose days or rent were told otherwise; how many changed.

    A month that is owed no more is expected no more, and one that nobody paid yet at what is owed now.
    What came stays booked with the tenant: of a month that is not owed, it is theirs to get back.
    """
    rows = RentCharge.objects.filter(tenancy=tenancy).select_related("expectation", "tenancy__unit")
    before = dict(tenancy.past_rents.values_list("month", "amount"))
    asked = Expectation.objects.filter(owner_kind=OWNER, owner_key=str(tenancy.pk)).with_received()
    came = {one.pk: Money(one.received, "EUR") for one in asked}
    in_vain: dict[dt.date | None, Money] = defaultdict(lambda: ZERO)
    for one in asked.exclude(rent_charge__isnull=False):
        in_vain[one.due_on] += came[one.pk]
    changed = 0
    for charge in rows.order_by("month"):
        waiting = charge.expectation
        told_before = Money(before.get(charge.month, 0), "EUR") + in_vain[waiting.due_on]
        rest = max(_owed(tenancy, charge.month) - told_before, ZERO)
        changed += _expect(charge, rest, came[waiting.pk], (by, at))
    return changed


def _owed(tenancy: Tenancy, month: dt.date) -> Money:
    is_live = tenancy.starts_on <= month and (tenancy.ends_on is None or month < tenancy.ends_on)
    return a_month(tenancy) if is_live else ZERO


def _expect(
    charge: RentCharge, rest: Money, paid: Money, signed: tuple[Actor, dt.datetime]
) -> bool:
    """Expect the rest of a month; whether that is something new. What a payment met stays as it was,
    unless nothing is owed at all."""
    (by, at), waiting = signed, charge.expectation
    if waiting.state == Expectation.State.OPEN:
        if waiting.amount == rest or (paid > ZERO and rest > ZERO):
            return False
        expectations.cancel(expectation=waiting, by=by, at=at, reason=str(charge))
    elif rest <= paid:
        return False
    if rest > paid:
        again = Owed(charge.tenancy, charge.month, rest - paid, after=waiting.pk)
        [charge.expectation] = expectations.open_many(_specs([again]), at=at)
        charge.save(update_fields=["expectation"])
    return True


@transaction.atomic
def take_over(*, tenancy: Tenancy, past: PastRents, by: Actor, at: dt.datetime) -> list[RentCharge]:
    """Write down the rents of before this system: what was paid, and, as charges, what is still owed.

    A month that is not told as owed was paid. Raises NotPast, NotOwed.
    """
    users.require(by, "tenancy.edit")
    if past.until >= clock.day_of(at).replace(day=1):
        raise NotPast(_("Only the months before this one are taken over."), field="rents_until")
    months = _months(tenancy, past.until)
    rent = a_month(tenancy)
    if any(month not in months or not ZERO < owed <= rent for month, owed in past.owed.items()):
        raise NotOwed(
            _("What is owed is of a month of this contract, and at most its rent."),
            field="rents_owed",
        )
    paid = {month: rent - past.owed.get(month, ZERO) for month in months}
    PastRent.objects.bulk_create(
        PastRent(tenancy=tenancy, month=month, amount=amount)
        for month, amount in paid.items()
        if amount > ZERO
    )
    facts = {"months": len(months), "owed": len(past.owed)}
    audit.record(action="rents.taken_over", subject=tenancy, by=by, at=at, facts=facts)
    return _charge([Owed(tenancy, month, owed) for month, owed in past.owed.items()], at)


def _charge(owing: Sequence[Owed], at: dt.datetime) -> list[RentCharge]:
    if not owing:
        return []
    opened = expectations.open_many(_specs(owing), at=at)
    return RentCharge.objects.bulk_create(
        RentCharge(tenancy=one.tenancy, month=one.month, expectation=expectation)
        for one, expectation in zip(owing, opened, strict=True)
    )


def charge_job(payload: dict[str, str], *, at: dt.datetime) -> None:
    """The monthly job of one issuer."""
    organisation = Organisation.objects.get(pk=payload["organisation"])
    month = dt.date.fromisoformat(payload["month"])
    charge_month(organisation=organisation, month=month, by=SYSTEM, at=at)


def enqueue_month(*, month: dt.date, at: dt.datetime) -> None:
    """Have the rents of a month charged for every issuer that lets homes; once per month."""
    first = month.replace(day=1)
    issuers = Tenancy.objects.live_on(first).values_list("unit__organisation", flat=True)
    new = [
        jobs.NewJob(JOB, f"{JOB}:{issuer}:{first}", {"organisation": issuer, "month": str(first)})
        for issuer in sorted(set(issuers))
    ]
    jobs.enqueue_many(jobs=new, at=at)


def _specs(owing: Sequence[Owed]) -> list[expectations.ExpectationSpec]:
    own_fund = costs.own_fund_of(owing[0].tenancy.unit.organisation_id)
    bank_account = costs.bank_account_of(own_fund)
    holding = bank_accounts.sub_account(
        bank_account=bank_account, fund=own_fund, kind=Account.Kind.HOLDING
    )
    return [
        expectations.ExpectationSpec(
            reference=references.creditor_reference(one.name),
            direction="in",
            amount=one.amount,
            bank_account=bank_account,
            source=books.tenant_account(tenancy=one.tenancy, own_fund=own_fund),
            target=holding,
            owner_kind=OWNER,
            owner_key=str(one.tenancy.pk),
            counterparty=one.tenancy.contract_no,
            due_on=one.month.replace(day=DUE_DAY),
        )
        for one in owing
    ]


def _months(tenancy: Tenancy, until: dt.date) -> list[dt.date]:
    """The firsts on which a tenancy was live, up to a month."""
    end = tenancy.ends_on or dt.date.max
    months, first = [], tenancy.starts_on.replace(day=1)
    while first <= until.replace(day=1) and first < end:
        if first >= tenancy.starts_on:
            months.append(first)
        first = (first + dt.timedelta(days=31)).replace(day=1)
    return months


def a_month(tenancy: Tenancy) -> Money:
    """What a contract asks for a month: rent and charges together, one transfer."""
    amount = tenancy.rent.amount + tenancy.charges_monthly.amount
    return Money(amount, tenancy.rent.currency)
