"""The files made for authorities, kept as versions that nobody rewrites."""

from pathlib import Path

import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_regulator_files.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0013_homes_of_plan_lines"),
        ("core", "0003_access_log_retention"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegulatorFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("projects", "List of projects, for the authority"),
                            (
                                "projects_esma",
                                "List of projects, owners hashed, as passed on to ESMA",
                            ),
                            ("offers", "Structured data on offers, for Consob"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it differs"),
                ),
                ("offers", models.PositiveIntegerField(verbose_name="offers")),
                (
                    "total_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[
                            ("GBP", "British Pound"),
                            ("EUR", "Euro"),
                            ("CHF", "Swiss Franc"),
                            ("USD", "US Dollar"),
                        ],
                        default="EUR",
                        editable=False,
                        max_length=3,
                    ),
                ),
                (
                    "total",
                    djmoney.models.fields.MoneyField(
                        decimal_places=2, max_digits=14, verbose_name="together"
                    ),
                ),
                ("text", models.TextField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64, verbose_name="hash")),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regulator_files",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "file for an authority",
                "verbose_name_plural": "files for authorities",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("about", "kind", "year", "version"),
                        name="regulator_file_version_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="regulator_file_counts"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
