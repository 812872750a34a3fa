"""Ties of investors to an issuer and impact reports of issuers are append-only."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_name("guards_ties.sql")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_programmes_of_the_sources"),
        ("core", "0002_audit_is_append_only"),
        ("investors", "0003_report_policy"),
    ]

    operations = [
        migrations.RunSQL(GUARDS.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
