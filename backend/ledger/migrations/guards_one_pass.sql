-- What a large posting pays for, once a statement and not once a row. Applied by 0004; what was refused
-- is refused.

-- 5. Balances: one statement, which locks as it writes, in the order of accounts. Only a nested loop
-- keeps that order, so no other join is planned here. Rows have room beside them: an update stays on its
-- page, and no index hears of it. Who may write is asked after it, because before it each row is locked.
ALTER TABLE ledger_balance SET (fillfactor = 50);
DROP TRIGGER guard_update ON ledger_balance;
CREATE TRIGGER guard_update AFTER UPDATE ON ledger_balance
    FOR EACH ROW WHEN (pg_trigger_depth() < 1 OR (NEW.account_id, NEW.floor, NEW.ceiling)
        IS DISTINCT FROM (OLD.account_id, OLD.floor, OLD.ceiling))
    EXECUTE FUNCTION ledger_guard_balance();

CREATE OR REPLACE FUNCTION ledger_move_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ledger_balance b SET amount = b.amount + moved.delta
    FROM (
        SELECT account_id, sum(delta) AS delta FROM (
            SELECT source_id AS account_id, -amount AS delta FROM added
            UNION ALL SELECT target_id, amount FROM added) legs
        GROUP BY account_id ORDER BY account_id) moved
    WHERE b.account_id = moved.account_id;
    RETURN NULL;
END $$;

-- By its name it fires after move_balances: whoever moves an account of its own waits at its balance.
CREATE FUNCTION ledger_move_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_daytotal (account_id, fund_id, currency, "on", came, gone)
    SELECT CASE WHEN a.kind <> 'payer' THEN a.id END AS account,
        CASE WHEN a.kind = 'payer' THEN a.fund_id END AS fund,
        a.currency, moved."on", sum(moved.came), sum(moved.gone)
    FROM (
        -- Summed by account first: a few accounts move with each of many payers.
        SELECT legs.account_id, e."on", sum(legs.came) AS came, sum(legs.gone) AS gone
        FROM added t LEFT JOIN ledger_entry e ON e.id = t.entry_id
            CROSS JOIN LATERAL (VALUES (t.source_id, 0, t.amount), (t.target_id, t.amount, 0))
                AS legs(account_id, came, gone)
        GROUP BY 1, 2
    ) moved LEFT JOIN ledger_account a ON a.id = moved.account_id
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (account_id, fund_id, currency, "on") DO UPDATE
        SET came = ledger_daytotal.came + excluded.came,
            gone = ledger_daytotal.gone + excluded.gone;
    RETURN NULL;
END $$;
CREATE TRIGGER move_days AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_move_days();

-- 6. At commit, the entries of a statement as a whole: each moves something. A row remembers which they
-- are until then; taking it away does not help, for its trigger is called for already.
CREATE UNLOGGED TABLE ledger_unjudged (first_id bigint PRIMARY KEY, last_id bigint NOT NULL);

CREATE FUNCTION ledger_remember_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_unjudged SELECT min(id), max(id) FROM added HAVING count(*) > 0;
    RETURN NULL;
END $$;
DROP TRIGGER judge_entry ON ledger_entry;
DROP FUNCTION ledger_judge_entry();
CREATE TRIGGER remember AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_remember_entries();

-- Others' entries may stand between; each is judged in its own transaction.
CREATE FUNCTION ledger_judge_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad text;
BEGIN
    SELECT e.key INTO bad FROM ledger_entry e
    WHERE e.id BETWEEN NEW.first_id AND NEW.last_id
        AND e.posted_in = pg_current_xact_id()::text::bigint
        AND (SELECT t.id FROM ledger_transfer t WHERE t.entry_id = e.id LIMIT 1) IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger: entry % moves nothing', bad
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_moves_something';
    END IF;
    DELETE FROM ledger_unjudged WHERE first_id = NEW.first_id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER judge_entries AFTER INSERT ON ledger_unjudged
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_judge_entries();

-- 12. As in guards.sql: the guards look at the real tables alone. And whatever a look at a table in the
-- middle of a large transaction told the planner (that it is empty), no guard reads all of one for each row.
DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOR guard IN SELECT oid FROM pg_proc WHERE proname LIKE 'ledger\_%'
        AND pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
    FOREACH guard IN ARRAY ARRAY['ledger_judge_transfers()', 'ledger_refuse_closed()',
            'ledger_move_days()']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s SET enable_material = off', guard);
    END LOOP;
END $$;
ALTER FUNCTION ledger_judge_entries() SET enable_seqscan = off;
ALTER FUNCTION ledger_move_balances() SET enable_hashjoin = off;
ALTER FUNCTION ledger_move_balances() SET enable_mergejoin = off;
