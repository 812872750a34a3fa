"""Guards and indexes that a large posting pays for once a statement (guards_one_pass.sql)."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_one_pass.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_guards_when")]
    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
