"""Support, plans, evictions, consents and what the nights do; names of households are encrypted."""

import json
from datetime import date

import django.db.models.deletion
import djmoney.models.fields
import djmoney.money
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from backend.core import encryption
from backend.core.create_models import CreateModels

PARAMETERS = (
    ("retention.referral_months", "12", "housing.md P17"),
    ("retention.household_months", "24", "housing.md P18"),
    ("hotel.wait_days", "180", "own assumption, unverified"),
    ("hotel.tariff", "6000", "own assumption in cents a day, unverified"),
    ("hotel.deadweight_low", "20", "own assumption in percent, unverified"),
    ("hotel.deadweight_high", "50", "own assumption in percent, unverified"),
    ("energy.carbon_grams", "200", "natural gas, grams a kWh, rounded, unverified"),
)


def set_parameters(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.bulk_create(
        apps.get_model("core", "Parameter")(
            code=code, value=value, valid_from=date(2020, 1, 1), source=source
        )
        for code, value, source in PARAMETERS
    )


def seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Names that stood in plain text go under the key, before their columns go."""
    # Deferred checks of changed rows would stand in the way of the columns that go.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for row in apps.get_model("properties", "HouseholdIdentity").objects.all():
        said = {key: getattr(row, key) for key in ("name", "phone", "email", "tax_code")}
        row.sealed = encryption.encrypt(json.dumps(said))
        row.save(update_fields=["sealed"])


class Migration(migrations.Migration):
    dependencies = [("properties", "0006_sales_and_works"), ("core", "0001_initial")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Consent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="consents",
                            to="properties.household",
                        ),
                    ),
                    (
                        "scope",
                        models.CharField(
                            choices=[
                                ("CARE", "our work with the household"),
                                ("CITY", "telling the city about its own referral"),
                                ("STORY", "a story without pictures"),
                                ("PHOTO", "a picture"),
                                ("SURVEY", "questions about satisfaction"),
                            ],
                            max_length=6,
                            verbose_name="for what",
                        ),
                    ),
                    ("given_on", models.DateField(verbose_name="given on")),
                    ("ends_on", models.DateField(verbose_name="until")),
                    (
                        "document",
                        models.CharField(max_length=120, verbose_name="where the paper is"),
                    ),
                    (
                        "withdrawn_on",
                        models.DateField(blank=True, null=True, verbose_name="taken back on"),
                    ),
                    (
                        "removed_on",
                        models.DateField(blank=True, null=True, verbose_name="removed on"),
                    ),
                    ("by_label", models.CharField(max_length=200)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "consent",
                    "verbose_name_plural": "consents",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gt", models.F("given_on"))),
                            name="consent_ends_after_it_was_given",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("withdrawn_on__isnull", True),
                                ("withdrawn_on__gte", models.F("given_on")),
                                _connector="OR",
                            ),
                            name="consent_removed_after_withdrawn",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("removed_on__isnull", True), ("withdrawn_on__isnull", True)
                            ),
                            fields=("household", "scope"),
                            name="consent_once_at_a_time",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="NightlyRun",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("kind", models.CharField(max_length=20)),
                    ("on", models.DateField()),
                    ("counts", models.JSONField(default=dict)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "nightly run",
                    "verbose_name_plural": "nightly runs",
                    "ordering": ["-on", "kind"],
                    "constraints": [
                        models.UniqueConstraint(fields=("kind", "on"), name="nightly_once_a_day")
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="PrivacyRecord",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("register", "processing register"),
                                ("dpia", "impact assessment"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="title")),
                    ("text", models.TextField(verbose_name="text")),
                    ("reviewed_on", models.DateField(verbose_name="reviewed on")),
                ],
                options={
                    "verbose_name": "privacy record",
                    "verbose_name_plural": "privacy records",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="SurveyAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="answers",
                            to="properties.household",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="asked on")),
                    (
                        "score",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="would recommend us, 0 to 10"
                        ),
                    ),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "answer about satisfaction",
                    "verbose_name_plural": "answers about satisfaction",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("household", "on"), name="asked_once_a_day"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("score__isnull", True), ("score__lte", 10), _connector="OR"
                            ),
                            name="score_0_to_10",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="SupportOutcome",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="results",
                            to="properties.household",
                        ),
                    ),
                    (
                        "code",
                        models.CharField(
                            choices=[
                                ("CLEARED", "arrears cleared"),
                                ("PLAN_KEPT", "plan kept"),
                                ("REDUCED", "arrears reduced"),
                                ("STABLE", "stable"),
                                ("WORSE", "worse"),
                                ("EVICTION_STOPPED", "eviction stopped"),
                                ("EVICTION_POSTPONED", "eviction postponed"),
                                ("EVICTED", "evicted"),
                                ("MOVED_POSITIVE", "moved to a good home"),
                                ("DISENGAGED", "broke off contact"),
                                ("JOB_FOUND", "found work"),
                            ],
                            max_length=20,
                            verbose_name="result",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="on")),
                    ("by_label", models.CharField(max_length=200)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "result of support",
                    "verbose_name_plural": "results of support",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="Milestone",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="milestones",
                            to="properties.household",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("CONTACT", "first contact"),
                                ("NEEDS", "needs assessed"),
                                ("DEBT_REVIEW", "debts reviewed"),
                                ("AGREEMENT", "plan or settlement agreed"),
                            ],
                            max_length=12,
                            verbose_name="step",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="on")),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "step of the road",
                    "verbose_name_plural": "steps of the road",
                    "constraints": [
                        models.UniqueConstraint(fields=("household", "kind"), name="milestone_once")
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="Trait",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="traits",
                            to="properties.household",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("DISABILITY", "a person with a disability"),
                                ("DISPLACED", "displaced"),
                                ("VIOLENCE", "violence suffered"),
                            ],
                            max_length=12,
                            verbose_name="question",
                        ),
                    ),
                    (
                        "said",
                        models.CharField(
                            choices=[
                                ("YES", "Yes"),
                                ("NO", "No"),
                                ("REFUSED", "Refused to say"),
                                ("UNKNOWN", "Not known"),
                            ],
                            max_length=8,
                            verbose_name="answer",
                        ),
                    ),
                    (
                        "service",
                        models.CharField(max_length=80, verbose_name="service that needs it"),
                    ),
                    ("legal_basis", models.CharField(max_length=80, verbose_name="legal basis")),
                    ("source", models.CharField(max_length=80, verbose_name="source")),
                    ("on", models.DateField(verbose_name="on")),
                    ("by_label", models.CharField(max_length=200)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "answer of a special category",
                    "verbose_name_plural": "answers of special categories",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("household", "kind", "on"), name="trait_once_a_day"
                        )
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="Aid",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="aids",
                            to="properties.household",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("INCOLPEVOLE", "fund for blameless arrears"),
                                ("LOCARE", "Lo.C.A.Re."),
                                ("ALLOWANCE", "housing allowance"),
                                ("EMERGENCY", "emergency grant"),
                            ],
                            max_length=12,
                            verbose_name="aid",
                        ),
                    ),
                    ("asked_on", models.DateField(verbose_name="asked for on")),
                    (
                        "decision",
                        models.CharField(
                            choices=[
                                ("asked", "asked for"),
                                ("granted", "granted"),
                                ("refused", "refused"),
                            ],
                            default="asked",
                            max_length=8,
                            verbose_name="decision",
                        ),
                    ),
                    (
                        "decided_on",
                        models.DateField(blank=True, null=True, verbose_name="decided on"),
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
                            null=True,
                        ),
                    ),
                    (
                        "amount",
                        djmoney.models.fields.MoneyField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="amount",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "public aid",
                    "verbose_name_plural": "public aids",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("amount__isnull", True),
                                    ("decided_on__isnull", True),
                                    ("decision", "asked"),
                                ),
                                models.Q(
                                    ("amount__gt", 0),
                                    ("amount__isnull", False),
                                    ("decided_on__gte", models.F("asked_on")),
                                    ("decided_on__isnull", False),
                                    ("decision", "granted"),
                                ),
                                models.Q(
                                    ("amount__isnull", True),
                                    ("decided_on__gte", models.F("asked_on")),
                                    ("decided_on__isnull", False),
                                    ("decision", "refused"),
                                ),
                                _connector="OR",
                            ),
                            name="aid_decided_with_day_and_amount",
                        )
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="Debt",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="debts",
                            to="properties.household",
                        ),
                    ),
                    ("creditor", models.CharField(max_length=80, verbose_name="creditor")),
                    (
                        "owed_currency",
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
                        "owed",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="owed"
                        ),
                    ),
                    ("found_on", models.DateField(verbose_name="found on")),
                    (
                        "settled_for_currency",
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
                        "settled_for",
                        djmoney.models.fields.MoneyField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="settled for",
                        ),
                    ),
                    (
                        "settled_on",
                        models.DateField(blank=True, null=True, verbose_name="settled on"),
                    ),
                ],
                options={
                    "verbose_name": "debt",
                    "verbose_name_plural": "debts",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("owed__gt", 0)), name="debt_above_zero"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("settled_for__isnull", True), ("settled_on__isnull", True)
                                ),
                                models.Q(
                                    ("settled_for__gte", 0),
                                    ("settled_for__isnull", False),
                                    ("settled_for__lte", models.F("owed")),
                                    ("settled_on__gte", models.F("found_on")),
                                    ("settled_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="debt_settled_for_no_more_than_owed",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="Income",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="incomes",
                            to="properties.household",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="as of")),
                    (
                        "monthly_currency",
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
                        "monthly",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="income a month"
                        ),
                    ),
                    (
                        "allowance_currency",
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
                        "allowance",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            default=djmoney.money.Money(0, "EUR"),
                            max_digits=14,
                            verbose_name="housing allowance in it",
                        ),
                    ),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "income",
                    "verbose_name_plural": "incomes",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("household", "on"), name="income_once_a_day"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("allowance__gte", 0), ("monthly__gte", models.F("allowance"))
                            ),
                            name="income_holds_its_allowance",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="RepaymentPlan",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "tenancy",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="plans",
                            to="properties.tenancy",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("informal", "by agreement"), ("court", "set by a court")],
                            default="informal",
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "starting_balance_currency",
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
                        "starting_balance",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="owed at the start"
                        ),
                    ),
                    (
                        "first_payment_currency",
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
                        "first_payment",
                        djmoney.models.fields.MoneyField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="first payment",
                        ),
                    ),
                    (
                        "first_payment_on",
                        models.DateField(
                            blank=True, null=True, verbose_name="first payment due on"
                        ),
                    ),
                    (
                        "instalment_currency",
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
                        "instalment",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="instalment"
                        ),
                    ),
                    (
                        "frequency",
                        models.CharField(
                            choices=[
                                ("weekly", "every week"),
                                ("fortnightly", "every two weeks"),
                                ("four_weekly", "every four weeks"),
                                ("monthly", "every month"),
                            ],
                            max_length=12,
                            verbose_name="how often",
                        ),
                    ),
                    ("starts_on", models.DateField(verbose_name="first instalment due on")),
                    (
                        "tolerance_days",
                        models.PositiveSmallIntegerField(default=5, verbose_name="days of grace"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("LIVE", "kept"),
                                ("BREACHED", "broken"),
                                ("COMPLETED", "paid off"),
                                ("CANCELLED", "stopped by hand"),
                            ],
                            default="LIVE",
                            max_length=10,
                        ),
                    ),
                    ("opened_at", models.DateTimeField()),
                    ("checked_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "verbose_name": "repayment plan",
                    "verbose_name_plural": "repayment plans",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ["LIVE", "BREACHED"])),
                            fields=("tenancy",),
                            name="repayment_plan_one_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("instalment__gt", 0), ("starting_balance__gt", 0)),
                            name="repayment_plan_amounts_above_zero",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("first_payment__isnull", True),
                                    ("first_payment_on__isnull", True),
                                ),
                                models.Q(
                                    ("first_payment__gt", 0),
                                    ("first_payment__isnull", False),
                                    ("first_payment_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="repayment_first_payment_has_a_day",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="PlanCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="properties.repaymentplan",
                        ),
                    ),
                    ("on", models.DateField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("LIVE", "kept"),
                                ("BREACHED", "broken"),
                                ("COMPLETED", "paid off"),
                                ("CANCELLED", "stopped by hand"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "expected_currency",
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
                    ("expected", djmoney.models.fields.MoneyField(decimal_places=2, max_digits=14)),
                    (
                        "actual_currency",
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
                    ("actual", djmoney.models.fields.MoneyField(decimal_places=2, max_digits=14)),
                ],
                options={
                    "verbose_name": "check of a plan",
                    "verbose_name_plural": "checks of plans",
                    "ordering": ["id"],
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="EvictionCase",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="evictions",
                            to="properties.household",
                        ),
                    ),
                    ("landlord", models.CharField(max_length=80, verbose_name="landlord")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("ARREARS", "arrears that allow it"),
                                ("INTIMAZIONE", "notice served"),
                                ("HEARING", "hearing"),
                                ("CURED_IN_COURT", "all paid in court"),
                                ("GRACE", "days of grace by the judge"),
                                ("CONVALIDA", "eviction ordered"),
                                ("PRECETTO", "formal demand"),
                                ("PREAVVISO_RILASCIO", "notice of release"),
                                ("ACCESS", "visit of the bailiff"),
                                ("EXECUTED", "executed"),
                                ("STOPPED", "stopped"),
                                ("POSTPONED", "postponed"),
                            ],
                            default="ARREARS",
                            max_length=20,
                        ),
                    ),
                    ("since_on", models.DateField(verbose_name="since")),
                    (
                        "next_on",
                        models.DateField(
                            blank=True, null=True, verbose_name="next date that counts"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "threat of eviction",
                    "verbose_name_plural": "threats of eviction",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("state__in", ["CURED_IN_COURT", "EXECUTED", "STOPPED"]),
                                _negated=True,
                            ),
                            fields=("household",),
                            name="eviction_one_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("next_on__isnull", True),
                                ("next_on__gte", models.F("since_on")),
                                _connector="OR",
                            ),
                            name="eviction_next_after_start",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="EvictionStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="steps",
                            to="properties.evictioncase",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("ARREARS", "arrears that allow it"),
                                ("INTIMAZIONE", "notice served"),
                                ("HEARING", "hearing"),
                                ("CURED_IN_COURT", "all paid in court"),
                                ("GRACE", "days of grace by the judge"),
                                ("CONVALIDA", "eviction ordered"),
                                ("PRECETTO", "formal demand"),
                                ("PREAVVISO_RILASCIO", "notice of release"),
                                ("ACCESS", "visit of the bailiff"),
                                ("EXECUTED", "executed"),
                                ("STOPPED", "stopped"),
                                ("POSTPONED", "postponed"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("on", models.DateField(verbose_name="on")),
                    (
                        "next_on",
                        models.DateField(
                            blank=True, null=True, verbose_name="next date that counts"
                        ),
                    ),
                    (
                        "document",
                        models.CharField(blank=True, max_length=120, verbose_name="paper"),
                    ),
                    ("by_label", models.CharField(max_length=200)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "step of an eviction",
                    "verbose_name_plural": "steps of evictions",
                    "ordering": ["on", "id"],
                    "indexes": [],
                    "constraints": [],
                },
            ),
        ),
        migrations.RemoveConstraint(
            model_name="tenancy",
            name="tenancy_rent_not_negative",
        ),
        migrations.AddField(
            model_name="household",
            name="anonymised_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="household",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="closed on"),
        ),
        migrations.AddField(
            model_name="household",
            name="closed_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("NO_HOME", "no home that fits"),
                    ("CRITERIA", "outside the criteria"),
                    ("WITHDREW", "did not want it any more"),
                    ("ELSEWHERE", "found a home elsewhere"),
                    ("SUPPORT_OVER", "support is over"),
                ],
                max_length=16,
                verbose_name="why it was closed",
            ),
        ),
        migrations.AddField(
            model_name="household",
            name="was_living_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="found_households",
                to="properties.unit",
                verbose_name="living in our home since before we bought it",
            ),
        ),
        migrations.AddField(
            model_name="householdidentity",
            name="fingerprint",
            field=models.CharField(
                help_text="Keyed hash of the tax code.", max_length=64, null=True, unique=True
            ),
        ),
        migrations.AddField(
            model_name="householdidentity",
            name="sealed",
            field=models.TextField(
                default="", help_text="Name, telephone, e-mail and tax code under the key."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="housingoutcome",
            name="is_care",
            field=models.BooleanField(
                default=False,
                help_text="Not a prison: it counts in no rate.",
                verbose_name="care home or hospital",
            ),
        ),
        migrations.AddField(
            model_name="tenancy",
            name="agreed_most",
            field=djmoney.models.fields.MoneyField(
                blank=True,
                decimal_places=2,
                max_digits=14,
                null=True,
                verbose_name="most that the agreement allows",
            ),
        ),
        migrations.AddField(
            model_name="tenancy",
            name="agreed_most_currency",
            field=djmoney.models.fields.CurrencyField(
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
        migrations.AddField(
            model_name="tenancy",
            name="charges_monthly",
            field=djmoney.models.fields.MoneyField(
                decimal_places=2,
                default=djmoney.money.Money(0, "EUR"),
                max_digits=14,
                verbose_name="charges a month",
            ),
        ),
        migrations.AddField(
            model_name="tenancy",
            name="charges_monthly_currency",
            field=djmoney.models.fields.CurrencyField(
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
        migrations.AddField(
            model_name="tenancy",
            name="market_rent",
            field=djmoney.models.fields.MoneyField(
                blank=True,
                decimal_places=2,
                max_digits=14,
                null=True,
                verbose_name="market rent of such a home",
            ),
        ),
        migrations.AddField(
            model_name="tenancy",
            name="market_rent_currency",
            field=djmoney.models.fields.CurrencyField(
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
        migrations.AddField(
            model_name="tenancy",
            name="market_source",
            field=models.CharField(
                blank=True, max_length=80, verbose_name="source of the market rent"
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("people_0_5", 0),
                    ("people_18_34", 0),
                    ("people_35_54", 0),
                    ("people_55_64", 0),
                    ("people_65_74", 0),
                    ("people_6_17", 0),
                    ("people_75_plus", 0),
                    _negated=True,
                ),
                name="household_has_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("closed_reason", "")),
                    models.Q(
                        ("closed_on__gte", models.F("referred_on")),
                        ("closed_on__isnull", False),
                        models.Q(("closed_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="household_closed_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="housingoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_care", False), ("code", "INSTITUTION"), _connector="OR"),
                name="outcome_care_is_an_institution",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenancy",
            constraint=models.CheckConstraint(
                condition=models.Q(("charges_monthly__gte", 0), ("rent__gte", 0)),
                name="tenancy_rent_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_most__isnull", True),
                    ("rent__lte", models.F("agreed_most")),
                    _connector="OR",
                ),
                name="tenancy_rent_within_the_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("market_rent__isnull", True), ("market_source", "")),
                    models.Q(
                        ("market_rent__gt", 0),
                        ("market_rent__isnull", False),
                        models.Q(("market_source", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tenancy_market_rent_has_a_source",
            ),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="householdidentity",
            name="email",
        ),
        migrations.RemoveField(
            model_name="householdidentity",
            name="name",
        ),
        migrations.RemoveField(
            model_name="householdidentity",
            name="phone",
        ),
        migrations.RemoveField(
            model_name="householdidentity",
            name="tax_code",
        ),
        migrations.RunPython(set_parameters, migrations.RunPython.noop),
    ]
