"""The guard of allocations looks at no more than was added (guards_narrow.sql)."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_narrow.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("treasury", "0007_who_is_forgotten")]
    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
