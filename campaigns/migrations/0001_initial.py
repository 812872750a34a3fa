"""Campaigns from the draft to the register, payments, grants, and what public sources say."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import djmoney.models.fields
import djmoney.money
from django.conf import settings
from django.db import migrations, models

from backend.core.create_models import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_audit_is_append_only"),
        ("ledger", "0002_guards"),
        ("treasury", "0002_guards"),
        ("investors", "0002_what_was_told_is_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Campaign",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "Draft"),
                                ("in_review", "In review"),
                                ("needs_work", "Needs work"),
                                ("pre_campaign", "Pre-campaign"),
                                ("open", "Open"),
                                ("suspended", "Suspended"),
                                ("collecting", "Collecting late payments"),
                                ("succeeded", "Succeeded"),
                                ("failed", "Failed"),
                                ("cancelled", "Cancelled"),
                                ("in_use", "Proceeds in use"),
                                ("reporting", "Reporting"),
                                ("closed", "Closed"),
                            ],
                            default="draft",
                            max_length=20,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "regime",
                        models.CharField(
                            choices=[("ecspr", "ecspr"), ("consob_2020", "consob_2020")],
                            default="ecspr",
                            max_length=20,
                            verbose_name="regime",
                        ),
                    ),
                    (
                        "mode",
                        models.CharField(
                            choices=[
                                ("mirror", "An authorised platform takes the orders"),
                                ("operator", "Orders and money are taken here"),
                            ],
                            default="mirror",
                            max_length=10,
                            verbose_name="mode",
                        ),
                    ),
                    (
                        "authorisation_number",
                        models.CharField(
                            blank=True, max_length=60, verbose_name="authorisation number"
                        ),
                    ),
                    (
                        "money_bank",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="bank that holds the money"
                        ),
                    ),
                    ("title_it", models.CharField(max_length=200, verbose_name="title (Italian)")),
                    ("title_en", models.CharField(max_length=200, verbose_name="title (English)")),
                    ("summary_it", models.TextField(blank=True, verbose_name="summary (Italian)")),
                    ("summary_en", models.TextField(blank=True, verbose_name="summary (English)")),
                    ("risk_it", models.TextField(blank=True, verbose_name="risks (Italian)")),
                    ("risk_en", models.TextField(blank=True, verbose_name="risks (English)")),
                    (
                        "instrument",
                        models.CharField(
                            choices=[("quota", "Quota of an S.r.l."), ("share", "Share")],
                            max_length=10,
                            verbose_name="instrument",
                        ),
                    ),
                    (
                        "price_per_share_currency",
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
                        "price_per_share",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="price of one share"
                        ),
                    ),
                    (
                        "nominal_per_share_currency",
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
                        "nominal_per_share",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, null=True, verbose_name="nominal value"
                        ),
                    ),
                    (
                        "capital_before_currency",
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
                        "capital_before",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="capital before",
                        ),
                    ),
                    (
                        "minimum_currency",
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
                        "minimum",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="minimum"
                        ),
                    ),
                    (
                        "target_currency",
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
                        "target",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="target"
                        ),
                    ),
                    (
                        "maximum_currency",
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
                        "maximum",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="maximum"
                        ),
                    ),
                    (
                        "pre_campaign_threshold_currency",
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
                        "pre_campaign_threshold",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="interest needed to open"
                        ),
                    ),
                    (
                        "min_shares",
                        models.PositiveIntegerField(
                            default=1,
                            validators=[django.core.validators.MinValueValidator(1)],
                            verbose_name="fewest shares",
                        ),
                    ),
                    (
                        "share_step",
                        models.PositiveIntegerField(
                            default=1,
                            validators=[django.core.validators.MinValueValidator(1)],
                            verbose_name="step of shares",
                        ),
                    ),
                    (
                        "taken_shares",
                        models.PositiveIntegerField(
                            default=0, editable=False, verbose_name="shares taken"
                        ),
                    ),
                    ("opens_on", models.DateField(blank=True, null=True, verbose_name="opens")),
                    (
                        "deadline_on",
                        models.DateField(blank=True, null=True, verbose_name="deadline"),
                    ),
                    (
                        "reflection_days",
                        models.PositiveSmallIntegerField(
                            default=4, verbose_name="days of reflection"
                        ),
                    ),
                    (
                        "payment_window_days",
                        models.PositiveSmallIntegerField(default=14, verbose_name="days to pay"),
                    ),
                    (
                        "interest_days",
                        models.PositiveSmallIntegerField(
                            default=30, verbose_name="days to answer an invitation"
                        ),
                    ),
                    (
                        "use_of_funds",
                        models.CharField(
                            choices=[
                                ("acquisition_only", "Exclusively the acquisition of homes"),
                                ("purchase_and_management", "The purchase and management of homes"),
                            ],
                            default="acquisition_only",
                            max_length=30,
                            verbose_name="use of funds",
                        ),
                    ),
                    (
                        "terms_version",
                        models.PositiveIntegerField(default=1, verbose_name="version of the terms"),
                    ),
                    (
                        "is_spv",
                        models.BooleanField(default=False, verbose_name="special purpose vehicle"),
                    ),
                    (
                        "has_certified_accounts",
                        models.BooleanField(
                            default=False, verbose_name="last two accounts are certified"
                        ),
                    ),
                    (
                        "offer_identifier",
                        models.CharField(
                            blank=True, max_length=28, verbose_name="offer identifier"
                        ),
                    ),
                    (
                        "sheet_sent_on",
                        models.DateField(
                            blank=True, null=True, verbose_name="information sheet sent on"
                        ),
                    ),
                    (
                        "authority_told_on",
                        models.DateField(blank=True, null=True, verbose_name="authority told on"),
                    ),
                    (
                        "register_filed_on",
                        models.DateField(
                            blank=True, null=True, verbose_name="filed at the business register"
                        ),
                    ),
                    ("is_synthetic", models.BooleanField(default=False, verbose_name="synthetic")),
                    ("created_at", models.DateTimeField(verbose_name="created")),
                    (
                        "fund",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="campaign",
                            to="ledger.fund",
                        ),
                    ),
                    (
                        "issuer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="campaigns",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "ordinary_account",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="treasury.bankaccount",
                        ),
                    ),
                    (
                        "own_fund",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.fund",
                        ),
                    ),
                    (
                        "platform",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "restricted_account",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="treasury.bankaccount",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "campaign",
                    "verbose_name_plural": "campaigns",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("minimum__gt", 0),
                                ("price_per_share__gt", 0),
                                ("minimum__lte", models.F("target")),
                                ("target__lte", models.F("maximum")),
                            ),
                            name="campaign_sums_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "taken_shares__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("maximum"), "/", models.F("price_per_share")
                                    ),
                                )
                            ),
                            name="campaign_never_over_maximum",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("minimum_currency", "EUR"),
                                ("price_per_share_currency", "EUR"),
                                ("maximum_currency", "EUR"),
                                ("target_currency", "EUR"),
                            ),
                            name="campaign_in_euro",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("nominal_per_share__isnull", True),
                                models.Q(
                                    ("nominal_per_share__gt", 0),
                                    ("nominal_per_share__lte", models.F("price_per_share")),
                                ),
                                _connector="OR",
                            ),
                            name="campaign_nominal_within_price",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("offer_identifier", ""), _negated=True),
                            fields=("offer_identifier",),
                            name="campaign_identifier_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CampaignDocument",
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
                                ("information_sheet", "Information sheet"),
                                ("translation", "Translation of the information sheet"),
                                ("statute", "Statute"),
                                ("agreement", "Shareholders' agreement"),
                                ("accounts", "Accounts"),
                                ("plan", "Business plan"),
                                ("final_report", "Final report"),
                                ("other", "Other"),
                            ],
                            max_length=20,
                            verbose_name="kind",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="title")),
                    (
                        "language",
                        models.CharField(default="it", max_length=5, verbose_name="language"),
                    ),
                    ("url", models.URLField(blank=True, max_length=300, verbose_name="address")),
                    ("content", models.BinaryField(null=True, verbose_name="file")),
                    (
                        "media_type",
                        models.CharField(blank=True, max_length=60, verbose_name="type of file"),
                    ),
                    ("size_bytes", models.PositiveIntegerField(default=0, verbose_name="size")),
                    ("sha256", models.CharField(blank=True, max_length=64, verbose_name="hash")),
                    (
                        "version",
                        models.PositiveSmallIntegerField(default=1, verbose_name="version"),
                    ),
                    ("published_at", models.DateTimeField(verbose_name="published")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="documents",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "document",
                    "verbose_name_plural": "documents",
                    "ordering": ("kind", "language", "-version", "id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("content__isnull", False), ("url", "")),
                                models.Q(
                                    models.Q(("url", ""), _negated=True), ("content__isnull", True)
                                ),
                                _connector="OR",
                            ),
                            name="document_is_a_file_or_an_address",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Extension",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("from_on", models.DateField(verbose_name="deadline before")),
                    ("to_on", models.DateField(verbose_name="new deadline")),
                    ("reason", models.TextField(verbose_name="reason")),
                    (
                        "is_material",
                        models.BooleanField(default=True, verbose_name="material change"),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="asked")),
                    (
                        "granted_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="granted"),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="extensions",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "extension of the deadline",
                    "verbose_name_plural": "extensions of the deadline",
                    "ordering": ("-asked_at", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("to_on__gt", models.F("from_on")),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            name="extension_is_later",
                        )
                    ],
                },
            ),
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
                name="InformationSheet",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                    ("regime", models.CharField(max_length=20, verbose_name="regime")),
                    ("parts", models.JSONField(blank=True, default=dict, verbose_name="parts")),
                    (
                        "responsible",
                        models.JSONField(
                            blank=True, default=list, verbose_name="persons responsible"
                        ),
                    ),
                    (
                        "declared_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="declared"),
                    ),
                    ("facts", models.JSONField(blank=True, default=dict, verbose_name="terms")),
                    (
                        "terms_version",
                        models.PositiveIntegerField(default=1, verbose_name="version of the terms"),
                    ),
                    (
                        "is_material",
                        models.BooleanField(default=False, verbose_name="material change"),
                    ),
                    ("change", models.TextField(blank=True, verbose_name="what changed")),
                    (
                        "content_hash",
                        models.CharField(blank=True, max_length=64, verbose_name="hash"),
                    ),
                    (
                        "published_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="published"),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sheets",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "declared_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "information sheet",
                    "verbose_name_plural": "information sheets",
                    "ordering": ("-version",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("campaign", "version"), name="sheet_version_once"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("published_at", None)),
                            fields=("campaign",),
                            name="sheet_one_draft",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("published_at", None),
                                models.Q(
                                    ("declared_at__isnull", False),
                                    models.Q(("content_hash", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="sheet_published_is_declared_and_hashed",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Interest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "token",
                        models.CharField(
                            editable=False, max_length=40, unique=True, verbose_name="token"
                        ),
                    ),
                    ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                    ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
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
                        "language",
                        models.CharField(default="it", max_length=5, verbose_name="language"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("expressed", "Expressed"),
                                ("amended", "Amended"),
                                ("invited", "Invited"),
                                ("converted", "Converted"),
                                ("lapsed", "Lapsed"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            default="expressed",
                            max_length=20,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "terms_version",
                        models.PositiveIntegerField(verbose_name="version of the terms seen"),
                    ),
                    ("expressed_at", models.DateTimeField(verbose_name="expressed")),
                    (
                        "answer_before",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="to be answered before"
                        ),
                    ),
                    (
                        "reminded_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
                    ),
                    ("is_synthetic", models.BooleanField(default=False, verbose_name="synthetic")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="interests",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "claimed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="interests",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "interest",
                    "verbose_name_plural": "interests",
                    "indexes": [
                        models.Index(
                            fields=["campaign", "expressed_at", "id"],
                            name="campaigns_i_campaig_747fa2_idx",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("campaign"),
                            django.db.models.functions.text.Lower("email"),
                            condition=models.Q(("state__in", ("expressed", "amended", "invited"))),
                            name="interest_one_live_per_address",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0), ("amount_currency", "EUR")),
                            name="interest_of_something",
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
                                ("benefit_company", "Benefit company"),
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
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until__isnull", True),
                                ("until__gt", models.F("since")),
                                _connector="OR",
                            ),
                            name="issuer_status_ends_after_start",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Movement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "provider_id",
                        models.CharField(max_length=80, unique=True, verbose_name="provider's id"),
                    ),
                    ("kind", models.CharField(max_length=60, verbose_name="kind")),
                    ("category", models.CharField(max_length=60, verbose_name="category")),
                    (
                        "source",
                        models.CharField(
                            blank=True, db_index=True, max_length=80, verbose_name="about"
                        ),
                    ),
                    (
                        "gross_currency",
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
                        "gross",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="gross"
                        ),
                    ),
                    (
                        "fee_currency",
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
                        "fee",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="fee"
                        ),
                    ),
                    (
                        "net_currency",
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
                        "net",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="net"
                        ),
                    ),
                    ("occurred_at", models.DateTimeField(verbose_name="occurred")),
                    ("available_at", models.DateTimeField(verbose_name="available")),
                    ("learnt_at", models.DateTimeField(verbose_name="learnt")),
                ],
                options={
                    "verbose_name": "movement at the provider",
                    "verbose_name_plural": "movements at the provider",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "net",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("gross"), "-", models.F("fee")
                                    ),
                                )
                            ),
                            name="movement_adds_up",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="OfferElsewhere",
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
                                ("securities", "Securities on a platform"),
                                ("loan", "Loan on a platform"),
                                ("public_offer", "Public offer without a prospectus"),
                            ],
                            max_length=20,
                            verbose_name="kind",
                        ),
                    ),
                    ("opened_on", models.DateField(verbose_name="opened")),
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
                    ("place", models.CharField(max_length=200, verbose_name="where")),
                    ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                    (
                        "issuer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="offers_elsewhere",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "offer elsewhere",
                    "verbose_name_plural": "offers elsewhere",
                    "ordering": ("-opened_on", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0), ("amount_currency", "EUR")),
                            name="offer_elsewhere_of_something",
                        ),
                        models.UniqueConstraint(
                            fields=("issuer", "opened_on", "place", "kind"),
                            name="offer_elsewhere_once",
                        ),
                    ],
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
                    (
                        "released_on",
                        models.DateField(blank=True, null=True, verbose_name="released on"),
                    ),
                    (
                        "left_currency",
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
                        "left",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, null=True, verbose_name="left of it"
                        ),
                    ),
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
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("applied_at__isnull", False)),
                            fields=("campaign",),
                            name="opening_once",
                        )
                    ],
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
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("issuer", "platform"), name="order_mapping_once"
                        )
                    ],
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
                    (
                        "is_consumer",
                        models.BooleanField(null=True, verbose_name="acts as a consumer"),
                    ),
                    (
                        "has_clean_record",
                        models.BooleanField(null=True, verbose_name="clean criminal record shown"),
                    ),
                    (
                        "is_in_listed_country",
                        models.BooleanField(
                            null=True, verbose_name="established in a listed country"
                        ),
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
                        models.BooleanField(
                            null=True, verbose_name="shareholder agreements published"
                        ),
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
            migrations.CreateModel(
                name="Payout",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "provider_id",
                        models.CharField(max_length=80, unique=True, verbose_name="provider's id"),
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
                    ("announced_at", models.DateTimeField(verbose_name="announced")),
                    ("arrives_on", models.DateField(verbose_name="due at the bank")),
                    ("arrived_at", models.DateTimeField(null=True, verbose_name="arrived")),
                    ("failed_at", models.DateTimeField(null=True, verbose_name="failed")),
                    (
                        "failure",
                        models.CharField(blank=True, max_length=80, verbose_name="why it failed"),
                    ),
                    (
                        "carried_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="carries",
                            to="campaigns.payout",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "payout",
                    "verbose_name_plural": "payouts",
                },
            ),
            migrations.CreateModel(
                name="Pledge",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("shares", models.PositiveIntegerField(verbose_name="shares")),
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
                        "state",
                        models.CharField(
                            choices=[
                                ("started", "Started"),
                                ("placed", "Placed"),
                                ("waitlisted", "On the waiting list"),
                                ("confirmed", "Confirmed"),
                                ("revoked", "Revoked"),
                                ("lapsed", "Lapsed"),
                                ("refused", "Refused"),
                                ("allotted", "Allotted"),
                            ],
                            max_length=20,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "terms_version",
                        models.PositiveIntegerField(verbose_name="version of the terms"),
                    ),
                    (
                        "queued_at",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="place in the queue"
                        ),
                    ),
                    (
                        "placed_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="placed"),
                    ),
                    (
                        "reflection_ends_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="reflection ends"),
                    ),
                    (
                        "pay_until",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="to be paid before"
                        ),
                    ),
                    (
                        "reference",
                        models.CharField(max_length=25, unique=True, verbose_name="reference"),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="pledges",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "interest",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="pledge",
                            to="campaigns.interest",
                        ),
                    ),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="pledges",
                            to="investors.investor",
                        ),
                    ),
                    (
                        "payer",
                        models.OneToOneField(
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="pledge",
                            to="ledger.account",
                        ),
                    ),
                    (
                        "started_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="begun"),
                    ),
                ],
                options={
                    "verbose_name": "pledge",
                    "verbose_name_plural": "pledges",
                    "indexes": [
                        models.Index(
                            fields=["campaign", "queued_at", "id"],
                            name="campaigns_p_campaig_016e91_idx",
                        ),
                        models.Index(
                            condition=models.Q(("state", "waitlisted")),
                            fields=["campaign", "queued_at", "id"],
                            name="pledge_waiting",
                        ),
                        models.Index(
                            fields=["campaign", "investor"], name="campaigns_p_campaig_c9177c_idx"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("amount__gt", 0), ("amount_currency", "EUR"), ("shares__gt", 0)
                            ),
                            name="pledge_of_something",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state__in", ("placed", "confirmed", "allotted")),
                                    _negated=True,
                                ),
                                models.Q(
                                    ("pay_until__isnull", False),
                                    ("placed_at__isnull", False),
                                    ("reflection_ends_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="pledge_placed_has_its_instants",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("queued_at__isnull", False),
                                models.Q(
                                    ("started_at__isnull", False),
                                    ("state__in", ("started", "lapsed")),
                                ),
                                _connector="OR",
                            ),
                            name="pledge_ordered_has_its_place",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "started")),
                            fields=("campaign", "investor"),
                            name="pledge_begun_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Allotment",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "register_number",
                        models.PositiveIntegerField(verbose_name="number in the register"),
                    ),
                    ("shares", models.PositiveIntegerField(verbose_name="shares")),
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
                    ("allotted_at", models.DateTimeField(verbose_name="allotted")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="allotments",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "pledge",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="allotment",
                            to="campaigns.pledge",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "allotment",
                    "verbose_name_plural": "allotments",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("campaign", "register_number"), name="allotment_number_once"
                        )
                    ],
                },
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
                                ("holding", "Proof of holding"),
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
                        "holder",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="investors.investor",
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
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("shares__gt", 0),
                                models.Q(("giver", models.F("taker")), _negated=True),
                            ),
                            name="change_of_holder_moves_shares",
                        )
                    ],
                },
            ),
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
                    (
                        "was_warned",
                        models.BooleanField(default=False, verbose_name="warned that it is not"),
                    ),
                ],
                options={
                    "verbose_name": "check of an order",
                    "verbose_name_plural": "checks of orders",
                },
            ),
            migrations.CreateModel(
                name="Payment",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "method",
                        models.CharField(
                            choices=[
                                ("card", "Card"),
                                ("debit", "SEPA direct debit"),
                                ("remote", "Bank transfer to the provider"),
                                ("transfer", "Bank transfer"),
                                ("opening", "Taken over from elsewhere"),
                            ],
                            max_length=10,
                            verbose_name="method",
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
                        "fee_currency",
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
                        "fee",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            default=djmoney.money.Money(0, "EUR"),
                            max_digits=14,
                            verbose_name="fee",
                        ),
                    ),
                    ("received_at", models.DateTimeField(verbose_name="received")),
                    ("learnt_at", models.DateTimeField(verbose_name="learnt")),
                    (
                        "pledge",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payments",
                            to="campaigns.pledge",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "payment",
                    "verbose_name_plural": "payments",
                    "indexes": [
                        models.Index(
                            fields=["pledge", "received_at"], name="campaigns_p_pledge__a3285e_idx"
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("amount__gt", 0),
                                ("amount_currency", "EUR"),
                                ("fee__gte", 0),
                                ("fee_currency", "EUR"),
                            ),
                            name="payment_of_something",
                        )
                    ],
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
                    (
                        "repaid_at",
                        models.DateTimeField(null=True, verbose_name="paid by the investor"),
                    ),
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
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0), ("amount_currency", "EUR")),
                            name="chargeback_of_something",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PaymentIntent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "method",
                        models.CharField(
                            choices=[
                                ("card", "Card"),
                                ("sepa_debit", "SEPA direct debit"),
                                ("customer_balance", "Bank transfer to the provider"),
                            ],
                            default="card",
                            max_length=20,
                            verbose_name="method",
                        ),
                    ),
                    ("key", models.CharField(max_length=80, unique=True, verbose_name="key")),
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
                        "state",
                        models.CharField(
                            choices=[
                                ("wanted", "Wanted"),
                                ("created", "Waiting for the payer"),
                                ("processing", "Under way"),
                                ("succeeded", "Succeeded"),
                                ("canceled", "Cancelled"),
                            ],
                            default="wanted",
                            max_length=20,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "provider_id",
                        models.CharField(
                            max_length=80, null=True, unique=True, verbose_name="provider's id"
                        ),
                    ),
                    (
                        "client_secret",
                        models.CharField(blank=True, max_length=200, verbose_name="client secret"),
                    ),
                    (
                        "instructions_url",
                        models.URLField(blank=True, max_length=500, verbose_name="how to pay"),
                    ),
                    ("created_at", models.DateTimeField(verbose_name="created")),
                    (
                        "pledge",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="intents",
                            to="campaigns.pledge",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "payment intent",
                    "verbose_name_plural": "payment intents",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("wanted", "created", "processing"))),
                            fields=("pledge",),
                            name="intent_one_open_per_pledge",
                        )
                    ],
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
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("campaign", "platform", "order_id", "version"),
                            name="platform_order_version_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ProviderCustomer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "provider_id",
                        models.CharField(max_length=80, unique=True, verbose_name="provider's id"),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    (
                        "investor",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="provider_customer",
                            to="investors.investor",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "customer at the provider",
                    "verbose_name_plural": "customers at the provider",
                },
            ),
            migrations.CreateModel(
                name="CashMovement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "provider_id",
                        models.CharField(max_length=80, unique=True, verbose_name="provider's id"),
                    ),
                    ("kind", models.CharField(max_length=40, verbose_name="kind")),
                    (
                        "net_currency",
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
                        "net",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="net"
                        ),
                    ),
                    (
                        "reference",
                        models.CharField(blank=True, max_length=140, verbose_name="reference"),
                    ),
                    ("sender", models.CharField(blank=True, max_length=140, verbose_name="sender")),
                    ("occurred_at", models.DateTimeField(verbose_name="occurred")),
                    ("learnt_at", models.DateTimeField(verbose_name="learnt")),
                    (
                        "intent",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cash_movements",
                            to="campaigns.paymentintent",
                        ),
                    ),
                    (
                        "customer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cash_movements",
                            to="campaigns.providercustomer",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "movement of waiting cash",
                    "verbose_name_plural": "movements of waiting cash",
                },
            ),
            migrations.CreateModel(
                name="ProviderFee",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "provider_id",
                        models.CharField(max_length=80, unique=True, verbose_name="charged for"),
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
                    ("charged_at", models.DateTimeField(verbose_name="charged")),
                    ("returned_at", models.DateTimeField(null=True, verbose_name="given back")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="provider_fees",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "pledge",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="provider_fees",
                            to="campaigns.pledge",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "fee of the provider",
                    "verbose_name_plural": "fees of the provider",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0), ("amount_currency", "EUR")),
                            name="provider_fee_of_something",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ProviderFinding",
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
                                ("amount", "another amount than asked for"),
                                ("currency", "another currency than asked for"),
                                ("unknown", "a payment that is not ours"),
                                ("payout", "a payout that its parts do not explain"),
                                ("payout_failed", "a payout that came back"),
                                ("dispute", "the payer disputes the payment"),
                                ("movement", "a movement that nothing of ours explains"),
                                ("foreign", "events of an account that is not ours"),
                                ("version", "events in another API version than ours"),
                                ("contradiction", "security: one event, two contents"),
                            ],
                            max_length=20,
                            verbose_name="kind",
                        ),
                    ),
                    ("key", models.CharField(max_length=160, unique=True, verbose_name="about")),
                    ("told", models.CharField(max_length=300, verbose_name="what was reported")),
                    ("opened_at", models.DateTimeField(verbose_name="opened")),
                    ("resolved_at", models.DateTimeField(null=True, verbose_name="resolved")),
                    ("resolution", models.TextField(blank=True, verbose_name="resolution")),
                    (
                        "pledge",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="provider_findings",
                            to="campaigns.pledge",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "provider finding",
                    "verbose_name_plural": "provider findings",
                },
            ),
            migrations.CreateModel(
                name="ProviderProof",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("looked_at", models.DateTimeField(verbose_name="looked")),
                    ("by_label", models.CharField(max_length=200, verbose_name="by")),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("proven", "equal to the cent"),
                                ("different", "different"),
                                ("not_proven", "not proven"),
                            ],
                            max_length=20,
                            verbose_name="outcome",
                        ),
                    ),
                    (
                        "provider",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="at the provider",
                        ),
                    ),
                    (
                        "books",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="in our books"
                        ),
                    ),
                    (
                        "in_transit",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="on its way to the bank"
                        ),
                    ),
                    ("items", models.JSONField(default=list, verbose_name="differences")),
                    (
                        "reason",
                        models.CharField(blank=True, max_length=300, verbose_name="why not"),
                    ),
                ],
                options={
                    "verbose_name": "proof of the provider's balance",
                    "verbose_name_plural": "proofs of the provider's balance",
                },
            ),
            migrations.CreateModel(
                name="ProviderPull",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("since", models.DateTimeField(null=True, verbose_name="since")),
                    ("pulled_at", models.DateTimeField(verbose_name="looked")),
                    ("by_label", models.CharField(max_length=200, verbose_name="by")),
                    ("events", models.PositiveIntegerField(default=0, verbose_name="events there")),
                    (
                        "new_events",
                        models.PositiveIntegerField(default=0, verbose_name="events never told"),
                    ),
                    (
                        "movements",
                        models.PositiveIntegerField(default=0, verbose_name="movements there"),
                    ),
                    (
                        "new_movements",
                        models.PositiveIntegerField(default=0, verbose_name="movements new here"),
                    ),
                ],
                options={
                    "verbose_name": "pull from the provider",
                    "verbose_name_plural": "pulls from the provider",
                },
            ),
            migrations.CreateModel(
                name="Question",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "Waits for an answer"),
                                ("answered", "Answered"),
                                ("declined", "Not published"),
                            ],
                            default="asked",
                            max_length=10,
                            verbose_name="state",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="question")),
                    (
                        "language",
                        models.CharField(default="it", max_length=5, verbose_name="language"),
                    ),
                    (
                        "email",
                        models.EmailField(
                            blank=True, max_length=254, verbose_name="e-mail of who asked"
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="asked")),
                    ("answer", models.TextField(blank=True, verbose_name="answer")),
                    (
                        "answered_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="questions",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "question",
                    "verbose_name_plural": "questions",
                    "ordering": ("-asked_at", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                models.Q(
                                    models.Q(("answer", ""), _negated=True),
                                    ("answered_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="question_answered_with_words",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Refund",
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
                    ("reason", models.CharField(max_length=200, verbose_name="reason")),
                    (
                        "reference",
                        models.CharField(blank=True, max_length=25, verbose_name="reference"),
                    ),
                    (
                        "provider_id",
                        models.CharField(
                            max_length=120, null=True, unique=True, verbose_name="provider's id"
                        ),
                    ),
                    ("requested_by", models.CharField(max_length=200, verbose_name="requested by")),
                    ("requested_at", models.DateTimeField(verbose_name="requested")),
                    ("returned_at", models.DateTimeField(null=True, verbose_name="returned")),
                    ("failed_at", models.DateTimeField(null=True, verbose_name="failed")),
                    (
                        "failure",
                        models.CharField(blank=True, max_length=40, verbose_name="why it failed"),
                    ),
                    (
                        "payment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="refunds",
                            to="campaigns.payment",
                        ),
                    ),
                    (
                        "replaces",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="replaced_by",
                            to="campaigns.refund",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "refund",
                    "verbose_name_plural": "refunds",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0), ("amount_currency", "EUR")),
                            name="refund_of_something",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PayoutItem",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payout_items",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "movement",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payout_item",
                            to="campaigns.movement",
                        ),
                    ),
                    (
                        "payment",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payout_item",
                            to="campaigns.payment",
                        ),
                    ),
                    (
                        "payout",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="campaigns.payout",
                        ),
                    ),
                    (
                        "refund",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payout_item",
                            to="campaigns.refund",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "payout item",
                    "verbose_name_plural": "payout items",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("payment__isnull", True), ("refund__isnull", True), _connector="OR"
                            ),
                            name="payout_item_is_payment_or_refund",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="RefusedDelivery",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("endpoint", models.CharField(max_length=40, verbose_name="endpoint")),
                    ("on", models.DateField(verbose_name="day")),
                    ("reason", models.CharField(max_length=40, verbose_name="reason")),
                    ("count", models.PositiveIntegerField(default=0, verbose_name="count")),
                ],
                options={
                    "verbose_name": "refused delivery",
                    "verbose_name_plural": "refused deliveries",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("endpoint", "on", "reason"), name="refused_delivery_once_a_day"
                        )
                    ],
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
            migrations.CreateModel(
                name="ReturnAccount",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("iban", models.CharField(max_length=34, verbose_name="IBAN")),
                    (
                        "holder",
                        models.CharField(max_length=70, verbose_name="holder of the account"),
                    ),
                    ("content", models.BinaryField()),
                    ("media_type", models.CharField(max_length=40)),
                    ("sha256", models.CharField(max_length=64)),
                    ("told_at", models.DateTimeField(verbose_name="told")),
                    ("told_by_label", models.CharField(max_length=200)),
                    (
                        "evidence",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="how it was checked"
                        ),
                    ),
                    ("checked_at", models.DateTimeField(null=True, verbose_name="checked")),
                    ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                    (
                        "checked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "pledge",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="return_accounts",
                            to="campaigns.pledge",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "account to return money to",
                    "verbose_name_plural": "accounts to return money to",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                                ),
                                models.Q(
                                    ("checked_by__isnull", False),
                                    ("confirmed_at__isnull", False),
                                    ("confirmed_by__isnull", False),
                                    models.Q(("evidence", ""), _negated=True),
                                    models.Q(
                                        ("confirmed_by", models.F("checked_by")), _negated=True
                                    ),
                                ),
                                _connector="OR",
                            ),
                            name="return_account_confirmed_by_another",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="RevocationWindow",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "cause",
                        models.CharField(
                            choices=[
                                ("material_change", "A material change of the offer"),
                                (
                                    "material_error",
                                    "An error in the information sheet that matters",
                                ),
                                ("extension", "A later deadline"),
                            ],
                            max_length=20,
                            verbose_name="cause",
                        ),
                    ),
                    ("opened_at", models.DateTimeField(verbose_name="opened")),
                    ("ends_at", models.DateTimeField(verbose_name="ends")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="windows",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "right to revoke",
                    "verbose_name_plural": "rights to revoke",
                    "ordering": ("-opened_at", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_at__gt", models.F("opened_at"))),
                            name="window_ends_after_it_opened",
                        )
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
            migrations.CreateModel(
                name="SheetPaper",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("language", models.CharField(max_length=5, verbose_name="language")),
                    ("pdf", models.BinaryField(verbose_name="document")),
                    ("pages", models.PositiveSmallIntegerField(verbose_name="pages")),
                    ("sha256", models.CharField(max_length=64, verbose_name="hash")),
                    (
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="papers",
                            to="campaigns.informationsheet",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "PDF of an information sheet",
                    "verbose_name_plural": "PDFs of information sheets",
                    "ordering": ("-language",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sheet", "language"), name="sheet_paper_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("pages__gte", 1), ("pages__lte", 6)),
                            name="sheet_of_six_pages",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SourceDocument",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("letter", models.CharField(max_length=2, unique=True, verbose_name="letter")),
                    ("title_it", models.CharField(max_length=300, verbose_name="title (Italian)")),
                    ("title_en", models.CharField(max_length=300, verbose_name="title (English)")),
                ],
                options={
                    "verbose_name": "source",
                    "verbose_name_plural": "sources",
                    "ordering": ("letter",),
                },
            ),
            migrations.CreateModel(
                name="SourceFact",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.SlugField(max_length=80, unique=True, verbose_name="key")),
                    ("subject", models.CharField(max_length=80, verbose_name="about")),
                    ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ("label_it", models.CharField(max_length=200, verbose_name="label (Italian)")),
                    ("label_en", models.CharField(max_length=200, verbose_name="label (English)")),
                    ("text_it", models.TextField(verbose_name="statement (Italian)")),
                    ("text_en", models.TextField(verbose_name="statement (English)")),
                    ("stated", models.CharField(blank=True, max_length=60, verbose_name="stated")),
                    (
                        "sources",
                        models.ManyToManyField(related_name="facts", to="campaigns.sourcedocument"),
                    ),
                ],
                options={
                    "verbose_name": "fact",
                    "verbose_name_plural": "facts",
                    "ordering": ("subject", "position"),
                },
            ),
            migrations.CreateModel(
                name="StripeEvent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("endpoint", models.CharField(max_length=40, verbose_name="endpoint")),
                    ("event_id", models.CharField(max_length=80, verbose_name="event")),
                    ("kind", models.CharField(max_length=80, verbose_name="kind")),
                    (
                        "api_version",
                        models.CharField(blank=True, max_length=40, verbose_name="API version"),
                    ),
                    (
                        "account",
                        models.CharField(blank=True, max_length=80, verbose_name="account"),
                    ),
                    ("is_ours", models.BooleanField(default=True, verbose_name="of our account")),
                    ("raw", models.TextField(verbose_name="as it came")),
                    ("content_hash", models.CharField(max_length=64, verbose_name="hash")),
                    (
                        "created_at",
                        models.DateTimeField(null=True, verbose_name="made by the provider"),
                    ),
                    ("received_at", models.DateTimeField(verbose_name="received")),
                    (
                        "deliveries",
                        models.PositiveIntegerField(default=1, verbose_name="deliveries"),
                    ),
                    ("handled_at", models.DateTimeField(null=True, verbose_name="handled")),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "waiting"),
                                ("handled", "handled"),
                                ("ignored", "ignored"),
                                ("discrepancy", "discrepancy"),
                                ("foreign", "of another account"),
                            ],
                            default="",
                            max_length=20,
                            verbose_name="outcome",
                        ),
                    ),
                    ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                    ("try_after", models.DateTimeField(verbose_name="tried again after")),
                    (
                        "last_error",
                        models.CharField(blank=True, max_length=300, verbose_name="last error"),
                    ),
                ],
                options={
                    "verbose_name": "provider event",
                    "verbose_name_plural": "provider events",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("handled_at", None)),
                            fields=["id"],
                            name="stripe_event_waiting",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("endpoint", "event_id"), name="stripe_event_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="StripeEventVariant",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("raw", models.TextField(verbose_name="as it came")),
                    ("content_hash", models.CharField(max_length=64, verbose_name="hash")),
                    ("received_at", models.DateTimeField(verbose_name="received")),
                    (
                        "event",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="variants",
                            to="campaigns.stripeevent",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "contradicting event",
                    "verbose_name_plural": "contradicting events",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("event", "content_hash"), name="stripe_variant_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Suspension",
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
                                (
                                    "material_error",
                                    "An error in the information sheet that matters",
                                ),
                                ("issuer", "Something at the issuer must be settled first"),
                                ("authority", "An authority asked for it"),
                                ("other", "Another reason"),
                            ],
                            max_length=20,
                            verbose_name="kind of reason",
                        ),
                    ),
                    ("reason", models.TextField(verbose_name="reason")),
                    ("steps", models.TextField(blank=True, verbose_name="what is being done")),
                    ("began_at", models.DateTimeField(verbose_name="began")),
                    ("ends_before", models.DateTimeField(verbose_name="ends before")),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suspensions",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "suspension",
                    "verbose_name_plural": "suspensions",
                    "ordering": ("-began_at", "-id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("campaign",),
                            name="suspension_one_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends_before__gt", models.F("began_at")),
                                models.Q(
                                    ("ended_at", None),
                                    ("ended_at__gte", models.F("began_at")),
                                    _connector="OR",
                                ),
                            ),
                            name="suspension_ends_after_it_began",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TeamMember",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "position",
                        models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                    ),
                    ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                    ("role_it", models.CharField(max_length=200, verbose_name="role (Italian)")),
                    ("role_en", models.CharField(max_length=200, verbose_name="role (English)")),
                    ("about_it", models.TextField(blank=True, verbose_name="about (Italian)")),
                    ("about_en", models.TextField(blank=True, verbose_name="about (English)")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="team",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "member of the team",
                    "verbose_name_plural": "members of the team",
                    "ordering": ("position", "id"),
                },
            ),
            migrations.CreateModel(
                name="TransferOrder",
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
                                ("release", "Release to the issuer"),
                                ("fee_top_up", "Top-up from own money"),
                                ("success_fee", "Platform's success fee, taken from the release"),
                            ],
                            max_length=20,
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
                    (
                        "reference",
                        models.CharField(max_length=25, unique=True, verbose_name="reference"),
                    ),
                    ("ordered_at", models.DateTimeField(verbose_name="ordered")),
                    ("arrived_at", models.DateTimeField(null=True, verbose_name="arrived")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="transfer_orders",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "source",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="treasury.bankaccount",
                        ),
                    ),
                    (
                        "target",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="treasury.bankaccount",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "transfer order",
                    "verbose_name_plural": "transfer orders",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("arrived_at__isnull", True)),
                            fields=("campaign", "kind"),
                            name="transfer_order_one_under_way",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="transfer_order_positive"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TranslationRequest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "Waits for an answer"),
                                ("delivered", "Translation delivered"),
                                ("advised", "Advised not to invest"),
                            ],
                            default="asked",
                            max_length=10,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "wanted_language",
                        models.CharField(max_length=35, verbose_name="language asked for"),
                    ),
                    ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                    (
                        "language",
                        models.CharField(
                            default="it", max_length=5, verbose_name="language of our letters"
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="asked")),
                    (
                        "answered_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                    ),
                    (
                        "shown_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="advice shown"),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="translation_requests",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "request for a translation",
                    "verbose_name_plural": "requests for a translation",
                    "ordering": ("asked_at", "id"),
                },
            ),
            migrations.CreateModel(
                name="Update",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("all", "Everyone"),
                                ("investors", "Investors of this campaign"),
                            ],
                            max_length=10,
                            verbose_name="audience",
                        ),
                    ),
                    ("title_it", models.CharField(max_length=200, verbose_name="title (Italian)")),
                    ("title_en", models.CharField(max_length=200, verbose_name="title (English)")),
                    ("body_it", models.TextField(verbose_name="text (Italian)")),
                    ("body_en", models.TextField(verbose_name="text (English)")),
                    ("published_at", models.DateTimeField(verbose_name="published")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="updates",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "update",
                    "verbose_name_plural": "updates",
                    "ordering": ("-published_at", "-id"),
                },
            ),
            migrations.CreateModel(
                name="UseOfFundsLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "position",
                        models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                    ),
                    ("label_it", models.CharField(max_length=200, verbose_name="label (Italian)")),
                    ("label_en", models.CharField(max_length=200, verbose_name="label (English)")),
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
                            max_length=40,
                            verbose_name="purpose",
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
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="planned_lines",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "planned use of funds",
                    "verbose_name_plural": "planned uses of funds",
                    "ordering": ("position", "id"),
                },
            ),
            migrations.CreateModel(
                name="Programme",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                    ("name", models.CharField(max_length=200, verbose_name="name")),
                    ("about_it", models.TextField(blank=True, verbose_name="what it is (Italian)")),
                    ("about_en", models.TextField(blank=True, verbose_name="what it is (English)")),
                    ("is_synthetic", models.BooleanField(default=False, verbose_name="synthetic")),
                    (
                        "organisation",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="programmes",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "programme",
                    "verbose_name_plural": "programmes",
                    "ordering": ["id"],
                },
            ),
            migrations.CreateModel(
                name="Call",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                    ("name", models.CharField(max_length=200, verbose_name="name")),
                    (
                        "funder_it",
                        models.CharField(max_length=300, verbose_name="funder (Italian)"),
                    ),
                    (
                        "funder_en",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="funder (English)"
                        ),
                    ),
                    (
                        "measure",
                        models.CharField(
                            blank=True, max_length=60, verbose_name="measure, as printed"
                        ),
                    ),
                    (
                        "budget_currency",
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
                        "budget",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, null=True, verbose_name="money in all"
                        ),
                    ),
                    (
                        "grant_maximum_currency",
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
                        "grant_maximum",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="most for one project",
                        ),
                    ),
                    (
                        "own_share_percent",
                        models.PositiveSmallIntegerField(
                            null=True, verbose_name="least own share, percent"
                        ),
                    ),
                    (
                        "sources",
                        models.ManyToManyField(
                            blank=True, related_name="calls", to="campaigns.sourcedocument"
                        ),
                    ),
                    (
                        "programme",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="calls",
                            to="campaigns.programme",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("budget", None), ("budget__gt", 0), _connector="OR"),
                                models.Q(
                                    ("grant_maximum", None),
                                    ("grant_maximum__gt", 0),
                                    _connector="OR",
                                ),
                            ),
                            name="call_amounts_above_zero",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("own_share_percent", None),
                                ("own_share_percent__lt", 100),
                                _connector="OR",
                            ),
                            name="call_own_share_is_a_percentage",
                        ),
                    ],
                    "verbose_name": "call",
                    "verbose_name_plural": "calls",
                    "ordering": ["id"],
                },
            ),
            migrations.CreateModel(
                name="Project",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                    ("name", models.CharField(max_length=200, verbose_name="name")),
                    (
                        "bodies",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=120),
                            default=list,
                            size=None,
                            verbose_name="bodies",
                        ),
                    ),
                    ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                    ("since", models.CharField(blank=True, max_length=60, verbose_name="since")),
                    (
                        "position",
                        models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("applied", "applied"),
                                ("selected", "selected"),
                                ("incubated", "incubated"),
                                ("funded", "funded"),
                                ("active", "under way"),
                                ("reported", "final report handed in"),
                                ("closed", "closed"),
                                ("not_funded", "not funded"),
                            ],
                            default="applied",
                            max_length=12,
                            verbose_name="state",
                        ),
                    ),
                    ("selected_on", models.DateField(null=True, verbose_name="selected")),
                    ("incubated_on", models.DateField(null=True, verbose_name="incubated")),
                    ("funded_on", models.DateField(null=True, verbose_name="funded")),
                    (
                        "call",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="projects",
                            to="campaigns.call",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "project",
                    "verbose_name_plural": "projects",
                    "ordering": ("position", "id"),
                },
            ),
            migrations.CreateModel(
                name="OutputFigure",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.SlugField(max_length=80, unique=True, verbose_name="key")),
                    ("label_it", models.CharField(max_length=200, verbose_name="label (Italian)")),
                    (
                        "label_en",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="label (English)"
                        ),
                    ),
                    (
                        "value",
                        models.DecimalField(
                            decimal_places=1,
                            max_digits=12,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="value",
                        ),
                    ),
                    (
                        "unit_it",
                        models.CharField(blank=True, max_length=60, verbose_name="unit (Italian)"),
                    ),
                    (
                        "unit_en",
                        models.CharField(blank=True, max_length=60, verbose_name="unit (English)"),
                    ),
                    (
                        "quality",
                        models.CharField(
                            choices=[
                                ("exact", "exact"),
                                ("at_least", "at least"),
                                ("capacity", "capacity"),
                                ("counted", "counted from a list"),
                            ],
                            max_length=10,
                            verbose_name="quality",
                        ),
                    ),
                    (
                        "counted_as",
                        models.CharField(
                            choices=[
                                ("participant", "participant (ESF rule)"),
                                ("service_user", "user of a service"),
                                ("service_unit", "unit of service (meals, hours)"),
                                ("placement", "job placement"),
                                ("entity", "body or business"),
                                ("helper", "volunteer or helper"),
                            ],
                            max_length=12,
                            verbose_name="counted as",
                        ),
                    ),
                    (
                        "is_sensitive",
                        models.BooleanField(default=False, verbose_name="of a sensitive group"),
                    ),
                    (
                        "esf_code",
                        models.CharField(blank=True, max_length=4, verbose_name="ESF indicator"),
                    ),
                    (
                        "age_from",
                        models.PositiveSmallIntegerField(null=True, verbose_name="from the age of"),
                    ),
                    (
                        "shown",
                        models.CharField(
                            choices=[("public", "public"), ("withheld", "withheld")],
                            default="public",
                            max_length=10,
                            verbose_name="shown",
                        ),
                    ),
                    ("period", models.CharField(blank=True, max_length=80, verbose_name="period")),
                    ("period_from", models.DateField(null=True, verbose_name="from")),
                    ("period_to", models.DateField(null=True, verbose_name="to")),
                    (
                        "evidence",
                        models.CharField(blank=True, max_length=300, verbose_name="evidence"),
                    ),
                    (
                        "position",
                        models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                    ),
                    ("entered_at", models.DateTimeField(null=True, verbose_name="entered")),
                    ("by_label", models.CharField(blank=True, max_length=200)),
                    ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn")),
                    ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                    (
                        "sources",
                        models.ManyToManyField(
                            blank=True, related_name="figures", to="campaigns.sourcedocument"
                        ),
                    ),
                    (
                        "project",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="figures",
                            to="campaigns.project",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("value__gte", 0)), name="output_not_below_zero"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("esf_code", ""),
                                models.Q(
                                    ("counted_as", "participant"),
                                    models.Q(
                                        ("esf_code__in", ("CO20", "CO21", "CO22", "CO23")),
                                        _negated=True,
                                    ),
                                ),
                                models.Q(
                                    ("counted_as", "entity"),
                                    ("esf_code__in", ("CO20", "CO21", "CO22", "CO23")),
                                ),
                                _connector="OR",
                            ),
                            name="output_esf_counts_participants",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("entered_at", None),
                                models.Q(
                                    models.Q(("evidence", ""), _negated=True),
                                    ("period_from__isnull", False),
                                    ("period_to__gte", models.F("period_from")),
                                ),
                                _connector="OR",
                            ),
                            name="output_entered_with_evidence",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdrawn_at", None), ("withdrawn_reason", "")),
                                models.Q(
                                    ("withdrawn_at__isnull", False),
                                    models.Q(("withdrawn_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="output_withdrawn_with_a_reason",
                        ),
                    ],
                    "verbose_name": "output figure",
                    "verbose_name_plural": "output figures",
                    "ordering": ["position", "id"],
                },
            ),
            migrations.CreateModel(
                name="ProjectGrant",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
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
                            decimal_places=2, max_digits=14, verbose_name="own share"
                        ),
                    ),
                    ("agreed_on", models.DateField(verbose_name="agreed on")),
                    ("at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "project",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grant",
                            to="campaigns.project",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0), ("own_share__gte", 0)),
                            name="project_grant_above_zero",
                        )
                    ],
                    "verbose_name": "grant of a project",
                    "verbose_name_plural": "grants of projects",
                },
            ),
            migrations.CreateModel(
                name="ProjectInstalment",
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
                    ("paid_on", models.DateField(null=True, verbose_name="paid on")),
                    (
                        "grant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="instalments",
                            to="campaigns.projectgrant",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("grant", "number"), name="project_instalment_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)),
                            name="project_instalment_above_zero",
                        ),
                    ],
                    "verbose_name": "instalment of a project",
                    "verbose_name_plural": "instalments of projects",
                    "ordering": ["number"],
                },
            ),
            migrations.CreateModel(
                name="ReportDuty",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                    ("due_on", models.DateField(verbose_name="due on")),
                    ("handed_in_on", models.DateField(null=True, verbose_name="handed in on")),
                    (
                        "evidence",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="where it is kept"
                        ),
                    ),
                    (
                        "project",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="duties",
                            to="campaigns.project",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("project", "number"), name="report_duty_once"
                        )
                    ],
                    "verbose_name": "reporting duty",
                    "verbose_name_plural": "reporting duties",
                    "ordering": ["due_on", "number"],
                },
            ),
            migrations.CreateModel(
                name="CallStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    (
                        "stage",
                        models.CharField(
                            choices=[
                                ("selected", "selected"),
                                ("incubated", "incubated"),
                                ("funded", "funded"),
                                ("not_funded", "not funded"),
                            ],
                            max_length=12,
                            verbose_name="stage",
                        ),
                    ),
                    (
                        "projects",
                        models.PositiveSmallIntegerField(null=True, verbose_name="projects"),
                    ),
                    ("stated", models.CharField(blank=True, max_length=60, verbose_name="stated")),
                    (
                        "text_it",
                        models.CharField(max_length=300, verbose_name="what is stated (Italian)"),
                    ),
                    (
                        "text_en",
                        models.CharField(max_length=300, verbose_name="what is stated (English)"),
                    ),
                    (
                        "call",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="steps",
                            to="campaigns.call",
                        ),
                    ),
                    (
                        "sources",
                        models.ManyToManyField(
                            related_name="call_steps", to="campaigns.sourcedocument"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "stage of a call",
                    "verbose_name_plural": "stages of a call",
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("call", "position"), name="call_step_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="ImpactReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                    ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                    (
                        "goals",
                        models.TextField(
                            verbose_name="goals of common benefit, and how they were pursued"
                        ),
                    ),
                    ("measures", models.TextField(verbose_name="the impact that was measured")),
                    (
                        "standard",
                        models.CharField(
                            max_length=200, verbose_name="external standard of assessment"
                        ),
                    ),
                    ("plan", models.TextField(verbose_name="goals for the next year")),
                    ("added_on", models.DateField(verbose_name="added to the accounts on")),
                    ("published_at", models.DateTimeField(verbose_name="published")),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "issuer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="impact_reports",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "impact report",
                    "verbose_name_plural": "impact reports",
                    "ordering": ("-year", "-version"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("issuer", "year", "version"), name="impact_report_version_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="IssuerTie",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "other_capital_currency",
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
                        "other_capital",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            default=djmoney.money.Money(0, "EUR"),
                            max_digits=14,
                            verbose_name="capital held beside the offers",
                        ),
                    ),
                    (
                        "votes_percent",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=5,
                            null=True,
                            verbose_name="part of the votes (%)",
                        ),
                    ),
                    (
                        "invoiced_currency",
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
                        "invoiced",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            default=djmoney.money.Money(0, "EUR"),
                            max_digits=14,
                            verbose_name="invoiced to the issuer",
                        ),
                    ),
                    ("evidence", models.CharField(max_length=300, verbose_name="evidence")),
                    ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="issuer_ties",
                            to="investors.investor",
                        ),
                    ),
                    (
                        "issuer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ties",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "tie to an issuer",
                    "verbose_name_plural": "ties to issuers",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("invoiced__gte", 0),
                                ("other_capital__gte", 0),
                                models.Q(
                                    ("votes_percent__isnull", True),
                                    models.Q(
                                        ("votes_percent__gte", 0), ("votes_percent__lte", 100)
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            name="issuer_tie_in_bounds",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="GrantExtension",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "letter",
                        models.CharField(max_length=200, verbose_name="the grantor's letter"),
                    ),
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
            migrations.CreateModel(
                name="ProjectAccounts",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("accounts_on", models.DateField(verbose_name="accounts handed in on")),
                    (
                        "is_state_aid",
                        models.BooleanField(default=False, verbose_name="state aid or de minimis"),
                    ),
                    ("at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "project",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="accounts",
                            to="campaigns.project",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "accounts of a project",
                    "verbose_name_plural": "accounts of projects",
                },
            ),
            migrations.CreateModel(
                name="Proceedings",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("reference", models.CharField(max_length=120, verbose_name="reference")),
                    ("starts_on", models.DateField(verbose_name="from")),
                    ("ends_on", models.DateField(null=True, verbose_name="to")),
                    ("at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "project",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proceedings",
                            to="campaigns.project",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "proceedings",
                    "verbose_name_plural": "proceedings",
                    "ordering": ["starts_on", "id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends_on", None),
                                ("ends_on__gte", models.F("starts_on")),
                                _connector="OR",
                            ),
                            name="proceedings_end_after_start",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("ends_on", None)),
                            fields=("project",),
                            name="proceedings_open_once",
                        ),
                    ],
                },
            ),
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
                    (
                        "pledges",
                        models.IntegerField(db_default=0, default=0, verbose_name="pledges"),
                    ),
                    (
                        "investors",
                        models.IntegerField(db_default=0, default=0, verbose_name="investors"),
                    ),
                    (
                        "waitlisted",
                        models.IntegerField(
                            db_default=0, default=0, verbose_name="waiting in line"
                        ),
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
        )
    ]
