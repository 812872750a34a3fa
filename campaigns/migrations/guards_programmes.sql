-- The city's grants and figures, whoever writes. Applied by 0005_programmes.py.

-- 1. A grant is within its call: at most its maximum, at least the own share; all of them its budget.
-- The call is locked, so of two grants at once the second sees the first.
CREATE FUNCTION campaigns_judge_project_grant() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked campaigns_call; taken numeric;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'campaigns: the grant of a project is a fact, % is refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT c.* INTO STRICT asked FROM campaigns_call c
        JOIN campaigns_project p ON p.call_id = c.id WHERE p.id = NEW.project_id
        FOR NO KEY UPDATE OF c;
    SELECT coalesce(sum(g.amount), 0) INTO taken FROM campaigns_projectgrant g
        JOIN campaigns_project p ON p.id = g.project_id WHERE p.call_id = asked.id;
    IF NEW.amount > asked.grant_maximum OR taken + NEW.amount > asked.budget
        OR NEW.own_share * 100 < (NEW.amount + NEW.own_share) * asked.own_share_percent THEN
        RAISE EXCEPTION 'campaigns: call % does not allow this grant', asked.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'project_grant_within_call';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER judge BEFORE INSERT OR UPDATE OR DELETE ON campaigns_projectgrant
    FOR EACH ROW EXECUTE FUNCTION campaigns_judge_project_grant();

-- 2. Instalments are the grant, no less and no more, once the transaction ends; a payment is told once.
CREATE FUNCTION campaigns_judge_project_instalments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM campaigns_projectgrant g WHERE g.id = NEW.grant_id AND g.amount <>
            (SELECT sum(i.amount) FROM campaigns_projectinstalment i WHERE i.grant_id = g.id)) THEN
        RAISE EXCEPTION 'campaigns: instalments are the grant, no less and no more'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'project_instalments_are_the_grant';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER judge AFTER INSERT ON campaigns_projectinstalment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION campaigns_judge_project_instalments();

CREATE FUNCTION campaigns_guard_project_instalment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.paid_on IS NULL
        AND (NEW.id, NEW.grant_id, NEW.number, NEW.amount, NEW.due_on)
            IS NOT DISTINCT FROM (OLD.id, OLD.grant_id, OLD.number, OLD.amount, OLD.due_on) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'campaigns: an instalment is paid once and never changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON campaigns_projectinstalment
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_project_instalment();

-- 3. A figure that was entered is withdrawn, never changed. Those of sources are loaded anew.
CREATE FUNCTION campaigns_guard_output_figure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.entered_at IS NULL AND TG_OP = 'UPDATE' AND NEW.entered_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
        AND to_jsonb(NEW) - '{withdrawn_at,withdrawn_reason}'::text[]
            = to_jsonb(OLD) - '{withdrawn_at,withdrawn_reason}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'campaigns: an output figure is withdrawn, never changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON campaigns_outputfigure
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_output_figure();
