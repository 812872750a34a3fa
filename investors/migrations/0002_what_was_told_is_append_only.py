"""Reports, tests, checks, simulations, acknowledgements are records: no UPDATE, DELETE or TRUNCATE."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION investors_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'investors: % of % is refused, records are append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION investors_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION investors_refuse_change();
"""

TABLES = (
    "investors_investorreport",
    "investors_knowledgetest",
    "investors_losssimulation",
    "investors_acknowledgement",
    "investors_identitycheck",
)


class Migration(migrations.Migration):
    dependencies = [("investors", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(GUARDS.format(table=table), migrations.RunSQL.noop)
            for table in TABLES
        ),
    ]
