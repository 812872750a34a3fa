"""Reports of years as they went to the accounts, versions of their words, and what was told before."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

MOVE = Path(__file__).with_name("impact_reports_to_years.sql")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("properties", "0009_causes_and_voids"),
        ("campaigns", "0010_tallies"),
        ("core", "0001_initial"),
    ]
    run_before: ClassVar = [("campaigns", "0011_impact_reports_are_year_reports")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="YearReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("added_on", models.DateField(verbose_name="added to the accounts on")),
                ("published_at", models.DateTimeField(verbose_name="published")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="year_reports",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of a year",
                "verbose_name_plural": "reports of years",
                "ordering": ["-year", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "year", "version"), name="year_report_version_once"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="yearnote", name="year_note_once"),
        migrations.AddField(
            model_name="yearnote",
            name="let_go_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="let go without the city"
            ),
        ),
        migrations.AddField(
            model_name="yearnote",
            name="reason",
            field=models.CharField(
                db_default="", default="", max_length=300, verbose_name="why it was corrected"
            ),
        ),
        migrations.AddField(
            model_name="yearnote",
            name="version",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="yearnote",
            name="written_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="written"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="yearnote",
            name="heading",
            field=models.CharField(
                choices=[
                    ("done", "What was done"),
                    ("slowed", "What prevented or slowed it"),
                    ("measured", "The impact that was measured, and by which standard"),
                    ("governance", "Governance"),
                    ("workers", "Workers"),
                    ("others", "Other stakeholders"),
                    ("environment", "Environment"),
                    ("ahead", "Goals for next year"),
                ],
                max_length=12,
                verbose_name="heading",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearnote",
            constraint=models.UniqueConstraint(
                fields=("organisation", "year", "heading", "version"),
                name="year_note_version_once",
            ),
        ),
        migrations.RunSQL(MOVE.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
