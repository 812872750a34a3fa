-- Invoices and running costs, whoever asks. Applied by 0009_grants.py.

-- 1. An invoice is kept as it was handed in; a cost gets its expectation, and perhaps an end.
CREATE FUNCTION campaigns_guard_running_cost() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.cancelled_at IS NULL
        AND (NEW.id, NEW.invoice_id, NEW.grant_id, NEW.fund_id, NEW.purpose, NEW.amount,
                NEW.incurred_on, NEW.account_id)
            IS NOT DISTINCT FROM (OLD.id, OLD.invoice_id, OLD.grant_id, OLD.fund_id, OLD.purpose,
                OLD.amount, OLD.incurred_on, OLD.account_id)
        AND (OLD.expectation_id IS NULL OR NEW.expectation_id = OLD.expectation_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'campaigns: a running cost is cancelled, never changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON campaigns_runningcost
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_running_cost();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON campaigns_invoice
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON campaigns_invoice
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();

-- 2. Raised capital pays no running cost; a grant pays its kinds in its days and no more than it is; an
-- invoice is charged once. Invoice and grant are locked, so of two the second sees the first's.
CREATE FUNCTION campaigns_judge_running_cost() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    invoice campaigns_invoice; given campaigns_grant; fund ledger_fund; taken numeric;
BEGIN
    SELECT * INTO STRICT invoice FROM campaigns_invoice WHERE id = NEW.invoice_id FOR NO KEY UPDATE;
    SELECT * INTO STRICT fund FROM ledger_fund WHERE id = NEW.fund_id;
    SELECT * INTO given FROM campaigns_grant WHERE id = NEW.grant_id FOR NO KEY UPDATE;
    IF fund.is_restricted AND fund.id IS DISTINCT FROM given.fund_id THEN
        RAISE EXCEPTION 'campaigns: fund % pays no running cost', fund.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'running_cost_of_grant_or_own';
    END IF;
    IF given.id IS NOT NULL AND (NEW.incurred_on NOT BETWEEN given.starts_on AND given.ends_on
            OR NOT EXISTS (SELECT 1 FROM ledger_fundpolicy p
                WHERE p.fund_id = given.fund_id AND p.purpose = NEW.purpose)) THEN
        RAISE EXCEPTION 'campaigns: grant % does not pay % of %', given.code, NEW.purpose,
            NEW.incurred_on USING ERRCODE = 'check_violation', CONSTRAINT = 'running_cost_eligible';
    END IF;
    SELECT sum(amount) INTO taken FROM campaigns_runningcost
        WHERE invoice_id = invoice.id AND cancelled_at IS NULL;
    IF taken > invoice.total THEN
        RAISE EXCEPTION 'campaigns: % of invoice % would be charged', taken, invoice.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'running_cost_within_invoice';
    END IF;
    SELECT sum(amount) INTO taken FROM campaigns_runningcost
        WHERE grant_id = given.id AND fund_id = given.fund_id AND cancelled_at IS NULL;
    IF taken > given.amount THEN
        RAISE EXCEPTION 'campaigns: % of grant % would be charged', taken, given.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'running_cost_within_grant';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER judge AFTER INSERT ON campaigns_runningcost
    FOR EACH ROW EXECUTE FUNCTION campaigns_judge_running_cost();

DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOR guard IN SELECT oid FROM pg_proc WHERE proname IN ('campaigns_guard_running_cost',
            'campaigns_judge_running_cost') AND pronamespace = current_schema()::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
END $$;
