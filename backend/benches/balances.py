"""The cost of a balance as of a day where many transfers stand, beside reading one kept row.

The transfers are spread over ten years of days, the worst for what is kept by day; they are written by
plain SQL past no guard. The limit is a primary-key lookup of the balance of now.
"""

import datetime as dt
import resource
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from backend.core.models import Organisation
from backend.ledger import accounts, balances, funds
from backend.ledger.models import Account

DAYS = 3_650
FIRST = dt.date(2016, 1, 1)
BATCH = 10_000
READS = 300

ENTRIES = """
    INSERT INTO ledger_entry (key, kind, "on", at, by_label, memo, subject, posted_in)
    SELECT 'bench:' || n, 'bench', %(first)s::date + (n %% %(days)s)::int, %(at)s, 'bench', '', '', 0
    FROM generate_series(%(start)s, %(end)s) n RETURNING id
"""
TRANSFERS = """
    INSERT INTO ledger_transfer
        (entry_id, source_id, target_id, amount, amount_currency, pair, content_hash)
    SELECT e.id, %(payer)s, %(held)s, 5.00, 'EUR', '', '' FROM ledger_entry e
    WHERE e.posted_in = pg_current_xact_id()::text::bigint
"""


def run(size: int) -> dict[str, float | int | str]:
    """As-of balances per second at `size` transfers of one account, and the ratio to the limit."""
    payer, held = _open()
    for start in range(0, size, BATCH):
        _post(payer, held, start, min(start + BATCH, size) - 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    days = [FIRST + dt.timedelta(days=n * DAYS // READS) for n in range(READS)]
    seconds = _seconds(days, lambda day: balances.balance_on(held, day))
    limit = _seconds(days, lambda _day: balances.balance(held))
    return {
        "bench": "balances",
        "n": size,
        "seconds": round(seconds, 4),
        "per_second": round(READS / seconds, 1),
        "limit_per_second": round(READS / limit, 1),
        "ratio": round(limit / seconds, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "milliseconds": round(1000 * seconds / READS, 3),
    }


def _open() -> tuple[Account, Account]:
    issuer = Organisation.objects.create(name="Bench (synthetic)", kind="issuer", is_synthetic=True)
    fund = funds.open_fund(
        code="bench", name="Bench", organisation=issuer, is_restricted=True, is_held=True
    )
    kinds = Account.Kind
    return (
        accounts.open_account(code="bench:payer", kind=kinds.PAYER, fund=fund),
        accounts.open_account(code="bench:held", kind=kinds.HELD, fund=fund),
    )


def _post(payer: Account, held: Account, start: int, end: int) -> None:
    told: dict[str, int | dt.date] = {
        "first": FIRST, "days": DAYS, "at": timezone.now(), "start": start, "end": end,
        "payer": payer.pk, "held": held.pk,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENTRIES, told)
        cursor.execute(TRANSFERS, told)


def _seconds(days: list[dt.date], read: Callable[[dt.date], object]) -> float:
    started = time.perf_counter()
    for day in days:
        read(day)
    return time.perf_counter() - started
