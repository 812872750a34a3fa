"""The guards of the ledger, in SQL (guards.sql beside this file).

In SQL and as plain triggers, because a guard that lives in Python, or that a session setting can
switch off, guards nothing against a raw job or a hand-made statement.
"""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
