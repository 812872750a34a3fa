-- The guard of allocations as in guards_one_pass.sql, looking at no more rows than were added, however many
-- stand. Applied by 0008.
CREATE OR REPLACE FUNCTION treasury_judge_allocations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    PERFORM 1 FROM treasury_bankline WHERE id IN (SELECT line_id FROM added)
        ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM treasury_expectation WHERE id IN (SELECT expectation_id FROM added)
        ORDER BY id FOR NO KEY UPDATE;

    WITH looked AS MATERIALIZED (
        SELECT a.id, a.line_id, a.expectation_id, abs(l.amount) AS size, e.amount AS due,
            a.amount_currency IS DISTINCT FROM l.amount_currency
            OR e.id IS DISTINCT FROM a.expectation_id OR y.id IS NULL
            OR e.id IS NOT NULL AND (e.amount_currency <> l.amount_currency
                OR e.bank_account_id <> l.account_id
                OR (e.direction = 'in') <> (l.amount > 0)
                OR e.state <> 'open' AND a.amount > 0)
            OR a.reverses_id IS NOT NULL AND EXISTS (
                SELECT 1 FROM treasury_allocation first WHERE first.id = a.reverses_id
                    AND (first.line_id <> a.line_id OR first.amount <> -a.amount
                        OR first.expectation_id IS DISTINCT FROM a.expectation_id)) AS is_odd
        FROM added a LEFT JOIN treasury_bankline l ON l.id = a.line_id
            LEFT JOIN treasury_expectation e ON e.id = a.expectation_id
            LEFT JOIN ledger_entry y ON y.id = a.entry_id
    )
    SELECT * INTO bad FROM (
        SELECT 'allocation_fits' AS guard, id FROM looked WHERE is_odd
        UNION ALL
        SELECT 'allocation_within_line', line_id FROM looked one
        WHERE (SELECT sum(amount) FROM treasury_allocation WHERE line_id = one.line_id) > size
        UNION ALL
        SELECT 'allocation_within_expectation', expectation_id FROM looked one
        WHERE (SELECT sum(amount) FROM treasury_allocation
            WHERE expectation_id = one.expectation_id) > due
    ) found LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'treasury: %', CASE bad.guard
            WHEN 'allocation_fits'
                THEN format('allocation %s does not fit its line or its expectation', bad.id)
            WHEN 'allocation_within_line'
                THEN format('more of line %s would be explained than it has', bad.id)
            ELSE format('more would meet expectation %s than was expected', bad.id) END
            USING ERRCODE = 'check_violation', CONSTRAINT = bad.guard;
    END IF;
    RETURN NULL;
END $$;

-- One row is found by its index for each that was added, whatever the planner takes a table for.
DO $$
DECLARE
    plan text;
BEGIN
    EXECUTE format('ALTER FUNCTION treasury_judge_allocations() SET search_path = %I, pg_temp',
        current_schema());
    FOREACH plan IN ARRAY ARRAY['material', 'bitmapscan', 'hashjoin', 'mergejoin', 'seqscan'] LOOP
        EXECUTE format('ALTER FUNCTION treasury_judge_allocations() SET enable_%s = off', plan);
    END LOOP;
END $$;
