-- What a grantor wrote stays written; a repayment gets its order, and perhaps its failure, once.
-- Applied by 0008_changes_of_grants.py.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON campaigns_grantextension
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON campaigns_grantextension
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();

CREATE FUNCTION campaigns_guard_grant_repayment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.failed_at IS NULL
        AND (NEW.id, NEW.grant_id, NEW.amount, NEW.iban, NEW.asked_at)
            IS NOT DISTINCT FROM (OLD.id, OLD.grant_id, OLD.amount, OLD.iban, OLD.asked_at)
        AND (OLD.expectation_id IS NULL OR NEW.expectation_id = OLD.expectation_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'campaigns: a repayment of a grant is not changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON campaigns_grantrepayment
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_grant_repayment();

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION campaigns_guard_grant_repayment() SET search_path = %I, pg_temp',
        current_schema());
END $$;
