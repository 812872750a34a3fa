"""The log of who opened a name goes after two years, and nothing else of the audit trail ever does.

The two years are measured by the trail itself: a row may go once a later row is that much younger.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION core_refuse_change_but_old_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.action LIKE 'identity.%'
            AND OLD.at < (SELECT at FROM core_auditevent ORDER BY id DESC LIMIT 1) - interval '24 months' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'core: % of % is refused, the audit trail is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER append_only ON core_auditevent;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON core_auditevent
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change_but_old_access();
"""
BACK = """
DROP TRIGGER append_only ON core_auditevent;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON core_auditevent
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
DROP FUNCTION core_refuse_change_but_old_access();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_is_append_only")]
    operations = [migrations.RunSQL(GUARD, BACK)]
