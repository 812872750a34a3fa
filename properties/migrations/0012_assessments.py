"""What is known of households after intake: each telling with its day and source."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0011_home_releases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="as of")),
                ("source", models.CharField(max_length=80, verbose_name="source")),
                (
                    "ethos",
                    models.CharField(
                        choices=[
                            ("EL1", "People living rough"),
                            ("EL2", "People in emergency accommodation"),
                            ("EL3", "People in accommodation for the homeless"),
                            ("EL4", "People in institutions, no home before release"),
                            ("EL5", "People in non-conventional dwellings"),
                            ("EL6", "Homeless people temporarily with family or friends"),
                            ("EL7x", "Under threat of eviction"),
                            ("EL8x", "Inadequate or overcrowded home"),
                            ("EL0", "None of these"),
                            ("REFUSED", "Refused to say"),
                            ("UNKNOWN", "Not known"),
                            ("NOT_COLLECTED", "Not asked"),
                        ],
                        max_length=13,
                        verbose_name="housing situation before",
                    ),
                ),
                (
                    "isee",
                    models.CharField(
                        choices=[
                            ("to_6241", "up to € 6,241.67"),
                            ("to_10310", "up to € 10,310"),
                            ("to_26000", "up to € 26,000"),
                            ("over_26000", "over € 26,000"),
                            ("REFUSED", "Refused to say"),
                            ("UNKNOWN", "Not known"),
                            ("NOT_COLLECTED", "Not asked"),
                        ],
                        max_length=13,
                        verbose_name="income bracket (ISEE)",
                    ),
                ),
                ("people", models.JSONField(verbose_name="people")),
                ("by_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="properties.household",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["on", "id"],
            },
        ),
    ]
