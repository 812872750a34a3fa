"""The pledges' side of a reconciliation run: what pledges say was paid, beside the ledger and the outside.

records  payments less returns, as pledges and certificates count them (`figures`)
ledger   what the payers' accounts gave
outside  bank lines booked to pledges and refunds, movements that the provider told, and what an
         opening brought with its papers
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from djmoney.money import Money

from backend.core import clock
from backend.core.models import Organisation
from backend.core.money import from_cents
from backend.treasury.sides import OneSided, Sides, ThreeWay
from backend.treasury.sides import Payout as PayoutSide
from campaigns.models import Campaign, Payment, Refund
from campaigns.provider import movements

# A chargeback after the allotment is not in it: the investor owes it, what was paid stays paid.
SUMS = """
    SELECT c.id, coalesce(records.sum, 0), coalesce(ledger.sum, 0), coalesce(outside.sum, 0)
    FROM campaigns_campaign c
    LEFT JOIN (
        SELECT campaign_id, sum(part) AS sum FROM (
            SELECT p.campaign_id, y.amount AS part
            FROM campaigns_payment y JOIN campaigns_pledge p ON p.id = y.pledge_id
            UNION ALL
            SELECT p.campaign_id, -r.amount FROM campaigns_refund r
            JOIN campaigns_payment y ON y.id = r.payment_id
            JOIN campaigns_pledge p ON p.id = y.pledge_id WHERE r.returned_at IS NOT NULL
        ) told GROUP BY 1) records ON records.campaign_id = c.id
    LEFT JOIN (
        SELECT p.campaign_id, -sum(b.amount) AS sum
        FROM campaigns_pledge p JOIN ledger_balance b ON b.account_id = p.payer_id GROUP BY 1
    ) ledger ON ledger.campaign_id = c.id
    LEFT JOIN (
        SELECT campaign_id, sum(part) AS sum FROM (
            SELECT p.campaign_id, a.amount AS part
            FROM treasury_expectation e JOIN treasury_allocation a ON a.expectation_id = e.id
            JOIN campaigns_pledge p ON p.id::text = e.owner_key
            WHERE e.owner_kind = 'campaigns.pledge'
            UNION ALL
            SELECT p.campaign_id,
                CASE e.owner_kind WHEN 'campaigns.refund' THEN -a.amount ELSE a.amount END
            FROM treasury_expectation e JOIN treasury_allocation a ON a.expectation_id = e.id
            LEFT JOIN treasury_expectation sent
                ON e.owner_kind = 'treasury.returned' AND sent.id::text = e.owner_key
            JOIN campaigns_refund r ON r.id::text = coalesce(sent.owner_key, e.owner_key)
            JOIN campaigns_payment y ON y.id = r.payment_id
            JOIN campaigns_pledge p ON p.id = y.pledge_id
            WHERE e.owner_kind = 'campaigns.refund'
                OR e.owner_kind = 'treasury.returned' AND sent.owner_kind = 'campaigns.refund'
            UNION ALL
            SELECT p.campaign_id, m.gross FROM campaigns_movement m
            JOIN campaigns_payment y ON y.provider_id = m.source
            JOIN campaigns_pledge p ON p.id = y.pledge_id WHERE m.kind IN ('charge', 'payment')
            UNION ALL
            SELECT p.campaign_id, m.gross FROM campaigns_movement m
            JOIN campaigns_refund r ON r.provider_id =
                CASE m.kind WHEN 'payment_failure_refund' THEN m.source || ':failed' ELSE m.source END
            JOIN campaigns_payment y ON y.id = r.payment_id
            JOIN campaigns_pledge p ON p.id = y.pledge_id
            UNION ALL
            SELECT p.campaign_id, y.amount
            FROM campaigns_payment y JOIN campaigns_pledge p ON p.id = y.pledge_id
            WHERE y.method = 'opening'
        ) seen GROUP BY 1) outside ON outside.campaign_id = c.id
    WHERE c.id = ANY(%s) ORDER BY c.id
"""

PAYOUTS = """
    SELECT o.provider_id, o.arrives_on, o.amount, o.failed_at IS NOT NULL,
        coalesce(sum(parts.explained), 0), coalesce((
            SELECT sum(a.amount)
            FROM treasury_expectation e JOIN treasury_allocation a ON a.expectation_id = e.id
            WHERE e.owner_kind = 'campaigns.payout' AND split_part(e.owner_key, ':', 1) = o.id::text
        ), 0)
    FROM campaigns_payout o JOIN (
        SELECT i.payout_id, i.campaign_id, CASE
            WHEN i.campaign_id IS NOT NULL OR m.kind IN ('payout_failure', 'payout_cancel')
            THEN m.net ELSE 0 END AS explained
        FROM campaigns_payoutitem i JOIN campaigns_movement m ON m.id = i.movement_id
    ) parts ON parts.payout_id = o.id
    WHERE EXISTS (SELECT 1 FROM campaigns_payoutitem i
        WHERE i.payout_id = o.id AND i.campaign_id = ANY(%s))
    GROUP BY o.id ORDER BY o.arrives_on, o.id
"""


def gather(holder: Organisation | None) -> Sides:
    """What pledges and the card provider say of a holder's campaigns; seven queries however many."""
    campaigns = Campaign.objects.exclude(fund=None)
    if holder is not None:
        campaigns = campaigns.filter(issuer=holder)
    names = {one.pk: str(one) for one in campaigns}
    if not names:
        return Sides()
    return Sides(_three_way(names), _payouts(list(names)), _one_sided(holder))


def _three_way(names: dict[int, str]) -> list[ThreeWay]:
    return [
        ThreeWay(names[pk], *(Money(each, "EUR") for each in sums))
        for pk, *sums in _rows(SUMS, list(names))
        if any(sums)
    ]


def _payouts(campaigns: Sequence[int]) -> list[PayoutSide]:
    return [
        PayoutSide(
            about=name,
            due_on=day,
            amount=Money(amount, "EUR"),
            parts=Money(parts, "EUR"),
            arrived=Money(arrived, "EUR"),
            has_failed=has_failed,
        )
        for name, day, amount, has_failed, parts, arrived in _rows(PAYOUTS, campaigns)
    ]


def _one_sided(holder: Organisation | None) -> list[OneSided]:
    """What is at the provider alone is nobody's yet, so everybody sees it; else one's own."""
    found = movements.differences()
    ours = _issuers([one.provider_id for one in found if one.side == "here"])
    return [
        OneSided(
            one.side, one.provider_id, one.kind, from_cents(one.cents), clock.day_of(one.since)
        )
        for one in found
        if one.side == "there" or holder is None or ours.get(one.provider_id) == holder.pk
    ]


def _issuers(names: Sequence[str]) -> dict[str | None, int]:
    paid = Payment.objects.filter(provider_id__in=names)
    back = Refund.objects.filter(provider_id__in=names)
    return {
        **dict(paid.values_list("provider_id", "pledge__campaign__issuer")),
        **dict(back.values_list("provider_id", "payment__pledge__campaign__issuer")),
    }


def _rows(sql: str, campaigns: Sequence[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(campaigns)])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
