"""What must hold between campaigns and the ledger; part of `manage.py check_books`."""

from django.utils.translation import gettext_noop as _

from backend.ledger import checks

PLACES = """
    SELECT c.slug, 'places taken', c.taken_shares, 'pledged', coalesce(sum(p.shares), 0)
    FROM campaigns_campaign c LEFT JOIN campaigns_pledge p ON p.campaign_id = c.id
        AND p.state IN ('placed', 'confirmed', 'allotted')
    GROUP BY c.id HAVING c.taken_shares <> coalesce(sum(p.shares), 0)
        OR c.taken_shares * c.price_per_share > c.maximum
"""

RECEIVED = """
    SELECT 'pledge', p.id, 'paid less returned', coalesce(came.sum, 0) - coalesce(went.sum, 0),
        'in the ledger', -b.amount
    FROM campaigns_pledge p JOIN ledger_balance b ON b.account_id = p.payer_id
    LEFT JOIN (SELECT pledge_id, sum(amount) AS sum FROM campaigns_payment GROUP BY pledge_id) came
        ON came.pledge_id = p.id
    LEFT JOIN (
        SELECT pledge_id, sum(part) AS sum FROM (
            SELECT y.pledge_id, r.amount AS part
            FROM campaigns_refund r JOIN campaigns_payment y ON y.id = r.payment_id
            WHERE r.reference = '' AND r.returned_at IS NOT NULL
            UNION ALL
            SELECT y.pledge_id, -a.amount
            FROM treasury_allocation a JOIN treasury_expectation back ON back.id = a.expectation_id
            JOIN treasury_expectation e ON back.owner_key = e.id::text
            JOIN campaigns_refund r ON e.owner_key = r.id::text
            JOIN campaigns_payment y ON y.id = r.payment_id
            WHERE back.owner_kind = 'treasury.returned' AND e.owner_kind = 'campaigns.refund'
            UNION ALL
            SELECT y.pledge_id, a.amount
            FROM treasury_allocation a JOIN treasury_expectation e ON e.id = a.expectation_id
            JOIN campaigns_refund r ON e.owner_key = r.id::text
            JOIN campaigns_payment y ON y.id = r.payment_id
            WHERE e.owner_kind = 'campaigns.refund') parts
        GROUP BY pledge_id) went ON went.pledge_id = p.id
    WHERE coalesce(came.sum, 0) - coalesce(went.sum, 0) <> -b.amount
"""

RETURNED = """
    SELECT 'payment', y.id, 'of', y.amount, 'returned', sum(r.amount)
    FROM campaigns_payment y JOIN campaigns_refund r ON r.payment_id = y.id
    WHERE r.failed_at IS NULL GROUP BY y.id HAVING sum(r.amount) > y.amount
"""

ALLOTTED = """
    SELECT 'pledge', p.id, p.state, p.shares, 'allotted', a.shares
    FROM campaigns_pledge p FULL JOIN campaigns_allotment a ON a.pledge_id = p.id
    WHERE (p.state = 'allotted') <> (a.id IS NOT NULL)
        OR a.id IS NOT NULL AND (a.shares <> p.shares OR a.amount <> p.amount)
"""

