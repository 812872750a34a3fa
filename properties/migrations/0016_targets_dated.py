"""Targets keep the day on which they were set; a change is a further version, never written over."""

from pathlib import Path

import django.utils.timezone
from django.db import migrations, models

DATED = Path(__file__).with_name("targets_dated.sql")
UNDATED = "DROP TRIGGER kept ON properties_target; DROP FUNCTION properties_keep_target();"


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0015_tallies"),
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="target",
            name="version",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="target",
            name="set_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="set"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="target",
            name="value",
            field=models.PositiveBigIntegerField(null=True, verbose_name="target"),
        ),
        migrations.RemoveConstraint(model_name="target", name="target_once"),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("organisation", "year", "indicator", "version"), name="target_version_once"
            ),
        ),
        migrations.RunSQL(DATED.read_text(encoding="utf-8"), UNDATED),
    ]
