"""The guards of treasury, in SQL (the files beside this one).

Plain triggers, as the ledger's: what a bank wrote is never changed, and one line never explains more
than it has, whoever asks and however many ask at once.
"""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent
FILES = ("guards.sql", "guards_payment_orders.sql", "guards_desk.sql", "guards_sets.sql")
"""In this order: a later one replaces what an earlier one wrote."""
GUARDS = "".join((FOLDER / name).read_text(encoding="utf-8") for name in FILES)


class Migration(migrations.Migration):
    dependencies = [("treasury", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
