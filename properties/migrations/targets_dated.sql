-- A target keeps the day on which it was set: the audit trail has it of those that there are.
ALTER TABLE properties_target DISABLE TRIGGER told;
UPDATE properties_target target SET set_at = event.at
FROM (
    SELECT DISTINCT ON (subject_id, facts ->> 'year', code.key) subject_id, facts ->> 'year' AS year, code.key, at
    FROM core_auditevent, jsonb_each(facts -> 'targets') code
    WHERE action = 'year.targets_set'
    ORDER BY subject_id, facts ->> 'year', code.key, at DESC
) event
WHERE event.subject_id = target.organisation_id::text
    AND event.year = target.year::text AND event.key = target.indicator;
ALTER TABLE properties_target ENABLE TRIGGER told;

CREATE FUNCTION properties_keep_target() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'told_at' = to_jsonb(OLD) - 'told_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'properties: a target is changed by a further version, % is refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON properties_target
    FOR EACH ROW EXECUTE FUNCTION properties_keep_target();
