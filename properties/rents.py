"""The rent of each month: expected once from every tenancy that is live, paid into own money.

Rents are the issuer's income, never raised capital; they meet a bank line like everything else.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from djmoney.money import Money

from backend.core import jobs
from backend.core.models import Organisation
from backend.ledger.models import Account
from backend.treasury import bank_accounts, expectations, references
from properties import books, costs
from properties.models import RentCharge, Tenancy

OWNER = "rent"
JOB = "rents.charge_month"
DUE_DAY = 5


@transaction.atomic
def charge_month(
    *, organisation: Organisation, month: dt.date, at: dt.datetime
) -> list[RentCharge]:
    """Expect the rent of a month from every live tenancy, in full, due on the fifth. Repeatable.

    `month` is any day of it. A tenancy that is live on the first of the month owes the month.
    """
    first = month.replace(day=1)
    # Who moves in during a month pays from the next first on: the month of the keys is free.
    live = Tenancy.objects.live_on(first).filter(unit__organisation=organisation, rent__gt=0)
    owing = list(live.exclude(charges__month=first).select_related("unit").order_by("pk"))
    if not owing:
        return []
    opened = expectations.open_many(_specs(owing, first), at=at)
    charges = [
        RentCharge(tenancy=tenancy, month=first, expectation=expectation)
        for tenancy, expectation in zip(owing, opened, strict=True)
    ]
    return RentCharge.objects.bulk_create(charges)


def charge_job(payload: dict[str, str], *, at: dt.datetime) -> None:
    """The monthly job of one issuer."""
    organisation = Organisation.objects.get(pk=payload["organisation"])
    charge_month(organisation=organisation, month=dt.date.fromisoformat(payload["month"]), at=at)


def enqueue_month(*, month: dt.date, at: dt.datetime) -> None:
    """Have the rents of a month charged for every issuer that lets homes; once per month."""
    first = month.replace(day=1)
    issuers = Tenancy.objects.live_on(first).values_list("unit__organisation", flat=True)
    new = [
        jobs.NewJob(JOB, f"{JOB}:{issuer}:{first}", {"organisation": issuer, "month": str(first)})
        for issuer in sorted(set(issuers))
    ]
    jobs.enqueue_many(jobs=new, at=at)


def _specs(owing: Sequence[Tenancy], first: dt.date) -> list[expectations.ExpectationSpec]:
    own_fund = costs.own_fund_of(owing[0].unit.organisation_id)
    bank_account = costs.bank_account_of(own_fund)
    holding = bank_accounts.sub_account(
        bank_account=bank_account, fund=own_fund, kind=Account.Kind.HOLDING
    )
    return [
        expectations.ExpectationSpec(
            reference=references.creditor_reference(f"rent:{tenancy.pk}:{first:%Y-%m}"),
            direction="in",
            amount=Money(tenancy.rent.amount, tenancy.rent.currency),
            bank_account=bank_account,
            source=books.tenant_account(tenancy=tenancy, own_fund=own_fund),
            target=holding,
            owner_kind=OWNER,
            owner_key=str(tenancy.pk),
            counterparty=tenancy.contract_no,
            due_on=first.replace(day=DUE_DAY),
        )
        for tenancy in owing
    ]
