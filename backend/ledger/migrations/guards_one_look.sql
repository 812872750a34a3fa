-- The guards of transfers in one look at a statement's rows. Applied by 0005; what was refused is refused.

DROP TRIGGER judge ON ledger_transfer;
DROP TRIGGER closed_months ON ledger_transfer;
DROP TRIGGER move_balances ON ledger_transfer;
DROP TRIGGER move_days ON ledger_transfer;
DROP FUNCTION ledger_judge_transfers();
DROP FUNCTION ledger_refuse_closed();
DROP FUNCTION ledger_move_balances();
DROP FUNCTION ledger_move_days();

-- Moves of one day between the same two accounts; the payers of a fund count as one. Of its accounts one
-- stands for all.
CREATE TYPE ledger_alike AS (
    source_id bigint, target_id bigint, "on" date, key text, amount numeric,
    fits boolean, is_new boolean, is_hashed boolean);

CREATE FUNCTION ledger_judge_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves ledger_alike[]; late record; bad record;
BEGIN
    -- The look: thousands of rows come to a few moves, and the rest is asked of those.
    SELECT array_agg(move) INTO moves FROM (
        SELECT ROW(min(a.source_id), min(a.target_id), e."on", min(e.key), sum(a.amount),
            bool_and(a.amount_currency = s.currency AND a.pair = s.kind || '>' || g.kind),
            bool_and(e.posted_in = pg_current_xact_id()::text::bigint),
            bool_and(a.content_hash = ledger_transfer_digest(e.id, e.key, e.kind, e."on", e.at,
                e.by_label, e.memo, e.subject, e.reverses_id, a.id, a.source_id, a.target_id,
                a.amount, a.amount_currency)))::ledger_alike AS move
        FROM added a
            LEFT JOIN ledger_entry e ON e.id = a.entry_id
            LEFT JOIN ledger_account s ON s.id = a.source_id
            LEFT JOIN ledger_account g ON g.id = a.target_id
        GROUP BY CASE WHEN s.kind <> 'payer' THEN s.id END, s.kind, s.fund_id, s.currency,
            CASE WHEN g.kind <> 'payer' THEN g.id END, g.kind, g.fund_id, g.currency, e."on"
    ) looked;

    -- Nothing is posted into a closed month. A share of the books' row is held to the commit, and who
    -- closes a month wants it alone: an entry is in the month before it is closed, or is refused.
    PERFORM 1 FROM ledger_books WHERE organisation_id IN (
        SELECT a.organisation_id FROM unnest(moves) move
            CROSS JOIN LATERAL (VALUES (move.source_id), (move.target_id)) AS legs(account_id)
            JOIN ledger_account a ON a.id = legs.account_id)
        ORDER BY organisation_id FOR SHARE;
    SELECT move.key, move."on", b.closed_until INTO late
    FROM unnest(moves) move
        CROSS JOIN LATERAL (VALUES (move.source_id), (move.target_id)) AS legs(account_id)
        JOIN ledger_account a ON a.id = legs.account_id
        JOIN ledger_books b ON b.organisation_id = a.organisation_id
    WHERE move."on" <= b.closed_until LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger: entry % of % falls into a month closed until %',
            late.key, late."on", late.closed_until
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_month_is_open';
    END IF;

    -- IS NOT TRUE: of what is not there yet (foreign keys wait for the commit) nothing is known.
    SELECT s.code AS source, g.code AS target, move.* INTO bad
    FROM unnest(moves) move
        LEFT JOIN ledger_account s ON s.id = move.source_id
        LEFT JOIN ledger_account g ON g.id = move.target_id
        LEFT JOIN ledger_fund f ON f.id = s.fund_id
    WHERE (fits AND is_new AND is_hashed AND ledger_pair_is_allowed(s, g, f, move."on")) IS NOT TRUE
    LIMIT 1;
    IF FOUND THEN
        -- An entry is complete once its transaction is: nothing is added to it later.
        IF bad.is_new IS NOT TRUE OR bad.fits AND bad.is_hashed IS NOT TRUE THEN
            RAISE EXCEPTION 'ledger: entry % is complete, or its hash is not of what it moves', bad.key
                USING ERRCODE = 'restrict_violation';
        END IF;
        RAISE EXCEPTION 'ledger: no money may move from % to % on %', bad.source, bad.target, bad."on"
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_pair_allowed';
    END IF;

    -- Balances: one statement, which locks as it writes, in the order of accounts. Only a nested loop
    -- keeps that order, so no other join is planned here.
    PERFORM set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true);
    UPDATE ledger_balance b SET amount = b.amount + moved.delta
    FROM (
        SELECT account_id, sum(delta) AS delta FROM (
            SELECT source_id AS account_id, -amount AS delta FROM added
            UNION ALL SELECT target_id, amount FROM added) legs
        GROUP BY account_id ORDER BY account_id) moved
    WHERE b.account_id = moved.account_id;

    -- Days after balances: whoever moves an account of its own waits at its balance.
    INSERT INTO ledger_daytotal (account_id, fund_id, currency, "on", came, gone)
    SELECT CASE WHEN a.kind <> 'payer' THEN a.id END AS account,
        CASE WHEN a.kind = 'payer' THEN a.fund_id END AS fund,
        a.currency, move."on", sum(legs.came), sum(legs.gone)
    FROM unnest(moves) move
        CROSS JOIN LATERAL (VALUES (move.source_id, 0, move.amount),
            (move.target_id, move.amount, 0)) AS legs(account_id, came, gone)
        JOIN ledger_account a ON a.id = legs.account_id
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (account_id, fund_id, currency, "on") DO UPDATE
        SET came = ledger_daytotal.came + excluded.came,
            gone = ledger_daytotal.gone + excluded.gone;
    RETURN NULL;
END $$;
-- Its own settings end with it, those that it makes for balances too.
ALTER FUNCTION ledger_judge_transfers() SET enable_material = off;
ALTER FUNCTION ledger_judge_transfers() SET enable_hashjoin = on;
ALTER FUNCTION ledger_judge_transfers() SET enable_mergejoin = on;
CREATE TRIGGER judge AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_judge_transfers();

-- What an entry reverses is there when it comes, and is never removed: seen here for a whole statement, and
-- not by a foreign key for each entry, of which nearly all reverse none.
CREATE OR REPLACE FUNCTION ledger_remember_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad text;
BEGIN
    SELECT a.key INTO bad FROM added a WHERE a.reverses_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = a.reverses_id)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger: entry % reverses none that is there', bad
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'ledger_entry_reverses_one';
    END IF;
    INSERT INTO ledger_unjudged SELECT min(id), max(id) FROM added HAVING count(*) > 0;
    RETURN NULL;
END $$;

DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOR guard IN SELECT oid FROM pg_proc WHERE proname LIKE 'ledger\_%'
        AND pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
END $$;
