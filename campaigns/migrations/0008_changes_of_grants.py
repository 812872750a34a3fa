"""More time for a grant, and unspent money that goes back to its grantor."""

from pathlib import Path

import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_grant_changes.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_ties_and_impact"),
        ("treasury", "0004_reports_of_orders"),
    ]

    operations = [
        migrations.CreateModel(
            name="GrantExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("letter", models.CharField(max_length=200, verbose_name="the grantor's letter")),
                ("ends_on_before", models.DateField(verbose_name="to, before")),
                ("pay_until_before", models.DateField(verbose_name="to be paid by, before")),
                ("ends_on", models.DateField(verbose_name="to")),
                ("pay_until", models.DateField(verbose_name="to be paid by")),
                ("agreed_at", models.DateTimeField(verbose_name="written down")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="campaigns.grant",
                    ),
                ),
            ],
            options={
                "verbose_name": "extension of a grant",
                "verbose_name_plural": "extensions of grants",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gte", models.F("ends_on_before")),
                            ("pay_until__gte", models.F("pay_until_before")),
                            ("pay_until__gte", models.F("ends_on")),
                        ),
                        name="grant_extension_is_later",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantRepayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount_currency",
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
                    "amount",
                    djmoney.models.fields.MoneyField(
                        decimal_places=2, max_digits=14, verbose_name="amount"
                    ),
                ),
                ("iban", models.CharField(max_length=34, verbose_name="IBAN")),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                ("by_label", models.CharField(max_length=200)),
                ("failed_at", models.DateTimeField(null=True)),
                (
                    "expectation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grant_repayment",
                        to="treasury.expectation",
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repayments",
                        to="campaigns.grant",
                    ),
                ),
            ],
            options={
                "verbose_name": "repayment of a grant",
                "verbose_name_plural": "repayments of grants",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="grant_repayment_positive"
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
