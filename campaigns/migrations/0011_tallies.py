"""Kept sums of offers, and the triggers that write them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_tallies.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0010_orders_begun"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("method", models.CharField(blank=True, max_length=10, verbose_name="method")),
                ("received_on", models.DateField(null=True, verbose_name="received")),
                ("pledges", models.IntegerField(db_default=0, default=0, verbose_name="pledges")),
                (
                    "investors",
                    models.IntegerField(db_default=0, default=0, verbose_name="investors"),
                ),
                (
                    "waitlisted",
                    models.IntegerField(db_default=0, default=0, verbose_name="waiting in line"),
                ),
                (
                    "promised",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=16,
                        verbose_name="promised",
                    ),
                ),
                (
                    "paid",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=16,
                        verbose_name="paid",
                    ),
                ),
                (
                    "settled",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=16,
                        verbose_name="settled",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "kept sum of an offer",
                "verbose_name_plural": "kept sums of offers",
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
