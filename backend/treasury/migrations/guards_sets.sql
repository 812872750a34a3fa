-- The guards of lines and allocations, a statement at a time. Applied by 0005; the others are in guards.sql.

-- 2a. A line stands in a statement of its account. Neither is ever removed, so no foreign key looks again.
CREATE FUNCTION treasury_judge_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad bigint;
BEGIN
    SELECT a.id INTO bad FROM added a LEFT JOIN treasury_bankstatement s ON s.id = a.statement_id
    WHERE s.account_id IS DISTINCT FROM a.account_id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'treasury: line % stands in no statement of its account', bad
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'line_of_statement';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER judge AFTER INSERT ON treasury_bankline
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_judge_lines();

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON treasury_expectation
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse_change();

DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOR guard IN SELECT oid FROM pg_proc WHERE proname LIKE 'treasury\_%'
        AND pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
END $$;