CLEARING = """
    SELECT c.slug, 'with the provider', b.amount, 'by our rows', coalesce(own.sum, 0)
    FROM campaigns_campaign c
    JOIN ledger_account k ON k.code = 'campaign:' || c.id || ':clearing'
    JOIN ledger_balance b ON b.account_id = k.id
    LEFT JOIN (
        SELECT campaign_id, sum(part) AS sum FROM (
            SELECT p.campaign_id, y.amount - y.fee AS part
            FROM campaigns_payment y JOIN campaigns_pledge p ON p.id = y.pledge_id
            WHERE y.method IN ('card', 'debit', 'remote')
            UNION ALL
            SELECT p.campaign_id, -r.amount
            FROM campaigns_refund r JOIN campaigns_payment y ON y.id = r.payment_id
            JOIN campaigns_pledge p ON p.id = y.pledge_id
            -- What was another's transfer (`mismatches`) never was with the provider.
            WHERE r.reference = '' AND r.returned_at IS NOT NULL AND y.method <> 'transfer'
            UNION ALL
            SELECT p.campaign_id, -k.amount
            FROM campaigns_chargeback k JOIN campaigns_payment y ON y.id = k.payment_id
            JOIN campaigns_pledge p ON p.id = y.pledge_id WHERE k.reinstated_at IS NULL
            UNION ALL
            SELECT campaign_id, -amount FROM campaigns_providerfee WHERE returned_at IS NULL
            UNION ALL
            SELECT split_part(e.owner_key, ':', 2)::bigint, -a.amount
            FROM treasury_allocation a JOIN treasury_expectation e ON e.id = a.expectation_id
            WHERE e.owner_kind = 'campaigns.payout') parts
        GROUP BY campaign_id) own ON own.campaign_id = c.id
    WHERE b.amount <> coalesce(own.sum, 0)
"""

REGISTER = """
    SELECT 'entry', a.id, 'of', a.shares, 'holder', h.holder, 'has', sum(h.shares)
    FROM campaigns_allotment a JOIN (
        SELECT b.id AS allotment_id, p.investor_id AS holder, b.shares
        FROM campaigns_allotment b JOIN campaigns_pledge p ON p.id = b.pledge_id
        UNION ALL SELECT allotment_id, giver_id, -shares FROM campaigns_changeofholder
        UNION ALL SELECT allotment_id, taker_id, shares FROM campaigns_changeofholder) h
        ON h.allotment_id = a.id
    GROUP BY a.id, h.holder HAVING sum(h.shares) < 0
"""

PROOFS = """
    SELECT 'certificate', c.number, 'states', c.data->'facts'->>'paid', 'in the ledger',
        -b.amount - coalesce(back.sum, 0)
    FROM campaigns_certificate c
    JOIN campaigns_allotment a ON a.id = c.allotment_id
    JOIN campaigns_pledge p ON p.id = a.pledge_id
    JOIN ledger_balance b ON b.account_id = p.payer_id
    LEFT JOIN campaigns_certificatewithdrawal w ON w.certificate_id = c.id
    LEFT JOIN (
        SELECT y.pledge_id, sum(k.amount) AS sum
        FROM campaigns_chargeback k JOIN campaigns_payment y ON y.id = k.payment_id
        WHERE k.reinstated_at IS NULL AND k.repaid_at IS NULL GROUP BY y.pledge_id) back
        ON back.pledge_id = p.id
    WHERE w.id IS NULL AND (c.data->'facts'->>'paid')::numeric <> -b.amount - coalesce(back.sum, 0)
"""

# Who waits and fits would have been promoted: nobody stands in line before free places that are enough.
PROMOTED = """
    SELECT c.slug, 'has free places, and waits', p.id, p.shares
    FROM campaigns_campaign c JOIN campaigns_pledge p ON p.campaign_id = c.id
    WHERE c.state IN ('open', 'collecting') AND p.state = 'waitlisted'
        AND p.shares <= div(c.maximum, c.price_per_share) - c.taken_shares
"""

