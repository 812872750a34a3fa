"""How long all indicators take, from the tables to the results, for so many homes.

Ten household-years a home: each home has had two households for five years each; of a third the first
was found there with the title. Rents of the last year are charged and paid but for some, so that
arrears are summed over 12 rows a home.
"""

import datetime as dt
import time
from typing import Any

from django.db import connection

from backend.core.models import Organisation, User
from backend.core.money import euro
from backend.ledger import accounts, funds
from backend.ledger.models import Account
from backend.treasury import bank_accounts
from properties import figures
from properties.indicators import REGISTRY
from properties.models import (
    Acquisition,
    Building,
    Household,
    HousingOutcome,
    SupportAction,
    Tenancy,
    Unit,
)

AS_OF = dt.date(2026, 6, 30)
FIRST = dt.date(2016, 7, 1)
TITLE = dt.date(2016, 4, 1)
YEARS = 5
NOON = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)


def run(size: int) -> dict[str, Any]:
    """Seconds to read the facts and to compute every figure, as of a day."""
    issuer = Organisation.objects.create(name="Bench (synthetic)", kind="issuer", is_synthetic=True)
    portfolio(issuer, size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    busy, started = time.process_time(), time.perf_counter()
    facts = figures.facts(issuer, as_of=AS_OF)
    read = time.perf_counter()
    results = {each.code: each.compute(facts, AS_OF) for each in REGISTRY}
    computed, spent = time.perf_counter(), time.process_time() - busy
    lived = sum(((stay.ends_on or AS_OF) - stay.starts_on).days for stay in facts.stays)
    return {
        "homes": size,
        "household_years": round(lived / 365.25),
        "indicators": len(results),
        "seconds": round(computed - started, 2),
        "cpu_seconds": round(spent, 2),
        "reading_seconds": round(read - started, 2),
        "computing_seconds": round(computed - read, 2),
        "households": results["households_housed"].value,
        "sustained_24": results["sustained_24"].value,
    }


def portfolio(issuer: Organisation, size: int) -> None:
    """So many homes of an issuer, each with two households in turn, their outcomes and rents."""
    worker = User.objects.create(username="bench@example.org", organisation=issuer)
    house = Building.objects.create(
        organisation=issuer, address="Via della Misura 1", district=6, year_built=1960
    )
    homes = Unit.objects.bulk_create(
        Unit(
            organisation=issuer, building=house, code=f"B-{n}", rooms=1 + n % 4, area_m2=40 + n % 50,
            source="court_auction", occupancy="FREE" if n % 3 else "DEBTOR_FAMILY",
            ownership="owned", is_synthetic=True,
        )
        for n in range(size)
    )  # fmt: skip
    Acquisition.objects.bulk_create(
        Acquisition(
            organisation=issuer, unit=home, route="court_auction", state="PORTFOLIO",
            title_on=TITLE, created_at=NOON,
        )
        for home in homes
    )  # fmt: skip
    families = Household.objects.bulk_create(
        Household(
            organisation=issuer, code=f"B-{n}", caseworker=worker, referred_by="bench",
            referred_on=FIRST - dt.timedelta(days=n % 200), people_6_17=n % 3, people_35_54=2,
            ethos=f"EL{1 + n % 6}", isee="to_6241" if n % 2 else "to_26000", is_synthetic=True,
            was_living_in=None if n % 2 or n // 2 % 3 else homes[n // 2],
        )
        for n in range(2 * size)
    )  # fmt: skip
    _tell(families)
    _let(homes, families)
    _charge(issuer)


def _let(homes: list[Unit], families: list[Household]) -> None:
    half = FIRST.replace(year=FIRST.year + YEARS)
    spans = ((FIRST, half), (half, None))
    Tenancy.objects.bulk_create(
        Tenancy(
            unit=home, household=families[2 * place + turn], contract_no=f"B-{place}-{turn}",
            track="FREE" if home.occupancy == "FREE" else "OCCUPIED", kind="3+2",
            rent=euro(f"{250 + place % 100}.00"), market_rent=euro("420.00"),
            market_source="bench", starts_on=starts_on, ends_on=ends_on, created_at=NOON,
        )
        for place, home in enumerate(homes)
        for turn, (starts_on, ends_on) in enumerate(spans)
    )  # fmt: skip


def _tell(families: list[Household]) -> None:
    codes = ("KEPT_NO_AID", "MOVED_MARKET", "MOVED_PUBLIC", "HOMELESS", "UNKNOWN")
    day = FIRST.replace(year=FIRST.year + YEARS, day=20)
    HousingOutcome.objects.bulk_create(
        HousingOutcome(household=family, code=codes[n % 5], on=day, source="bench", at=NOON)
        for n, family in enumerate(families)
    )
    SupportAction.objects.bulk_create(
        SupportAction(household=family, kind="BUDGET_ADVICE", on=day, at=NOON)
        for family in families
    )


EXPECTED = """
    INSERT INTO treasury_expectation (reference, key, is_ours, direction, amount, amount_currency,
        counterparty, due_on, bank_account_id, source_id, target_id, owner_kind, owner_key, state,
        opened_at)
    SELECT 'B' || t.id || '-' || m, 'B' || t.id || '-' || m, true, 'in', t.rent, 'EUR', '',
        (date '2025-07-05' + make_interval(months => m))::date, %(bank)s, %(source)s, %(target)s,
        'rent', t.id || ':' || m, 'open', now()
    FROM properties_tenancy t, generate_series(0, 11) m WHERE t.ends_on IS NULL;
    INSERT INTO properties_rentcharge (tenancy_id, month, expectation_id)
    SELECT split_part(owner_key, ':', 1)::bigint, date_trunc('month', due_on)::date, id
    FROM treasury_expectation WHERE owner_kind = 'rent';
"""
PAID = """
    INSERT INTO ledger_entry (key, kind, "on", at, by_label, memo, subject, posted_in)
    SELECT 'bench:' || id, 'bench', due_on, now(), 'bench', '', '', 0
    FROM treasury_expectation WHERE owner_kind = 'rent' AND id %% 20 <> 0;
    INSERT INTO treasury_allocation
        (line_id, expectation_id, amount, amount_currency, entry_id, reason, allocated_at, by_label)
    SELECT 0, e.id, e.amount, 'EUR', y.id, 'bench', now(), 'bench'
    FROM treasury_expectation e JOIN ledger_entry y ON y.key = 'bench:' || e.id;
"""


def _charge(issuer: Organisation) -> None:
    """Twelve rents a live tenancy, of twenty one unpaid; by SQL past the guards: reading is measured."""
    bank = bank_accounts.open_bank_account(
        iban="IT60X0542811101000000123456", holder=issuer, name="Bench", kind="ordinary"
    )
    own = funds.open_fund(
        code="bench", name="Bench", organisation=issuer, is_restricted=False, is_held=False
    )
    payer = accounts.open_account(code="bench", kind=Account.Kind.PAYER, fund=own)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for text in (EXPECTED, PAID):
            cursor.execute(text, {"bank": bank.pk, "source": payer.pk, "target": payer.pk})
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("UPDATE properties_rentcharge SET is_paid = is_paid")
