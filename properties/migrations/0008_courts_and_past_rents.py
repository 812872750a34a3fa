"""Court auctions with increase, sales to which nobody came, and rents paid before this system."""

from django.db import migrations

KEPT = """
CREATE FUNCTION properties_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'properties: % of % is refused, it is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON properties_desertedsale
    FOR EACH ROW EXECUTE FUNCTION properties_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON properties_pastrent
    FOR EACH ROW EXECUTE FUNCTION properties_refuse_change();
"""
LET_GO = """
DROP TRIGGER append_only ON properties_pastrent;
DROP TRIGGER append_only ON properties_desertedsale;
DROP FUNCTION properties_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_access_log_retention"),
        ("ledger", "0003_guards_when"),
        ("properties", "0007_city"),
    ]

    operations = [
        migrations.RunSQL(KEPT, LET_GO),
    ]
