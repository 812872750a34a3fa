"""What a snapshot says never changes: the database refuses to rewrite or remove it.

Its state and the instants of its review do change; the figures, their day, version and hash do not.
"""

from typing import ClassVar

from django.db import migrations

FROZEN = """
CREATE FUNCTION properties_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.organisation_id, NEW.as_of, NEW.version, NEW.data,
            NEW.content_hash, NEW.restates_id, NEW.restatement_reason)
        IS NOT DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.as_of, OLD.version, OLD.data,
            OLD.content_hash, OLD.restates_id, OLD.restatement_reason) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'properties: the figures of a snapshot are frozen, % is refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON properties_snapshot
    FOR EACH ROW EXECUTE FUNCTION properties_refuse_rewrite();
"""

THAWED = """
DROP TRIGGER frozen ON properties_snapshot;
DROP FUNCTION properties_refuse_rewrite();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("properties", "0001_initial")]

    operations: ClassVar = [migrations.RunSQL(FROZEN, THAWED)]
