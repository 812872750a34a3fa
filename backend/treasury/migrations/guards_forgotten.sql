-- As in guards_days.sql; and who was expected may be taken out, when no law keeps the name. Applied by 0007.
CREATE OR REPLACE FUNCTION treasury_guard_expectation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.state := NEW.state;
        IF NEW.due_on >= OLD.due_on THEN
            OLD.due_on := NEW.due_on;
        END IF;
        IF NEW.counterparty = '' THEN
            OLD.counterparty := '';
        END IF;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'treasury: an expectation is cancelled, never changed'
        USING ERRCODE = 'restrict_violation';
END $$;

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION treasury_guard_expectation() SET search_path = %I, pg_temp',
        current_schema());
END $$;
