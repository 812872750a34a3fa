"""The provider's own statement: every movement of its balance, kept once, and what of it we booked.

A movement never changes there, so it is kept as told. Whether our books know it is not stored but
found each time, set-based: by the provider's number of what it is about.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max

from campaigns.models import Movement
from campaigns.stripe_gateway import MovementTold

OVERLAP = dt.timedelta(days=3)

# Movements that nothing of ours accounts for. A refund that failed stands twice at the provider, out
# and back; we undo it, and so know both. A dispute is known by its return or its chargeback.
THERE_NOT_HERE = """
    SELECT m.provider_id, m.kind, m.source, m.net, m.occurred_at FROM campaigns_movement m
    WHERE m.net_currency = 'EUR' AND NOT CASE
        WHEN m.category IN ('charge') OR m.kind IN ('charge', 'payment') THEN EXISTS (
            SELECT 1 FROM campaigns_payment y WHERE y.provider_id = m.source)
        WHEN m.kind IN ('payout', 'payout_failure', 'payout_cancel') THEN EXISTS (
            SELECT 1 FROM campaigns_payout o WHERE o.provider_id = m.source)
        WHEN m.category IN ('refund', 'refund_failure') AND m.kind <> 'payment_failure_refund' THEN
            EXISTS (SELECT 1 FROM campaigns_refund r WHERE r.provider_id = m.source
                AND (r.returned_at IS NOT NULL OR r.failed_at IS NOT NULL))
        WHEN m.category IN ('dispute', 'dispute_reversal') THEN (
            EXISTS (SELECT 1 FROM campaigns_refund r WHERE r.provider_id = m.source)
            OR EXISTS (SELECT 1 FROM campaigns_chargeback k WHERE k.provider_id = m.source))
            AND (m.fee = 0 OR EXISTS (
                SELECT 1 FROM campaigns_providerfee f WHERE f.provider_id = m.source))
        WHEN m.kind = 'payment_failure_refund' THEN
            EXISTS (SELECT 1 FROM campaigns_refund r WHERE r.provider_id = m.source || ':failed')
            OR EXISTS (
                SELECT 1 FROM campaigns_chargeback k WHERE k.provider_id = m.source || ':failed')
        ELSE EXISTS (SELECT 1 FROM campaigns_providerfee f WHERE f.provider_id = m.provider_id)
    END
    ORDER BY m.occurred_at, m.id
"""

# What we booked through the provider and its statement does not show.
HERE_NOT_THERE = """
    SELECT y.provider_id, y.method, '', y.amount - y.fee, y.received_at FROM campaigns_payment y
    WHERE y.method IN ('card', 'debit', 'remote')
        AND NOT EXISTS (SELECT 1 FROM campaigns_movement m WHERE m.source = y.provider_id)
    UNION ALL
    SELECT r.provider_id, 'refund', y.provider_id, -r.amount, r.returned_at
    FROM campaigns_refund r JOIN campaigns_payment y ON y.id = r.payment_id
    WHERE y.method IN ('card', 'debit', 'remote') AND r.returned_at IS NOT NULL
        AND r.provider_id NOT LIKE '%%:failed'
        AND NOT EXISTS (SELECT 1 FROM campaigns_movement m WHERE m.source = r.provider_id)
    ORDER BY 5
"""


@dataclass(frozen=True)
class Difference:
    """Something on one side only: at the provider (`there`) or in our books (`here`)."""

    side: str
    provider_id: str
    kind: str
    about: str
    cents: int
    since: dt.datetime


def keep(told: Iterable[MovementTold], *, at: dt.datetime) -> list[Movement]:
    """Keep movements, those that are known as they are; return all of them, new and known."""
    rows = [_row(one, at) for one in told]
    Movement.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    names = [row.provider_id for row in rows]
    return list(Movement.objects.filter(provider_id__in=names).order_by("occurred_at", "id"))


def known(names: Iterable[str]) -> set[str]:
    """Which movements of these numbers are kept already."""
    rows = Movement.objects.filter(provider_id__in=list(names))
    return set(rows.values_list("provider_id", flat=True))


def cursor() -> dt.datetime | None:
    """Since when to ask for more, with an overlap for what came late; None: from the beginning."""
    last = Movement.objects.aggregate(last=Max("occurred_at"))["last"]
    return last - OVERLAP if last else None


def differences() -> list[Difference]:
    """What stands on one side only, the oldest first on each."""
    there, here = _rows(THERE_NOT_HERE), _rows(HERE_NOT_THERE)
    return [_difference("there", row) for row in there] + [_difference("here", row) for row in here]


def unbooked(told: Sequence[MovementTold]) -> list[MovementTold]:
    """Those of some movements that nothing of ours accounts for yet."""
    open_ones = {row[0] for row in _rows(THERE_NOT_HERE)}
    return [one for one in told if one.provider_id in open_ones]


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _difference(side: str, row: tuple[Any, ...]) -> Difference:
    name, kind, about, net, since = row
    return Difference(side, name, kind, about, int(net * 100), since)


def _row(told: MovementTold, at: dt.datetime) -> Movement:
    return Movement(
        provider_id=told.provider_id,
        kind=told.kind,
        category=told.category,
        source=told.source,
        gross=told.gross,
        fee=told.fee,
        net=told.net,
        occurred_at=told.occurred_at,
        available_at=told.available_at,
        learnt_at=at,
    )
