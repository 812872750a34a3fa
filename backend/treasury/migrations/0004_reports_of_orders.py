"""What a bank reports of a payment order (pain.002) stays as it came."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_order_reports.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("treasury", "0003_limits_of_the_desk"),
    ]

    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
