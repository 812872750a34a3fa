"""The day from which a transfer is looked for as late may move to a later one; nothing else of it does."""

from pathlib import Path

from django.db import migrations

GUARD = Path(__file__).with_name("guards_days.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("treasury", "0005_one_pass"),
    ]

    operations = [
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
