"""The guards of treasury, in SQL (guards.sql beside this file).

Plain triggers, as the ledger's: what a bank wrote is never changed, and one line never explains more
than it has, whoever asks and however many ask at once.
"""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("treasury", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
