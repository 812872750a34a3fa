"""Payments, payout items and allotments are facts: UPDATE, DELETE and TRUNCATE are refused.

In SQL, because a guard in Python guards nothing against a raw job or a hand-made statement.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION campaigns_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'campaigns: % of % is refused, facts of money are append-only',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();
"""

TABLES = ("campaigns_payment", "campaigns_payoutitem", "campaigns_allotment")


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(GUARDS.format(table=table), migrations.RunSQL.noop)
            for table in TABLES
        ),
    ]