KEPT = """
    WITH kept AS (
        SELECT campaign_id, sum(pledges) AS pledges, sum(investors) AS investors,
            sum(waitlisted) AS waitlisted, sum(promised) AS promised, sum(paid) AS paid,
            sum(settled) AS settled
        FROM campaigns_tally GROUP BY campaign_id),
    ordered AS (
        SELECT campaign_id, count(*) FILTER (WHERE stands) AS pledges,
            count(DISTINCT investor_id) FILTER (WHERE stands) AS investors,
            count(*) FILTER (WHERE state = 'waitlisted') AS waitlisted,
            sum(amount) FILTER (WHERE stands) AS promised
        FROM (SELECT *, state IN ('placed', 'confirmed', 'allotted') AS stands
            FROM campaigns_pledge) pledges GROUP BY campaign_id),
    came AS (
        SELECT p.campaign_id, sum(y.amount - back.sum) AS paid,
            sum(y.amount - back.sum) FILTER (
                WHERE y.method IN ('transfer', 'opening') OR o.arrived_at IS NOT NULL) AS settled
        FROM campaigns_payment y JOIN campaigns_pledge p ON p.id = y.pledge_id
        LEFT JOIN campaigns_payoutitem i ON i.payment_id = y.id
        LEFT JOIN campaigns_payout o ON o.id = i.payout_id
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS sum FROM campaigns_refund
            WHERE payment_id = y.id AND returned_at IS NOT NULL) back
        GROUP BY p.campaign_id),
    sums AS (
        SELECT c.slug, v.name, coalesce(v.kept, 0) AS kept, coalesce(v.facts, 0) AS facts
        FROM campaigns_campaign c LEFT JOIN kept k ON k.campaign_id = c.id
        LEFT JOIN ordered r ON r.campaign_id = c.id LEFT JOIN came m ON m.campaign_id = c.id
        CROSS JOIN LATERAL (VALUES ('pledges', k.pledges, r.pledges),
            ('investors', k.investors, r.investors), ('waitlisted', k.waitlisted, r.waitlisted),
            ('promised', k.promised, r.promised), ('paid', k.paid, m.paid),
            ('settled', k.settled, m.settled)) AS v(name, kept, facts))
    SELECT slug, name, 'kept', kept, 'by its rows', facts FROM sums WHERE kept <> facts
"""

ORDERS = """
    SELECT 'order', o.order_id, 'skips to version', o.version
    FROM campaigns_platformorder o WHERE o.version > 1 AND NOT EXISTS (
        SELECT 1 FROM campaigns_platformorder before WHERE before.campaign_id = o.campaign_id
            AND before.platform_id = o.platform_id AND before.order_id = o.order_id
            AND before.version = o.version - 1)
"""

ENTRANTS = """
    WITH facts AS (
        SELECT campaign.issuer_id, pledge.investor_id, min(entry.allotted_at) AS since
        FROM campaigns_allotment entry JOIN campaigns_pledge pledge ON pledge.id = entry.pledge_id
            JOIN campaigns_campaign campaign ON campaign.id = entry.campaign_id
        GROUP BY 1, 2)
    SELECT 'investor', coalesce(k.investor_id, f.investor_id), 'kept since', k.since, 'but entered', f.since
    FROM campaigns_entrant k FULL JOIN facts f USING (issuer_id, investor_id)
    WHERE k.since IS DISTINCT FROM f.since
"""

REPORTS = """
    SELECT coalesce(k.snapshot_key, f.snapshot_key), 'kept', k.reports, 'reports, issued', f.reports
    FROM (SELECT snapshot_key, kind, version, sum(reports) AS reports
          FROM investors_reporttally GROUP BY 1, 2, 3) k
    FULL JOIN (SELECT snapshot_key, kind, version, count(*) AS reports
               FROM investors_investorreport GROUP BY 1, 2, 3) f USING (snapshot_key, kind, version)
    WHERE k.reports IS DISTINCT FROM f.reports
"""

FINDERS: dict[str, checks.Finder] = {
    _("places taken are those of standing pledges"): lambda: checks.rows(PLACES),
    _("kept sums of offers are those of their rows"): lambda: checks.rows(KEPT),
    _("what pledges received is what the ledger says"): lambda: checks.rows(RECEIVED),
    _("nobody is sent back more than they paid"): lambda: checks.rows(RETURNED),
    _("allotted pledges are those in the register"): lambda: checks.rows(ALLOTTED),
    _("members are kept since they entered"): lambda: checks.rows(ENTRANTS),
    _("reports are kept as they were issued"): lambda: checks.rows(REPORTS),
    _("the provider holds what payments left there"): lambda: checks.rows(CLEARING),
}
