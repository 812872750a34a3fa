"""The guard of allocations looks at their entries too, so no foreign key looks row by row."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_allocations.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("treasury", "0004_reports_of_orders")]
    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
