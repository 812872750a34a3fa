"""The cost of placing a pledge where many stand already, beside the same rows written by plain SQL.

Every tenth of those that stand waits in line, so the queue that a newcomer joins is long. The limit is
what PostgreSQL takes for the same inserts in the same transactions, without rules.
"""

import resource
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.benches import standing
from backend.core.users import SYSTEM
from backend.ledger.models import Account
from campaigns import pledges
from campaigns.models import Campaign
from campaigns.orders import Order
from investors.models import Investor

MEASURED = 200

SAME_ROWS = """
    WITH payer AS (
        INSERT INTO ledger_account (code, kind, fund_id, purpose, currency)
        VALUES (%(key)s, 'payer', %(fund)s, '', 'EUR') RETURNING id
    ), pledge AS (
        INSERT INTO campaigns_pledge (campaign_id, investor_id, shares, amount, amount_currency, state,
            terms_version, queued_at, placed_at, reflection_ends_at, pay_until, reference, payer_id)
        SELECT %(campaign)s, %(investor)s, 5, 500, 'EUR', 'placed', 1, %(at)s, %(at)s, %(at)s, %(at)s,
            %(reference)s, id FROM payer RETURNING id
    ), expected AS (
        INSERT INTO treasury_expectation (reference, key, is_ours, direction, amount, amount_currency,
            counterparty, bank_account_id, source_id, target_id, owner_kind, owner_key, state, opened_at)
        SELECT %(reference)s, %(reference)s, true, 'in', 500, 'EUR', 'Bench', %(bank)s, payer.id,
            %(held)s, 'campaigns.pledge', pledge.id::text, 'open', %(at)s FROM payer, pledge
    ), told AS (
        INSERT INTO core_auditevent (at, by_label, action, subject_kind, subject_id, state_before,
            state_after, reason, facts)
        SELECT %(at)s, 'bench', 'pledge.placed', 'campaigns.pledge', id::text, '', '', '', '{}'
        FROM pledge
    ), mail AS (
        INSERT INTO core_notice (key, "to", language, template, subject, body, created_at,
            bounce_reason)
        VALUES (%(key)s, 'bench@example.org', 'it', 'pledge_placed', 'x', repeat('x', 900), %(at)s, '')
    ), job AS (
        INSERT INTO core_job (key, kind, payload, created_at, run_after, attempts, last_error)
        VALUES (%(key)s, 'bench', '{}', %(at)s, %(at)s, 0, '')
    ), read AS (
        INSERT INTO investors_acknowledgement (investor_id, kind, version, amounts, subject, given_at)
        VALUES (%(investor)s, 'loss_of_all', 'bench', '{}', %(key)s, %(at)s)
    )
    UPDATE campaigns_campaign SET taken_shares = taken_shares + 5 WHERE id = %(campaign)s
"""


def run(size: int, measured: int = MEASURED) -> dict[str, float | int | str]:
    """Pledges per second where `size` stand already, the queries of one, and the ratio to plain SQL."""
    campaign, investor = standing.world(size + 10 * measured)
    standing.stand(campaign, investor, size)
    order = Order(campaign, investor, 5, is_acknowledged=True)
    pledges.place(order=order, by=SYSTEM, at=timezone.now())  # what is read once a process
    queries = _queries(order)
    spent = time.process_time()
    seconds = _seconds(
        measured, lambda _n: pledges.place(order=order, by=SYSTEM, at=timezone.now())
    )
    spent = time.process_time() - spent
    limit = _seconds(measured, lambda n: _plain(campaign, investor, n))
    return {
        "bench": "pledges",
        "n": size,
        "seconds": round(seconds, 3),
        "per_second": round(measured / seconds, 1),
        "own_cpu_ms": round(1000 * spent / measured, 2),
        "limit_per_second": round(measured / limit, 1),
        "ratio": round(limit / seconds, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "queries": queries,
    }


def _queries(order: Order) -> int:
    """How many statements placing one pledge takes, its transaction's own apart."""
    with CaptureQueriesContext(connection) as seen:
        pledges.place(order=order, by=SYSTEM, at=timezone.now())
    own = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(1 for query in seen if not query["sql"].startswith(own))


def _seconds(times: int, work: Callable[[int], object]) -> float:
    started = time.perf_counter()
    for number in range(times):
        work(number)
    return time.perf_counter() - started


def _plain(campaign: Campaign, investor: Investor, number: int) -> None:
    told = {
        "campaign": campaign.pk,
        "investor": investor.pk,
        "fund": campaign.fund_id,
        "key": f"plain:{number}",
        "reference": f"PLAIN{number:012d}",
        "bank": campaign.restricted_account_id,
        "held": _held(campaign),
        "at": timezone.now(),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM campaigns_campaign WHERE id = %s FOR UPDATE", [campaign.pk])
        cursor.execute(SAME_ROWS, told)


def _held(campaign: Campaign) -> int:
    if campaign.pk not in _HELD:
        _HELD[campaign.pk] = Account.objects.get(fund=campaign.fund, kind=Account.Kind.HELD).pk
    return _HELD[campaign.pk]


_HELD: dict[int, int] = {}
