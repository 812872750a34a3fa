"""Reports come by the thousand and never change: vacuumed soon after, they are counted by index alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("investors", "0009_reports_by_snapshot")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE investors_investorreport SET (autovacuum_vacuum_insert_scale_factor = 0.02)",
            "ALTER TABLE investors_investorreport RESET (autovacuum_vacuum_insert_scale_factor)",
        ),
    ]
