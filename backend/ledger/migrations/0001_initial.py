"""The books: funds with their policies, accounts, entries, transfers, seals, months, day totals."""

from decimal import Decimal

import django.contrib.postgres.indexes
import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models

from backend.core.create_models import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_audit_is_append_only"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Books",
                fields=[
                    (
                        "organisation",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="books",
                            serialize=False,
                            to="core.organisation",
                        ),
                    ),
                    ("closed_until", models.DateField(null=True)),
                ],
                options={
                    "verbose_name": "books",
                    "verbose_name_plural": "books",
                },
            ),
            migrations.CreateModel(
                name="Seal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("last_transfer_id", models.BigIntegerField(unique=True)),
                    ("head", models.CharField(max_length=64)),
                    ("sealed_at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "seal",
                    "verbose_name_plural": "seals",
                },
            ),
            migrations.CreateModel(
                name="Entry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.CharField(max_length=200)),
                    ("kind", models.CharField(max_length=40)),
                    ("on", models.DateField()),
                    ("at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    ("memo", models.CharField(blank=True, max_length=300)),
                    ("subject", models.CharField(blank=True, max_length=80)),
                    (
                        "posted_in",
                        models.BigIntegerField(
                            db_comment="transaction id", default=0, editable=False
                        ),
                    ),
                    (
                        "reverses",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reversed_by",
                            to="ledger.entry",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "entry",
                    "verbose_name_plural": "entries",
                    "indexes": [
                        models.Index(fields=["subject"], name="ledger_entry_subject"),
                        django.contrib.postgres.indexes.BrinIndex(
                            fields=["on"], name="ledger_entry_days"
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("key",), name="ledger_entry_key")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Fund",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=200)),
                    ("is_restricted", models.BooleanField(default=False)),
                    ("is_held", models.BooleanField(default=False)),
                    ("released_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="funds",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "fund",
                    "verbose_name_plural": "funds",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("is_held", True), ("released_at__isnull", True), _connector="OR"
                            ),
                            name="fund_only_held_is_released",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Account",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=120, unique=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("outside", "outside world of a bank account"),
                                ("suspense", "not yet explained"),
                                ("payer", "who the money is from"),
                                ("held", "held until release"),
                                ("clearing", "with the payment provider"),
                                ("holding", "at the issuer's bank"),
                                ("use", "spent for a purpose"),
                                ("due", "due from own money"),
                                ("owed", "owed by own money"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "purpose",
                        models.CharField(
                            blank=True,
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
                            default="",
                            max_length=40,
                        ),
                    ),
                    ("currency", models.CharField(default="EUR", max_length=3)),
                    (
                        "organisation",
                        models.ForeignKey(
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ledger_accounts",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "fund",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="accounts",
                            to="ledger.fund",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "account",
                    "verbose_name_plural": "accounts",
                    "indexes": [
                        models.Index(fields=["fund", "kind"], name="ledger_acco_fund_id_3d9472_idx")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("fund__isnull", True), ("kind__in", ["outside", "suspense"])
                                ),
                                models.Q(
                                    models.Q(("kind__in", ["outside", "suspense"]), _negated=True),
                                    ("fund__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="account_fund_fits_kind",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "use"), models.Q(("purpose", ""), _negated=True)),
                                models.Q(models.Q(("kind", "use"), _negated=True), ("purpose", "")),
                                _connector="OR",
                            ),
                            name="account_purpose_fits_kind",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DayTotal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("currency", models.CharField(max_length=3)),
                    ("on", models.DateField()),
                    (
                        "came",
                        models.DecimalField(
                            decimal_places=2, default=Decimal("0.00"), max_digits=16
                        ),
                    ),
                    (
                        "gone",
                        models.DecimalField(
                            decimal_places=2, default=Decimal("0.00"), max_digits=16
                        ),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="days",
                            to="ledger.account",
                        ),
                    ),
                    (
                        "fund",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payer_days",
                            to="ledger.fund",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("account", "fund", "currency", "on"),
                            name="day_total_once",
                            nulls_distinct=False,
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("account__isnull", True), ("fund__isnull", False)),
                                models.Q(("account__isnull", False), ("fund__isnull", True)),
                                _connector="OR",
                            ),
                            name="day_total_of_one",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FundPolicy",
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
                        ),
                    ),
                    ("valid_from", models.DateField()),
                    ("valid_to", models.DateField(blank=True, null=True)),
                    (
                        "fund",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="policies",
                            to="ledger.fund",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "fund policy",
                    "verbose_name_plural": "fund policies",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("fund", "purpose", "valid_from"), name="policy_once_per_start"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to__isnull", True),
                                ("valid_to__gt", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="policy_ends_after_start",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Month",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("first_day", models.DateField()),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("closed_by_label", models.CharField(blank=True, max_length=200)),
                    ("transfers", models.BigIntegerField(default=0)),
                    ("digest", models.CharField(blank=True, max_length=64)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="months",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "month of the books",
                    "verbose_name_plural": "months of the books",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "first_day"), name="month_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("first_day__day", 1)),
                            name="month_starts_on_the_first",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("closed_at__isnull", True),
                                    ("closed_by_label", ""),
                                    ("digest", ""),
                                ),
                                models.Q(
                                    ("closed_at__isnull", False),
                                    models.Q(("closed_by_label", ""), _negated=True),
                                    models.Q(("digest", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="month_close_has_who_and_what",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Transfer",
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
                    ("pair", models.CharField(default="", editable=False, max_length=30)),
                    ("content_hash", models.CharField(default="", editable=False, max_length=64)),
                    (
                        "entry",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="transfers",
                            to="ledger.entry",
                        ),
                    ),
                    (
                        "source",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="moved_out",
                            to="ledger.account",
                        ),
                    ),
                    (
                        "target",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="moved_in",
                            to="ledger.account",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "transfer",
                    "verbose_name_plural": "transfers",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="transfer_is_positive"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("source", models.F("target")), _negated=True),
                            name="transfer_moves_somewhere",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Balance",
                fields=[
                    (
                        "account",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="balance_row",
                            serialize=False,
                            to="ledger.account",
                        ),
                    ),
                    (
                        "amount",
                        models.DecimalField(
                            decimal_places=2, default=Decimal("0.00"), max_digits=16
                        ),
                    ),
                    ("floor", models.DecimalField(decimal_places=2, max_digits=16, null=True)),
                    ("ceiling", models.DecimalField(decimal_places=2, max_digits=16, null=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("floor__isnull", True),
                                ("amount__gte", models.F("floor")),
                                _connector="OR",
                            ),
                            name="balance_not_below_floor",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ceiling__isnull", True),
                                ("amount__lte", models.F("ceiling")),
                                _connector="OR",
                            ),
                            name="balance_not_above_ceiling",
                        ),
                    ],
                },
            ),
        )
    ]
