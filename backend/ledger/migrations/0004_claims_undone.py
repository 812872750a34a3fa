"""A claim on own money may be undone: a chargeback that the provider gives back.

The SQL stands in guards_0004.sql beside this file.
"""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_0004.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_fees_and_chargebacks")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
