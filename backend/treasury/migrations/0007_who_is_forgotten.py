"""Who a transfer was expected from or meant for may be taken out of an expectation; nothing else of it changes."""

from pathlib import Path

from django.db import migrations

GUARD = Path(__file__).with_name("guards_forgotten.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("treasury", "0006_days_move_later"),
    ]

    operations = [
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
