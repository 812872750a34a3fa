-- The guards of the desk. Applied by 0004_desk.py.

-- 1. An act is asked, done, refused or undone: its state is all of it that ever changes.
CREATE FUNCTION treasury_guard_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.state := NEW.state;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'treasury: an act of the desk is undone, never changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON treasury_deskact
    FOR EACH ROW EXECUTE FUNCTION treasury_guard_act();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON treasury_deskact
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse_change();

-- 2. A part is told once what was booked of it.
CREATE FUNCTION treasury_guard_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.allocation_id IS NULL THEN
        OLD.allocation_id := NEW.allocation_id;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'treasury: a part of an act is booked once, never changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON treasury_deskpart
    FOR EACH ROW EXECUTE FUNCTION treasury_guard_part();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON treasury_deskpart
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse_change();

-- 3. As in guards.sql: the guards look at the real tables alone.
DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOREACH guard IN ARRAY ARRAY['treasury_guard_act()', 'treasury_guard_part()']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
END $$;
