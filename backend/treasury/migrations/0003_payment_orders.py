"""Payment orders and their transfers, and the guards that keep what was ordered."""

from pathlib import Path

import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

from backend.core.create_models import CreateModels

GUARDS = Path(__file__).with_name("guards_payment_orders.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "__first__"),
        ("treasury", "0002_guards"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="PaymentOrder",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "message_id",
                        models.CharField(max_length=35, unique=True, verbose_name="message"),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="title")),
                    ("subject", models.CharField(blank=True, db_index=True, max_length=80)),
                    ("execute_on", models.DateField(verbose_name="to be executed on")),
                    (
                        "schema",
                        models.CharField(
                            choices=[
                                ("pain.001.001.09", "pain.001.001.09"),
                                ("pain.001.001.03", "pain.001.001.03"),
                            ],
                            default="pain.001.001.09",
                            max_length=20,
                            verbose_name="format",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "waits for another person"),
                                ("approved", "approved"),
                                ("dropped", "dropped"),
                            ],
                            default="drafted",
                            max_length=10,
                        ),
                    ),
                    ("drafted_at", models.DateTimeField(verbose_name="drafted")),
                    ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                    ("sha256", models.CharField(blank=True, max_length=64)),
                    ("content", models.BinaryField(null=True)),
                    (
                        "approved_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "bank_account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payment_orders",
                            to="treasury.bankaccount",
                        ),
                    ),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "payment order",
                    "verbose_name_plural": "payment orders",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("approved_by__isnull", True),
                                models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="payment_order_by_two_people",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "approved"), _negated=True),
                                models.Q(
                                    ("approved_at__isnull", False),
                                    ("approved_by__isnull", False),
                                    ("content__isnull", False),
                                    models.Q(("sha256", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="payment_order_approved_has_its_file",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CreditTransfer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("end_to_end_id", models.CharField(max_length=35)),
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
                    ("name", models.CharField(max_length=70, verbose_name="name")),
                    ("iban", models.CharField(max_length=34, verbose_name="IBAN")),
                    ("text", models.CharField(max_length=140, verbose_name="text of the line")),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "expectation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="credit_transfers",
                            to="treasury.expectation",
                        ),
                    ),
                    (
                        "order",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="transfers",
                            to="treasury.paymentorder",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "credit transfer",
                    "verbose_name_plural": "credit transfers",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=("expectation",),
                            name="credit_transfer_once_ordered",
                        ),
                        models.UniqueConstraint(
                            fields=("order", "number"), name="credit_transfer_number"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="credit_transfer_positive"
                        ),
                    ],
                },
            ),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
