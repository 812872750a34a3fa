-- A claim on own money may be undone, together with what it was owed for. Applied by 0004.

-- 4. Which pairs of accounts money may move between. Never across funds.
-- New: own money owes less again (use > owed), never more than raised money is owed less at once.
CREATE OR REPLACE FUNCTION ledger_pair_is_allowed(
    source ledger_account, target ledger_account, fund ledger_fund, day date
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT source.fund_id IS NOT DISTINCT FROM target.fund_id
        AND source.currency = target.currency
        AND CASE source.kind
        WHEN 'outside' THEN target.kind = 'suspense'
        WHEN 'suspense' THEN target.kind = 'outside'
        WHEN 'payer' THEN target.kind IN ('held', 'clearing')
            OR target.kind = 'holding' AND NOT fund.is_held
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

-- 7. At commit, a claim on own money: own money bears it in the same entry and currency. What leaves
-- the provider is a fee, small beside the payment that it was taken from (5 % and one euro; cards in
-- the EEA cost less), or a chargeback: never more than payments about the same subject brought there.
CREATE OR REPLACE FUNCTION ledger_judge_claim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    charged numeric; paid numeric; borne numeric; due numeric; entry ledger_entry; brought numeric;
    forgiven numeric; undone numeric;
BEGIN
    SELECT coalesce(sum(amount) FILTER (WHERE pair = 'clearing>due'), 0),
        coalesce(sum(amount) FILTER (WHERE pair = 'payer>clearing'), 0),
        coalesce(sum(amount) FILTER (WHERE pair = 'owed>use'), 0),
        coalesce(sum(amount) FILTER (WHERE pair IN ('clearing>due', 'use>due', 'held>due')), 0)
    INTO charged, paid, borne, due
    FROM ledger_transfer
    WHERE entry_id = NEW.entry_id AND amount_currency = NEW.amount_currency;
    SELECT coalesce(sum(amount) FILTER (WHERE pair = 'use>owed'), 0),
        coalesce(sum(amount) FILTER (WHERE pair = 'due>clearing'), 0)
    INTO forgiven, undone
    FROM ledger_transfer
    WHERE entry_id = NEW.entry_id AND amount_currency = NEW.amount_currency;
    SELECT * INTO STRICT entry FROM ledger_entry WHERE id = NEW.entry_id;
    IF entry.kind = 'chargeback' AND entry.subject <> '' THEN
        SELECT coalesce(sum(CASE t.pair WHEN 'payer>clearing' THEN t.amount
            WHEN 'clearing>payer' THEN -t.amount WHEN 'due>clearing' THEN t.amount
            WHEN 'clearing>due' THEN CASE e.kind WHEN 'chargeback' THEN -t.amount ELSE 0 END
            ELSE 0 END), 0) + charged
        INTO brought
        FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
        WHERE e.subject = entry.subject AND t.amount_currency = NEW.amount_currency;
    ELSE
        brought := round(paid * 0.05, 2) + 1.00 * sign(paid);
    END IF;
    IF due <> borne OR charged > brought OR forgiven > undone THEN
        RAISE EXCEPTION 'ledger: entry % charges % on %, of which own money bears %',
            NEW.entry_id, charged, brought, borne
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_claim_has_bearer';
    END IF;
    RETURN NULL;
END $$;
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION ledger_judge_claim() SET search_path = %I, pg_temp',
        current_schema());
END $$;

DROP TRIGGER judge_claim ON ledger_transfer;
CREATE CONSTRAINT TRIGGER judge_claim AFTER INSERT ON ledger_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.pair IN ('clearing>due', 'use>due', 'held>due', 'owed>use', 'use>owed'))
    EXECUTE FUNCTION ledger_judge_claim();
