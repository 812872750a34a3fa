"""The bank: statements, lines, expectations, allocations, differences and the desk, payment orders."""

import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

from backend.core.create_models import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_audit_is_append_only"),
        ("ledger", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="BankAccount",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("iban", models.CharField(max_length=34, unique=True, verbose_name="IBAN")),
                    ("name", models.CharField(max_length=120, verbose_name="name")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("restricted", "restricted: money waits here for its release"),
                                ("ordinary", "ordinary"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "currency",
                        models.CharField(default="EUR", max_length=3, verbose_name="currency"),
                    ),
                    (
                        "holder",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bank_accounts",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "outside",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.account",
                        ),
                    ),
                    (
                        "suspense",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.account",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "bank account",
                    "verbose_name_plural": "bank accounts",
                },
            ),
            migrations.CreateModel(
                name="Expectation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("reference", models.CharField(max_length=60, verbose_name="reference")),
                    ("key", models.CharField(max_length=60)),
                    ("is_ours", models.BooleanField()),
                    (
                        "direction",
                        models.CharField(
                            choices=[("in", "money in"), ("out", "money out")],
                            max_length=3,
                            verbose_name="direction",
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
                    (
                        "counterparty",
                        models.CharField(blank=True, max_length=200, verbose_name="counterparty"),
                    ),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                    ("owner_kind", models.CharField(max_length=60)),
                    ("owner_key", models.CharField(max_length=60)),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "open"), ("cancelled", "cancelled")],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("opened_at", models.DateTimeField()),
                    (
                        "after",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="before",
                            to="treasury.expectation",
                        ),
                    ),
                    (
                        "bank_account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="expectations",
                            to="treasury.bankaccount",
                        ),
                    ),
                    (
                        "source",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.account",
                        ),
                    ),
                    (
                        "target",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.account",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "expectation",
                    "verbose_name_plural": "expectations",
                    "indexes": [
                        models.Index(
                            fields=["owner_kind", "owner_key"],
                            name="treasury_ex_owner_k_bed8f9_idx",
                        ),
                        models.Index(
                            condition=models.Q(("is_ours", False)),
                            fields=["bank_account"],
                            name="expectation_others_codes",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("key", "bank_account", "direction"), name="expectation_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="expectation_positive"
                        ),
                    ],
                },
            ),
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
            migrations.CreateModel(
                name="ReconciliationRun",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("is_dry_run", models.BooleanField(default=False, verbose_name="dry run")),
                    ("ran_at", models.DateTimeField(verbose_name="at")),
                    ("by_label", models.CharField(max_length=200)),
                    ("totals", models.JSONField(default=dict)),
                    ("is_second_pass", models.BooleanField(default=False)),
                    ("reached", models.BigIntegerField(default=0)),
                    ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                    (
                        "holder",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "reconciliation run",
                    "verbose_name_plural": "reconciliation runs",
                },
            ),
            migrations.CreateModel(
                name="StatementFile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("sha256", models.CharField(max_length=64, unique=True)),
                    ("raw", models.BinaryField()),
                    ("name", models.CharField(blank=True, max_length=200)),
                    ("received_at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "organisation",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "statement file",
                    "verbose_name_plural": "statement files",
                },
            ),
            migrations.CreateModel(
                name="BankStatement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("statement_id", models.CharField(max_length=80, verbose_name="statement")),
                    ("from_on", models.DateField(verbose_name="from")),
                    ("to_on", models.DateField(verbose_name="to")),
                    (
                        "opening_currency",
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
                            null=True,
                        ),
                    ),
                    (
                        "opening",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, null=True
                        ),
                    ),
                    (
                        "closing_currency",
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
                            null=True,
                        ),
                    ),
                    (
                        "closing",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, null=True
                        ),
                    ),
                    ("format", models.CharField(blank=True, max_length=40, verbose_name="format")),
                    ("lines_new", models.PositiveIntegerField()),
                    ("lines_known", models.PositiveIntegerField()),
                    ("lines_pending", models.PositiveIntegerField(default=0)),
                    ("imported_at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="statements",
                            to="treasury.bankaccount",
                        ),
                    ),
                    (
                        "file",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="statements",
                            to="treasury.statementfile",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "bank statement",
                    "verbose_name_plural": "bank statements",
                    "indexes": [
                        models.Index(
                            fields=["account", "-to_on", "-id"],
                            name="treasury_ba_account_194fe8_idx",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closing__isnull", True), ("opening__isnull", True)),
                                models.Q(("closing__isnull", False), ("opening__isnull", False)),
                                _connector="OR",
                            ),
                            name="statement_has_both_balances_or_none",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="BankLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("identity", models.CharField(max_length=120)),
                    ("fingerprint", models.CharField(max_length=80)),
                    ("booked_on", models.DateField(verbose_name="booked on")),
                    ("value_on", models.DateField(verbose_name="value date")),
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
                        "counterparty_name",
                        models.CharField(blank=True, max_length=200, verbose_name="counterparty"),
                    ),
                    ("counterparty_iban", models.CharField(blank=True, max_length=34)),
                    ("text", models.TextField(blank=True, verbose_name="text of the line")),
                    ("end_to_end_id", models.CharField(blank=True, max_length=80)),
                    ("creditor_reference", models.TextField(blank=True)),
                    ("bank_id", models.CharField(blank=True, max_length=100)),
                    ("instructed", models.CharField(blank=True, max_length=30)),
                    ("is_reversal", models.BooleanField(default=False)),
                    ("return_reason", models.CharField(blank=True, max_length=40)),
                    ("parts", models.PositiveIntegerField(default=1)),
                    ("key", models.CharField(blank=True, max_length=60)),
                    ("key_reason", models.CharField(blank=True, max_length=40)),
                    (
                        "account",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="treasury.bankaccount",
                        ),
                    ),
                    (
                        "statement",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="treasury.bankstatement",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "bank line",
                    "verbose_name_plural": "bank lines",
                    "indexes": [
                        models.Index(
                            fields=["account", "-booked_on", "-id"],
                            name="treasury_ba_account_7a117b_idx",
                        ),
                        models.Index(
                            condition=models.Q(("counterparty_iban", ""), _negated=True),
                            fields=["counterparty_iban"],
                            name="bank_line_payers",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("account", "identity"), name="bank_line_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount", 0), _negated=True), name="bank_line_moves"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Allocation",
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
                    ("amount", djmoney.models.fields.MoneyField(decimal_places=2, max_digits=14)),
                    ("reason", models.CharField(max_length=300)),
                    ("allocated_at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "entry",
                        models.OneToOneField(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.entry",
                        ),
                    ),
                    (
                        "reverses",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reversed_by",
                            to="treasury.allocation",
                        ),
                    ),
                    (
                        "line",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="allocations",
                            to="treasury.bankline",
                        ),
                    ),
                    (
                        "expectation",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="allocations",
                            to="treasury.expectation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "allocation",
                    "verbose_name_plural": "allocations",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount__gt", 0), ("reverses__isnull", True)),
                                models.Q(("amount__lt", 0), ("reverses__isnull", False)),
                                _connector="OR",
                            ),
                            name="allocation_sign",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Discrepancy",
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
                                ("short", "less than expected"),
                                ("over", "more than expected"),
                                ("duplicate", "paid again"),
                                ("unexplained", "not explained"),
                            ],
                            max_length=12,
                            verbose_name="kind",
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
                    ("reason", models.CharField(max_length=40, verbose_name="reason")),
                    ("note", models.TextField(blank=True)),
                    ("opened_at", models.DateTimeField(verbose_name="noticed")),
                    ("resolved_at", models.DateTimeField(null=True)),
                    ("resolved_by_label", models.CharField(blank=True, max_length=200)),
                    ("resolution", models.TextField(blank=True)),
                    (
                        "bank_account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="treasury.bankaccount",
                        ),
                    ),
                    (
                        "line",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="discrepancies",
                            to="treasury.bankline",
                        ),
                    ),
                    (
                        "owner",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="discrepancies",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "expectation",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="discrepancies",
                            to="treasury.expectation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "discrepancy",
                    "verbose_name_plural": "discrepancies",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("resolved_at__isnull", True)),
                            fields=["bank_account", "opened_at"],
                            name="discrepancy_waiting",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("expectation__isnull", False), ("kind", "short")),
                                models.Q(
                                    models.Q(("kind", "short"), _negated=True),
                                    ("line__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="discrepancy_is_about_something",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("resolution", ""),
                                    ("resolved_at__isnull", True),
                                    ("resolved_by_label", ""),
                                ),
                                models.Q(
                                    ("resolved_at__isnull", False),
                                    models.Q(("resolved_by_label", ""), _negated=True),
                                    models.Q(("resolution", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="discrepancy_end_has_who_when_why",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("resolved_at__isnull", True),
                                models.Q(("kind", "short"), _negated=True),
                            ),
                            fields=("line",),
                            name="discrepancy_one_open_per_line",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("kind", "short"), ("resolved_at__isnull", True)),
                            fields=("expectation",),
                            name="discrepancy_one_open_per_expectation",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DeskAct",
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
                                ("explain", "explained by hand"),
                                ("split", "split"),
                                ("write_off", "written off"),
                                ("give_up", "given up"),
                            ],
                            max_length=10,
                            verbose_name="kind",
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
                    ("reason", models.CharField(max_length=300, verbose_name="reason")),
                    ("needs_second", models.BooleanField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "waits for another person"),
                                ("done", "done"),
                                ("refused", "refused by another person"),
                                ("undone", "undone"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("asked_at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "asked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "line",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="acts",
                            to="treasury.bankline",
                        ),
                    ),
                    (
                        "discrepancy",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="acts",
                            to="treasury.discrepancy",
                        ),
                    ),
                    (
                        "expectation",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="acts",
                            to="treasury.expectation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "act of the desk",
                    "verbose_name_plural": "acts of the desk",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("expectation__isnull", False),
                                    ("kind", "give_up"),
                                    ("line__isnull", True),
                                ),
                                models.Q(
                                    models.Q(("kind", "give_up"), _negated=True),
                                    ("expectation__isnull", True),
                                    ("line__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="desk_act_is_about_one_thing",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("amount__gt", 0), models.Q(("reason", ""), _negated=True)
                            ),
                            name="desk_act_of_something_with_a_reason",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "asked")),
                            fields=("line",),
                            name="desk_act_one_asked_per_line",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "asked")),
                            fields=("expectation",),
                            name="desk_act_one_asked_per_expectation",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DeskPart",
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
                    ("purpose", models.CharField(blank=True, max_length=40)),
                    ("payer", models.CharField(blank=True, max_length=200)),
                    (
                        "act",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="parts",
                            to="treasury.deskact",
                        ),
                    ),
                    (
                        "allocation",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="desk_part",
                            to="treasury.allocation",
                        ),
                    ),
                    (
                        "fund",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.fund",
                        ),
                    ),
                    (
                        "expectation",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="treasury.expectation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "part of an act",
                    "verbose_name_plural": "parts of an act",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("amount__gt", 0),
                                models.Q(
                                    models.Q(
                                        ("expectation__isnull", False),
                                        ("fund__isnull", True),
                                        ("payer", ""),
                                        ("purpose", ""),
                                    ),
                                    models.Q(
                                        ("expectation__isnull", True),
                                        ("fund__isnull", False),
                                        ("payer", ""),
                                        models.Q(("purpose", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("expectation__isnull", True),
                                        ("fund__isnull", False),
                                        ("purpose", ""),
                                        models.Q(("payer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            name="desk_part_is_met_or_meant",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="StatementRefusal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=60)),
                    ("sentence", models.TextField()),
                    ("refused_at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "file",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="refusals",
                            to="treasury.statementfile",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "refused statement",
                    "verbose_name_plural": "refused statements",
                },
            ),
            migrations.CreateModel(
                name="SubAccount",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "account",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sub_account",
                            to="ledger.account",
                        ),
                    ),
                    (
                        "bank_account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sub_accounts",
                            to="treasury.bankaccount",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "sub-account",
                    "verbose_name_plural": "sub-accounts",
                },
            ),
            migrations.CreateModel(
                name="TableLayout",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("columns", models.JSONField(verbose_name="columns")),
                    (
                        "date_form",
                        models.CharField(
                            choices=[
                                ("%d/%m/%Y", "31/12/2026"),
                                ("%d.%m.%Y", "31.12.2026"),
                                ("%d-%m-%Y", "31-12-2026"),
                                ("%Y-%m-%d", "2026-12-31"),
                            ],
                            default="%d/%m/%Y",
                            max_length=10,
                            verbose_name="dates look like",
                        ),
                    ),
                    (
                        "decimal_mark",
                        models.CharField(
                            choices=[(",", "1.234,56"), (".", "1,234.56")],
                            default=",",
                            max_length=1,
                            verbose_name="amounts look like",
                        ),
                    ),
                    (
                        "is_newest_first",
                        models.BooleanField(
                            default=False, verbose_name="the newest movement stands first"
                        ),
                    ),
                    (
                        "bank_account",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="table_layout",
                            to="treasury.bankaccount",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "table layout",
                    "verbose_name_plural": "table layouts",
                },
            ),
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
                        models.UniqueConstraint(
                            fields=("order", "sha256"), name="order_report_once"
                        )
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
                    (
                        "words",
                        models.CharField(blank=True, max_length=200, verbose_name="in words"),
                    ),
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
        )
    ]
