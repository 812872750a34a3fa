"""Let money come in for a raise that was released: the price of a home that it sells."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_0003.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
