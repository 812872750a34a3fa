-- Money of a raise that was released comes in at the issuer's own account. Applied by 0003.

-- 4. Which pairs of accounts money may move between. Never across funds.
-- New: once a held fund is released, what is paid to it (the price of a home that it sells) lands where
-- its money lies: holding waits on an ordinary account, held money never does.
CREATE OR REPLACE FUNCTION ledger_pair_is_allowed(
    source ledger_account, target ledger_account, fund ledger_fund, day date
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT source.fund_id IS NOT DISTINCT FROM target.fund_id
        AND source.currency = target.currency
        AND CASE source.kind
        WHEN 'outside' THEN target.kind = 'suspense'
        WHEN 'suspense' THEN target.kind = 'outside'
        WHEN 'payer' THEN target.kind IN ('held', 'clearing')
            OR target.kind = 'holding' AND (NOT fund.is_held OR fund.released_at IS NOT NULL)
        WHEN 'held' THEN target.kind IN ('held', 'payer')
            OR target.kind IN ('holding', 'due') AND fund.released_at IS NOT NULL
        WHEN 'clearing' THEN target.kind IN ('held', 'payer', 'due')
            OR target.kind IN ('holding', 'use') AND NOT fund.is_restricted AND NOT fund.is_held
        WHEN 'holding' THEN target.kind IN ('holding', 'held', 'payer')
            OR target.kind = 'owed' AND NOT fund.is_restricted
            OR target.kind = 'use' AND (NOT fund.is_restricted OR EXISTS (
                SELECT 1 FROM ledger_fundpolicy p
                WHERE p.fund_id = fund.id AND p.purpose = target.purpose
                    AND p.valid_from <= day AND (p.valid_to IS NULL OR day < p.valid_to)))
        WHEN 'use' THEN target.kind IN ('holding', 'due')
            OR target.kind = 'owed' AND NOT fund.is_restricted
        WHEN 'due' THEN target.kind IN ('held', 'holding', 'clearing')
        WHEN 'owed' THEN target.kind = 'use' AND NOT fund.is_restricted
        ELSE false END
$$;
