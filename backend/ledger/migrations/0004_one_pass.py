"""Guards and indexes that a large posting pays for once a statement (guards_one_pass.sql)."""

from pathlib import Path

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_one_pass.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_guards_when")]
    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.AlterField("entry", "on", models.DateField()),
        migrations.AddIndex("entry", BrinIndex(name="ledger_entry_days", fields=["on"])),
    ]
