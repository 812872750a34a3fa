"""Orders of platforms, the register after the allotment, proofs, openings, chargebacks."""

import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();
"""
TABLES = (
    "campaigns_orderfile",
    "campaigns_platformorder",
    "campaigns_changeofholder",
    "campaigns_registerfiling",
    "campaigns_certificate",
    "campaigns_certificatewithdrawal",
)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_life_of_an_offer"),
        ("core", "0002_audit_is_append_only"),
        ("investors", "0002_what_was_told_is_append_only"),
        ("treasury", "0002_guards"),
    ]

    operations = [
        migrations.AlterField(
            model_name="payment",
            name="method",
            field=models.CharField(
                choices=[
                    ("card", "Card"),
                    ("transfer", "Bank transfer"),
                    ("opening", "Taken over from elsewhere"),
                ],
                max_length=10,
                verbose_name="method",
            ),
        ),
        migrations.AlterField(
            model_name="transferorder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("release", "Release to the issuer"),
                    ("fee_top_up", "Top-up of payment fees from own money"),
                    ("success_fee", "Platform's success fee, taken from the release"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="transferorder",
            name="target",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="treasury.bankaccount",
            ),
        ),
        migrations.CreateModel(
            name="Certificate",
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
                            ("contract", "Subscription contract"),
                            ("subscription", "Proof of subscription"),
                            ("tax_relief", "Certificate for the tax relief"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=60, unique=True, verbose_name="number")),
                ("data", models.JSONField(verbose_name="contents")),
                ("content_hash", models.CharField(max_length=64, verbose_name="hash")),
                ("pdf", models.BinaryField(verbose_name="document")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "allotment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="campaigns.allotment",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="campaigns.certificate",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
            },
        ),
        migrations.CreateModel(
            name="CertificateWithdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("withdrawn_at", models.DateTimeField(verbose_name="withdrawn")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="campaigns.certificate",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawn certificate",
                "verbose_name_plural": "withdrawn certificates",
            },
        ),
        migrations.CreateModel(
            name="ChangeOfHolder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shares", models.PositiveIntegerField(verbose_name="shares")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gift", "Gift"),
                            ("inheritance", "Inheritance"),
                            ("sale", "Sale"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="on")),
                ("evidence", models.CharField(max_length=300, verbose_name="evidence")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "allotment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="campaigns.allotment",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="investors.investor",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="investors.investor",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of holder",
                "verbose_name_plural": "changes of holder",
            },
        ),
        migrations.CreateModel(
            name="Chargeback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "provider_id",
                    models.CharField(max_length=120, unique=True, verbose_name="provider's id"),
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
                    "reference",
                    models.CharField(blank=True, max_length=25, verbose_name="reference"),
                ),
                ("withdrawn_at", models.DateTimeField(verbose_name="withdrawn")),
                ("reinstated_at", models.DateTimeField(null=True, verbose_name="given back")),
                ("repaid_at", models.DateTimeField(null=True, verbose_name="paid by the investor")),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chargebacks",
                        to="campaigns.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "chargeback",
                "verbose_name_plural": "chargebacks",
            },
        ),
        migrations.CreateModel(
            name="IssuerStatus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("innovative_startup", "Innovative start-up"),
                            ("innovative_sme", "Innovative SME"),
                        ],
                        max_length=30,
                        verbose_name="status",
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("evidence", models.CharField(max_length=300, verbose_name="evidence")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statuses",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "issuer's status",
                "verbose_name_plural": "issuers' statuses",
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_of", models.DateField(verbose_name="as of")),
                ("evidence", models.CharField(max_length=300, verbose_name="evidence")),
                ("rows", models.JSONField(verbose_name="rows")),
                ("content_hash", models.CharField(max_length=64, verbose_name="hash")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("by_label", models.CharField(max_length=200)),
                ("applied_at", models.DateTimeField(null=True, verbose_name="applied")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening balance",
                "verbose_name_plural": "opening balances",
            },
        ),
        migrations.CreateModel(
            name="OrderFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("content_hash", models.CharField(max_length=64, verbose_name="hash")),
                ("rows", models.PositiveIntegerField(verbose_name="rows")),
                (
                    "changed",
                    models.PositiveIntegerField(verbose_name="rows that changed something"),
                ),
                ("applied_at", models.DateTimeField(verbose_name="applied")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_files",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of orders",
                "verbose_name_plural": "files of orders",
            },
        ),
        migrations.CreateModel(
            name="OrderMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("columns", models.JSONField(verbose_name="columns")),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "column mapping",
                "verbose_name_plural": "column mappings",
            },
        ),
        migrations.CreateModel(
            name="PlatformOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order_id", models.CharField(max_length=60, verbose_name="order")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("facts", models.JSONField(verbose_name="what was told")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="platform_orders",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="campaigns.orderfile",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="platform_orders",
                        to="campaigns.pledge",
                    ),
                ),
            ],
            options={
                "verbose_name": "platform's order",
                "verbose_name_plural": "platform's orders",
            },
        ),
        migrations.CreateModel(
            name="RegisterFiling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("filed_on", models.DateField(verbose_name="filed")),
                ("protocol", models.CharField(max_length=60, verbose_name="protocol number")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="campaigns.changeofholder",
                    ),
                ),
            ],
            options={
                "verbose_name": "filing at the business register",
                "verbose_name_plural": "filings at the business register",
            },
        ),
        migrations.AddConstraint(
            model_name="changeofholder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shares__gt", 0), models.Q(("giver", models.F("taker")), _negated=True)
                ),
                name="change_of_holder_moves_shares",
            ),
        ),
        migrations.AddConstraint(
            model_name="chargeback",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount_currency", "EUR")),
                name="chargeback_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuerstatus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="issuer_status_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("applied_at__isnull", False)),
                fields=("campaign",),
                name="opening_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordermapping",
            constraint=models.UniqueConstraint(
                fields=("issuer", "platform"), name="order_mapping_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="platformorder",
            constraint=models.UniqueConstraint(
                fields=("campaign", "platform", "order_id", "version"),
                name="platform_order_version_once",
            ),
        ),
        migrations.AlterField(
            model_name="useoffundsline",
            name="purpose",
            field=models.CharField(
                blank=True,
                choices=[
                    ("acquisition.deposit", "Auction deposit"),
                    ("acquisition.price", "Purchase price"),
                    ("acquisition.taxes", "Transfer taxes"),
                    ("acquisition.notary", "Decree or notary"),
                    ("acquisition.cancellation", "Cancellation of mortgages and seizures"),
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
                verbose_name="purpose",
            ),
        ),
        *(
            migrations.RunSQL(GUARDS.format(table=table), migrations.RunSQL.noop)
            for table in TABLES
        ),
    ]
