"""What a bank reports of a payment order (pain.002), kept as it came."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_order_reports.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("treasury", "0003_limits_of_the_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("status", models.CharField(blank=True, max_length=4, verbose_name="status")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="treasury.paymentorder",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of a payment order",
                "verbose_name_plural": "reports of payment orders",
                "constraints": [
                    models.UniqueConstraint(fields=("order", "sha256"), name="order_report_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportedTransfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("status", models.CharField(max_length=4, verbose_name="status")),
                ("reason", models.CharField(blank=True, max_length=40, verbose_name="reason")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="in words")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="treasury.orderreport",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="treasury.credittransfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "reported transfer",
                "verbose_name_plural": "reported transfers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "transfer"), name="reported_transfer_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
