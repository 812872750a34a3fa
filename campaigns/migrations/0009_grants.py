"""Grants, invoices and running costs, and the guards that hold them."""

from pathlib import Path

import django.db.models.deletion
import djmoney.models.fields
import djmoney.money
from django.db import migrations, models

from backend.core.create_models import CreateModels

GUARDS = Path(__file__).with_name("guards_grants.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0008_provider"),
        ("core", "0002_audit_is_append_only"),
        ("ledger", "0002_guards"),
        ("treasury", "0004_desk"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Grant",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(max_length=40, verbose_name="code")),
                    ("title", models.CharField(max_length=200, verbose_name="title")),
                    ("grantor", models.CharField(max_length=200, verbose_name="grantor")),
                    ("agreement", models.CharField(max_length=120, verbose_name="agreement")),
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
                    (
                        "own_share_currency",
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
                        "own_share",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            default=djmoney.money.Money(0, "EUR"),
                            max_digits=14,
                            verbose_name="own share promised",
                        ),
                    ),
                    ("starts_on", models.DateField(verbose_name="from")),
                    ("ends_on", models.DateField(verbose_name="to")),
                    ("pay_until", models.DateField(verbose_name="to be paid by")),
                    ("agreed_at", models.DateTimeField(verbose_name="written down")),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "bank_account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grants",
                            to="treasury.bankaccount",
                        ),
                    ),
                    (
                        "fund",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grant",
                            to="ledger.fund",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grants",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "grant",
                    "verbose_name_plural": "grants",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "code"), name="grant_code_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends_on__gte", models.F("starts_on")),
                                ("pay_until__gte", models.F("ends_on")),
                            ),
                            name="grant_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0), ("own_share__gte", 0)),
                            name="grant_of_something",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="GrantInstalment",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="number")),
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
                    ("due_on", models.DateField(verbose_name="due on")),
                    (
                        "expectation",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grant_instalment",
                            to="treasury.expectation",
                        ),
                    ),
                    (
                        "grant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="instalments",
                            to="campaigns.grant",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "instalment",
                    "verbose_name_plural": "instalments",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("grant", "number"), name="grant_instalment_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="grant_instalment_positive"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Invoice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("supplier", models.CharField(max_length=200, verbose_name="supplier")),
                    ("supplier_tax_code", models.CharField(max_length=20, verbose_name="tax code")),
                    (
                        "supplier_iban",
                        models.CharField(blank=True, max_length=34, verbose_name="IBAN"),
                    ),
                    ("number", models.CharField(max_length=60, verbose_name="number")),
                    ("issued_on", models.DateField(verbose_name="issued on")),
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
                            decimal_places=2, max_digits=14, verbose_name="total"
                        ),
                    ),
                    ("content", models.BinaryField()),
                    ("media_type", models.CharField(max_length=40)),
                    ("sha256", models.CharField(max_length=64)),
                    ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invoices",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "invoice",
                    "verbose_name_plural": "invoices",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "supplier_tax_code", "number", "issued_on"),
                            name="invoice_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("total__gt", 0)), name="invoice_of_something"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RunningCost",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "purpose",
                        models.CharField(
                            choices=[
                                ("acquisition.deposit", "Auction deposit"),
                                ("acquisition.price", "Purchase price"),
                                ("acquisition.taxes", "Transfer taxes"),
                                ("acquisition.notary", "Decree or notary"),
                                (
                                    "acquisition.cancellation",
                                    "Cancellation of mortgages and seizures",
                                ),
                                ("acquisition.agency", "Agency"),
                                ("works", "Works"),
                                ("furniture", "Furniture"),
                                ("rates", "Rates and charges"),
                                ("insurance", "Insurance"),
                                ("management", "Management"),
                                ("provider_fees", "Payment fees"),
                                ("success_fee", "Platform's success fee"),
                                ("receivable", "Owed by investors after a chargeback"),
                                ("running", "Running costs"),
                            ],
                            max_length=40,
                            verbose_name="what for",
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
                    ("incurred_on", models.DateField(verbose_name="arose on")),
                    ("due_on", models.DateField(verbose_name="due on")),
                    ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                    ("by_label", models.CharField(max_length=200)),
                    ("cancelled_at", models.DateTimeField(null=True, verbose_name="cancelled")),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.account",
                        ),
                    ),
                    (
                        "expectation",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="running_cost",
                            to="treasury.expectation",
                        ),
                    ),
                    (
                        "fund",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.fund",
                        ),
                    ),
                    (
                        "grant",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="costs",
                            to="campaigns.grant",
                        ),
                    ),
                    (
                        "invoice",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="costs",
                            to="campaigns.invoice",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "running cost",
                    "verbose_name_plural": "running costs",
                    "indexes": [
                        models.Index(
                            fields=["grant", "incurred_on"], name="campaigns_r_grant_i_35c9fc_idx"
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="running_cost_positive"
                        )
                    ],
                },
            ),
        ),
        migrations.AlterField(
            model_name="transferorder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("release", "Release to the issuer"),
                    ("fee_top_up", "Top-up from own money"),
                    ("success_fee", "Platform's success fee, taken from the release"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
