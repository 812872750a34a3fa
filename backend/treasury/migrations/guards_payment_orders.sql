-- What was ordered at a bank is not changed. Applied by 0003_payment_orders.py.

-- 1. An order is written down, then approved with its file or dropped, and after that never touched.
CREATE FUNCTION treasury_guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'drafted'
        AND (NEW.id, NEW.bank_account_id, NEW.message_id, NEW.execute_on, NEW.schema,
                NEW.drafted_by_id, NEW.drafted_at)
            IS NOT DISTINCT FROM (OLD.id, OLD.bank_account_id, OLD.message_id, OLD.execute_on,
                OLD.schema, OLD.drafted_by_id, OLD.drafted_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'treasury: payment order % is not changed any more', OLD.message_id
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON treasury_paymentorder
    FOR EACH ROW EXECUTE FUNCTION treasury_guard_order();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON treasury_paymentorder
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse_change();

-- 2. Transfers are added to a draft alone; all that happens to one later is its end.
CREATE FUNCTION treasury_guard_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended timestamptz;
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM 1 FROM treasury_paymentorder WHERE id = NEW.order_id AND state = 'drafted' FOR SHARE;
        IF FOUND THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL THEN
        ended := NEW.ended_at;
        NEW.ended_at := NULL;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.ended_at := ended;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'treasury: a credit transfer of an order is not changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON treasury_credittransfer
    FOR EACH ROW EXECUTE FUNCTION treasury_guard_transfer();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON treasury_credittransfer
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse_change();

DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOR guard IN SELECT oid FROM pg_proc WHERE proname IN ('treasury_guard_order',
            'treasury_guard_transfer') AND pronamespace = current_schema()::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
END $$;
