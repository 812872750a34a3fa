"""The guards of the ledger, in SQL (the files beside this one).

In SQL and as plain triggers, because a guard that lives in Python, or that a session setting can
switch off, guards nothing against a raw job or a hand-made statement.
"""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent
FILES = ("guards.sql", "guards_money_back.sql", "guards_sets.sql")
"""In this order: a later one replaces what an earlier one wrote."""
GUARDS = "".join((FOLDER / name).read_text(encoding="utf-8") for name in FILES)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
