"""What a programme told stays as it was told: the guards of calls, projects, grants and output figures."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_programmes.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_tax_relief"), ("core", "0002_audit_is_append_only")]

    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
