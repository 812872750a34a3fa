"""The guard of allocations planned alike at every size (guards_one_pass.sql), and an index less on lines."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_one_pass.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("treasury", "0004_reports_of_orders")]
    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
