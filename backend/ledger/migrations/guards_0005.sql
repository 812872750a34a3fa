-- Months of the books and what an account moved on a day. Applied by 0005_months_and_days.py.

-- 1. Whose books an account stands in: its fund's, or for outside and suspense who opened it.
CREATE FUNCTION ledger_stamp_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.fund_id IS NOT NULL THEN
        SELECT organisation_id INTO NEW.organisation_id FROM ledger_fund WHERE id = NEW.fund_id;
    END IF;
    INSERT INTO ledger_books (organisation_id) SELECT NEW.organisation_id
        WHERE NEW.organisation_id IS NOT NULL ON CONFLICT DO NOTHING;
    RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_stamp_account();

-- 2. What an account moved on a day, written by the trigger on transfers alone. Payers are as many as
-- pledges and move a few times each: they are kept as one pool per fund.
CREATE FUNCTION ledger_guard_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') OR pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'ledger: % follows from other rows, % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION ledger_move_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ledger_balance
        WHERE account_id IN (SELECT source_id FROM added UNION SELECT target_id FROM added)
        ORDER BY account_id FOR UPDATE;
    UPDATE ledger_balance b SET amount = b.amount + moved.delta
    FROM (
        SELECT account_id, sum(delta) AS delta FROM (
            SELECT source_id AS account_id, -amount AS delta FROM added
            UNION ALL SELECT target_id, amount FROM added) legs
        GROUP BY account_id) moved
    WHERE b.account_id = moved.account_id;
    -- In one order as well; whoever moves an account of its own waits at its balance already.
    INSERT INTO ledger_daytotal (account_id, fund_id, currency, "on", came, gone)
    SELECT CASE WHEN a.kind <> 'payer' THEN a.id END AS account,
        CASE WHEN a.kind = 'payer' THEN a.fund_id END AS fund,
        a.currency, e."on", sum(legs.came), sum(legs.gone)
    FROM (
        SELECT entry_id, source_id AS account_id, 0 AS came, amount AS gone FROM added
        UNION ALL SELECT entry_id, target_id, amount, 0 FROM added) legs
        JOIN ledger_account a ON a.id = legs.account_id
        JOIN ledger_entry e ON e.id = legs.entry_id
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (account_id, fund_id, currency, "on") DO UPDATE
        SET came = ledger_daytotal.came + excluded.came,
            gone = ledger_daytotal.gone + excluded.gone;
    RETURN NULL;
END $$;

INSERT INTO ledger_daytotal (account_id, fund_id, currency, "on", came, gone)
SELECT CASE WHEN a.kind <> 'payer' THEN a.id END, CASE WHEN a.kind = 'payer' THEN a.fund_id END,
    a.currency, e."on", sum(legs.came), sum(legs.gone)
FROM (
    SELECT entry_id, source_id AS account_id, 0 AS came, amount AS gone FROM ledger_transfer
    UNION ALL SELECT entry_id, target_id, amount, 0 FROM ledger_transfer) legs
    JOIN ledger_account a ON a.id = legs.account_id
    JOIN ledger_entry e ON e.id = legs.entry_id
GROUP BY 1, 2, 3, 4;
SET CONSTRAINTS ALL IMMEDIATE;

CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON ledger_daytotal
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_daytotal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_kept();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON ledger_books
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_books
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_kept();

-- 3. Nothing is posted into a closed month. A share of the books' row is held to the commit, and who
-- closes a month wants it alone: an entry is in the month before it is closed, or is refused.
CREATE FUNCTION ledger_refuse_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    latest date; late record;
BEGIN
    PERFORM 1 FROM ledger_books WHERE organisation_id IN (
        SELECT organisation_id FROM ledger_account
        WHERE id IN (SELECT source_id FROM added UNION SELECT target_id FROM added))
        ORDER BY organisation_id FOR SHARE;
    SELECT max(closed_until) INTO latest FROM ledger_books;
    IF latest IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT e.key, e."on", b.closed_until INTO late
    FROM (SELECT entry_id, source_id AS account_id FROM added
          UNION SELECT entry_id, target_id FROM added) legs
        JOIN ledger_entry e ON e.id = legs.entry_id
        JOIN ledger_account a ON a.id = legs.account_id
        JOIN ledger_books b ON b.organisation_id = a.organisation_id
    WHERE e."on" <= b.closed_until LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger: entry % of % falls into a month closed until %',
            late.key, late."on", late.closed_until
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_month_is_open';
    END IF;
    RETURN NULL;
END $$;
-- By its name it fires before move_balances: the books' row is always taken before any balance.
CREATE TRIGGER closed_months AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_closed();

-- 4. What stood in a month: the first one closed holds all that came before it, too.
CREATE FUNCTION ledger_month_content(month ledger_month, OUT transfers bigint, OUT digest text)
LANGUAGE sql STABLE AS $$
    SELECT count(*), encode(sha256(convert_to(
        coalesce(string_agg(ledger_transfer_hash(e, t), '' ORDER BY t.id), ''), 'UTF8')), 'hex')
    FROM ledger_transfer t
        JOIN ledger_entry e ON e.id = t.entry_id
        JOIN ledger_account s ON s.id = t.source_id
    WHERE s.organisation_id = month.organisation_id
        AND e."on" < month.first_day + interval '1 month'
        AND (e."on" >= month.first_day OR NOT EXISTS (
            SELECT 1 FROM ledger_month m WHERE m.organisation_id = month.organisation_id
                AND m.first_day < month.first_day AND m.closed_at IS NOT NULL))
$$;

-- A month is closed once, after the one before it, and stays closed.
CREATE FUNCTION ledger_close_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    until date; content record;
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (OLD.closed_at IS NOT NULL
            OR (NEW.id, NEW.organisation_id, NEW.first_day)
                IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.first_day)) THEN
        RAISE EXCEPTION 'ledger: a month of the books is closed once and for good'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'ledger: a month is asked for before it is closed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.closed_at IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT closed_until INTO until FROM ledger_books
        WHERE organisation_id = NEW.organisation_id FOR UPDATE;
    IF NOT FOUND OR NEW.first_day <> until + 1 THEN
        RAISE EXCEPTION 'ledger: months are closed in order, the last one until %', until
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_months_in_order';
    END IF;
    SELECT * INTO content FROM ledger_month_content(NEW);
    NEW.transfers := content.transfers;
    NEW.digest := content.digest;
    UPDATE ledger_books SET closed_until = (NEW.first_day + interval '1 month' - interval '1 day')::date
        WHERE organisation_id = NEW.organisation_id;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON ledger_month
    FOR EACH ROW EXECUTE FUNCTION ledger_close_month();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_month
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOR guard IN SELECT oid FROM pg_proc WHERE proname LIKE 'ledger\_%'
        AND pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
END $$;
