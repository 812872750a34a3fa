"""The cost of a balance as of a day where many transfers stand, beside reading one kept row.

The transfers are spread over ten years of days, the worst for what is kept by day. They are made by
plain SQL past the guards, with what these would have kept of them, so that ten million stand in minutes:
only reading is measured. The limit is a primary-key lookup of the balance of now.
"""

import datetime as dt
import resource
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone

from backend.core.models import Organisation
from backend.ledger import accounts, balances, funds
from backend.ledger.models import Account

DAYS = 3_650
FIRST = dt.date(2016, 1, 1)
BATCH = 200_000
READS = 300
PRICE = 5

ENTRIES = """
    INSERT INTO ledger_entry (id, key, kind, "on", at, by_label, memo, subject, posted_in)
    SELECT n, 'bench:' || n, 'bench', %(first)s::date + n %% %(days)s, %(at)s, 'bench', '', '', 0
    FROM generate_series(%(start)s, %(end)s) n
"""
TRANSFERS = """
    INSERT INTO ledger_transfer
        (entry_id, source_id, target_id, amount, amount_currency, pair, content_hash)
    SELECT n, %(payer)s, %(held)s, %(price)s, 'EUR', 'payer>held', ''
    FROM generate_series(%(start)s, %(end)s) n
"""
KEPT = """
    INSERT INTO ledger_daytotal (account_id, fund_id, currency, "on", came, gone)
    SELECT %(held)s, NULL, 'EUR', "on", %(price)s * count(*), 0 FROM ledger_entry GROUP BY "on"
    UNION ALL
    SELECT NULL, %(fund)s, 'EUR', "on", 0, %(price)s * count(*) FROM ledger_entry GROUP BY "on";
    UPDATE ledger_balance SET amount = %(price)s * %(size)s WHERE account_id = %(held)s;
    UPDATE ledger_balance SET amount = -%(price)s * %(size)s WHERE account_id = %(payer)s;
"""


def run(size: int) -> dict[str, float | int | str]:
    """As-of balances per second at `size` transfers of one account, and the ratio to the limit."""
    payer, held = _open()
    _stand(payer, held, size)
    assert balances.balance_on(held, dt.date.max) == balances.balance(held), "kept alike"
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


def _stand(payer: Account, held: Account, size: int) -> None:
    told: dict[str, Any] = {
        "first": FIRST, "days": DAYS, "at": timezone.now(), "payer": payer.pk, "held": held.pk,
        "fund": held.fund_id, "price": PRICE, "size": size,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for start in range(1, size + 1, BATCH):
            some = {**told, "start": start, "end": min(start + BATCH - 1, size)}
            cursor.execute(ENTRIES, some)
            cursor.execute(TRANSFERS, some)
        cursor.execute(KEPT, told)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def _seconds(days: list[dt.date], read: Callable[[dt.date], object]) -> float:
    started = time.perf_counter()
    for day in days:
        read(day)
    return time.perf_counter() - started
