-- Whether all of a rent or a cost has come, kept beside it. Applied by 0018.
-- Computed at every writing of the row, so that no stale copy of it says otherwise; a new part of a bank line
-- has the rows that it is about written anew. Both take the lock of the expectation first, and then the row's.
CREATE FUNCTION properties_say_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.is_paid := coalesce(
        (SELECT sum(part.amount) FROM treasury_allocation part WHERE part.expectation_id = NEW.expectation_id)
        >= (SELECT amount FROM treasury_expectation WHERE id = NEW.expectation_id), false);
    RETURN NEW;
END $$;
CREATE TRIGGER say_paid BEFORE INSERT OR UPDATE ON properties_rentcharge
    FOR EACH ROW EXECUTE FUNCTION properties_say_paid();
CREATE TRIGGER say_paid BEFORE INSERT OR UPDATE ON properties_costline
    FOR EACH ROW EXECUTE FUNCTION properties_say_paid();

CREATE FUNCTION properties_keep_paid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    met bigint[] := ARRAY(SELECT DISTINCT expectation_id FROM added WHERE expectation_id IS NOT NULL);
BEGIN
    UPDATE properties_rentcharge SET is_paid = is_paid WHERE expectation_id = ANY (met);
    UPDATE properties_costline SET is_paid = is_paid WHERE expectation_id = ANY (met);
    RETURN NULL;
END $$;
CREATE TRIGGER keep_paid AFTER INSERT ON treasury_allocation
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION properties_keep_paid();

DO $$
DECLARE
    keeper regprocedure;
BEGIN
    FOREACH keeper IN ARRAY ARRAY['properties_say_paid()', 'properties_keep_paid()']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', keeper, current_schema());
    END LOOP;
    -- Whatever the planner was told of the tables, none is read whole for some lines of a bank.
    ALTER FUNCTION properties_keep_paid() SET enable_seqscan = off;
END $$;

UPDATE properties_rentcharge SET is_paid = is_paid;
UPDATE properties_costline SET is_paid = is_paid WHERE expectation_id IS NOT NULL;
