"""Guards that are called for those rows alone that may be wrong (guards_when.sql)."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_when.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
