-- The guards of treasury. Applied by 0002_guards.py; read that file's docstring first.

-- 1. What a bank said, and what was made of it, is never changed.
CREATE FUNCTION treasury_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'treasury: % of % is refused, it is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['treasury_statementfile', 'treasury_statementrefusal',
        'treasury_bankstatement', 'treasury_bankline', 'treasury_allocation'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION treasury_refuse_change()', name);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse_change()', name);
    END LOOP;
END $$;

-- 2. An expectation is cancelled, never rewritten to what came.
CREATE FUNCTION treasury_guard_expectation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.state := NEW.state;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'treasury: an expectation is cancelled, never changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON treasury_expectation
    FOR EACH ROW EXECUTE FUNCTION treasury_guard_expectation();

-- 3. No more of a line is explained than it has, no more is met than was expected, like with like.
-- Lines and expectations are locked in one order first, so of two writers the second sees the first's.
-- NO KEY UPDATE, because a plain foreign key takes KEY SHARE: with FOR UPDATE two inserts would wait
-- for each other. That line, expectation and entry are there is looked at here, and not by foreign keys,
-- row by row: all three are append-only.
CREATE FUNCTION treasury_judge_allocations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad bigint;
BEGIN
    PERFORM 1 FROM treasury_bankline WHERE id IN (SELECT line_id FROM added)
        ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM treasury_expectation WHERE id IN (SELECT expectation_id FROM added)
        ORDER BY id FOR NO KEY UPDATE;

    SELECT a.id INTO bad FROM added a LEFT JOIN treasury_bankline l ON l.id = a.line_id
        LEFT JOIN treasury_expectation e ON e.id = a.expectation_id
        LEFT JOIN ledger_entry y ON y.id = a.entry_id
        LEFT JOIN treasury_allocation first ON first.id = a.reverses_id
    WHERE a.amount_currency IS DISTINCT FROM l.amount_currency
        OR e.id IS DISTINCT FROM a.expectation_id OR y.id IS NULL
        OR e.id IS NOT NULL AND (e.amount_currency <> l.amount_currency
            OR e.bank_account_id <> l.account_id
            OR (e.direction = 'in') <> (l.amount > 0)
            OR e.state <> 'open' AND a.amount > 0)
        OR first.id IS NOT NULL AND (first.line_id <> a.line_id OR first.amount <> -a.amount
            OR first.expectation_id IS DISTINCT FROM a.expectation_id)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'treasury: allocation % does not fit its line or its expectation', bad
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_fits';
    END IF;

    SELECT l.id INTO bad FROM treasury_bankline l JOIN treasury_allocation a ON a.line_id = l.id
    WHERE l.id IN (SELECT line_id FROM added)
    GROUP BY l.id, l.amount HAVING sum(a.amount) > abs(l.amount) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'treasury: more of line % would be explained than it has', bad
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_within_line';
    END IF;

    SELECT e.id INTO bad FROM treasury_expectation e
        JOIN treasury_allocation a ON a.expectation_id = e.id
    WHERE e.id IN (SELECT expectation_id FROM added)
    GROUP BY e.id, e.amount HAVING sum(a.amount) > e.amount LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'treasury: more would meet expectation % than was expected', bad
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_within_expectation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER judge AFTER INSERT ON treasury_allocation
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_judge_allocations();

-- An allocation is taken back once. Those that take none back, nearly all, need no place in the index.
ALTER TABLE treasury_allocation DROP CONSTRAINT treasury_allocation_reverses_id_key;
CREATE UNIQUE INDEX treasury_allocation_reverses_once ON treasury_allocation (reverses_id)
    WHERE reverses_id IS NOT NULL;

-- 4. A temporary table is found before a real one of its name, and anybody may make one: the guards
-- look at the real ones alone.
DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOR guard IN SELECT oid FROM pg_proc WHERE proname LIKE 'treasury\_%'
        AND pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
END $$;
