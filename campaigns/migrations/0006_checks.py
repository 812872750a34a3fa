"""Checks of owners and of large orders: findings that are written once (R1, R6, R7, I2, I5)."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();
"""
TABLES = ("campaigns_ordercheck", "campaigns_ownercheck")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0005_taking_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_by", models.CharField(max_length=200, verbose_name="checked by")),
                ("checked_on", models.DateField(verbose_name="checked on")),
                ("is_appropriate", models.BooleanField(verbose_name="appropriate")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_checks",
                        to="campaigns.pledge",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of an order",
                "verbose_name_plural": "checks of orders",
            },
        ),
        migrations.CreateModel(
            name="OwnerCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_by", models.CharField(max_length=200, verbose_name="checked by")),
                ("checked_on", models.DateField(verbose_name="checked on")),
                ("is_consumer", models.BooleanField(null=True, verbose_name="acts as a consumer")),
                (
                    "has_clean_record",
                    models.BooleanField(null=True, verbose_name="clean criminal record shown"),
                ),
                (
                    "is_in_listed_country",
                    models.BooleanField(null=True, verbose_name="established in a listed country"),
                ),
                (
                    "shareholding_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=5,
                        verbose_name="part of the platform that it holds (%)",
                    ),
                ),
                (
                    "is_manager",
                    models.BooleanField(default=False, verbose_name="manages the platform"),
                ),
                (
                    "is_employee",
                    models.BooleanField(default=False, verbose_name="works for the platform"),
                ),
                (
                    "is_controlled",
                    models.BooleanField(
                        default=False, verbose_name="controlled by people of the platform"
                    ),
                ),
                (
                    "exit_years",
                    models.PositiveSmallIntegerField(
                        null=True, verbose_name="years of exit or tag-along"
                    ),
                ),
                (
                    "publishes_agreements",
                    models.BooleanField(null=True, verbose_name="shareholder agreements published"),
                ),
                ("evidence", models.CharField(max_length=300, verbose_name="evidence")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owner_checks",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of an owner",
                "verbose_name_plural": "checks of owners",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shareholding_percent__gte", 0), ("shareholding_percent__lte", 100)
                        ),
                        name="owner_check_percent",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "".join(GUARDS.format(table=table) for table in TABLES), migrations.RunSQL.noop
        ),
    ]
