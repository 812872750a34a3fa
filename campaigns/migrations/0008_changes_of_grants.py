"""The guards of more time for a grant, and of unspent money that goes back to its grantor."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_grant_changes.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_ties_and_impact"),
        ("treasury", "0004_reports_of_orders"),
    ]

    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
