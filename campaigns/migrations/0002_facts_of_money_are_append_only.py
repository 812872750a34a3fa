"""Facts of money and of the register are refused every change; what was published stays as it was.

In SQL, because a guard in Python guards nothing against a raw job or a hand-made statement.
"""

from pathlib import Path

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION campaigns_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'campaigns: % of % is refused, facts of money are append-only',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- A version that was published stays as it was: somebody may hold it in hand.
CREATE FUNCTION campaigns_refuse_republishing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'campaigns: % of % is refused, what was published stays as it was',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""

WRITTEN_ONCE = (
    "campaigns_payment",
    "campaigns_payoutitem",
    "campaigns_allotment",
    "campaigns_sheetpaper",
    "campaigns_revocationwindow",
    "campaigns_orderfile",
    "campaigns_platformorder",
    "campaigns_changeofholder",
    "campaigns_registerfiling",
    "campaigns_certificate",
    "campaigns_certificatewithdrawal",
    "campaigns_offerelsewhere",
    "campaigns_ordercheck",
    "campaigns_ownercheck",
    "campaigns_movement",
    "campaigns_cashmovement",
    "campaigns_providerpull",
    "campaigns_providerproof",
)
PUBLISHED = ("campaigns_informationsheet", "campaigns_campaigndocument", "campaigns_update")
FILES = [Path(__file__).with_name(f"guards_{name}.sql") for name in ("returns", "grants")]
GUARDED = [(table, "campaigns_refuse_change") for table in WRITTEN_ONCE] + [
    (table, "campaigns_refuse_republishing") for table in PUBLISHED
]


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(GUARDS.format(table=table, function=function), migrations.RunSQL.noop)
            for table, function in GUARDED
        ),
        *(
            migrations.RunSQL(file.read_text(encoding="utf-8"), migrations.RunSQL.noop)
            for file in FILES
        ),
    ]
