"""Kept sums of offers, and the triggers that write them."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_tallies.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0009_evidence_terms"),
    ]

    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
