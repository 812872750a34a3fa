-- What goes back to people. Applied by 0002_facts_of_money_are_append_only.py.

-- What is on its way back of a payment is never more than it brought, whoever asks and however many.
CREATE FUNCTION campaigns_judge_refund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    brought numeric; back numeric;
BEGIN
    SELECT amount INTO brought FROM campaigns_payment WHERE id = NEW.payment_id FOR NO KEY UPDATE;
    SELECT sum(amount) INTO back FROM campaigns_refund
        WHERE payment_id = NEW.payment_id AND failed_at IS NULL;
    IF back > brought THEN
        RAISE EXCEPTION 'campaigns: % of payment % would go back, which brought %',
            back, NEW.payment_id, brought
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_within_payment';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER judge AFTER INSERT OR UPDATE OF amount, payment_id, failed_at ON campaigns_refund
    FOR EACH ROW EXECUTE FUNCTION campaigns_judge_refund();

-- An account that two people confirmed stays as they confirmed it, and what was handed in stays.
CREATE FUNCTION campaigns_guard_return_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.confirmed_at IS NULL
        AND (NEW.id, NEW.pledge_id, NEW.iban, NEW.holder, NEW.sha256, NEW.content)
            IS NOT DISTINCT FROM (OLD.id, OLD.pledge_id, OLD.iban, OLD.holder, OLD.sha256,
                OLD.content) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'campaigns: an account to return money to is not changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON campaigns_returnaccount
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_return_account();
