"""Offers of auctions, OMI quotations, Lo.C.A.Re. terms, openings in an emergency; their dated limits."""

from datetime import date

import django.db.models.deletion
import djmoney.models.fields
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PARAMETERS = (
    ("locare.barred_categories", "A1 A7 A8 A9", "Lo.C.A.Re., housing.md 3.5"),
    ("locare.certificate_days", "365", "Lo.C.A.Re., housing.md 3.5"),
    ("locare.residence_days", "365", "Lo.C.A.Re., housing.md 3.5"),
    ("locare.owner_grant", "2000.00", "Lo.C.A.Re., housing.md 3.5"),
    ("retention.debtor_file_months", "120", "housing.md P15; c.c. 2946, ten years, unverified"),
    ("retention.lost_file_months", "12", "housing.md P15: of a home that never came, own policy"),
    ("retention.access_log_months", "24", "housing.md P20"),
)


def set_parameters(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    parameter = apps.get_model("core", "Parameter")
    rows = [
        parameter(code=code, value=value, valid_from=date(2020, 1, 1), source=source)
        for code, value, source in PARAMETERS
    ]
    parameter.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0005_years"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="homedocument",
            name="purged_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="removed"),
        ),
        migrations.CreateModel(
            name="OmiQuotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("zone", models.CharField(max_length=12, verbose_name="OMI zone")),
                (
                    "name",
                    models.CharField(blank=True, max_length=120, verbose_name="name of the zone"),
                ),
                (
                    "link_code",
                    models.CharField(blank=True, max_length=20, verbose_name="link code"),
                ),
                (
                    "half_year",
                    models.CharField(help_text="2018-2", max_length=6, verbose_name="half-year"),
                ),
                ("typology", models.CharField(max_length=60, verbose_name="kind of home")),
                ("condition", models.CharField(max_length=20, verbose_name="condition")),
                (
                    "sale_min",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="sale, least"),
                ),
                (
                    "sale_max",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="sale, most"),
                ),
                (
                    "rent_min",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="rent, least"),
                ),
                (
                    "rent_max",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="rent, most"),
                ),
                ("is_synthetic", models.BooleanField(default=False, verbose_name="synthetic")),
            ],
            options={
                "verbose_name": "OMI quotation",
                "verbose_name_plural": "OMI quotations",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("zone", "half_year", "typology", "condition"),
                        name="omi_quotation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rent_min__gte", 0),
                            ("sale_min__gte", 0),
                            ("rent_max__gte", models.F("rent_min")),
                            ("sale_max__gte", models.F("sale_min")),
                        ),
                        name="omi_quotation_from_least_to_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("half_year__regex", "^[0-9]{4}-[12]$")),
                        name="omi_half_year_is_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuctionOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="envelope")),
                ("is_ours", models.BooleanField(default=False, verbose_name="ours")),
                (
                    "price_currency",
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
                    "price",
                    djmoney.models.fields.MoneyField(
                        decimal_places=2, max_digits=14, verbose_name="price"
                    ),
                ),
                (
                    "deposit_currency",
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
                    "deposit",
                    djmoney.models.fields.MoneyField(
                        decimal_places=2, max_digits=14, verbose_name="deposit"
                    ),
                ),
                (
                    "pays_in_days",
                    models.PositiveSmallIntegerField(verbose_name="would pay within days"),
                ),
                ("filed_at", models.DateTimeField(verbose_name="filed at")),
                ("at", models.DateTimeField()),
                ("by_label", models.CharField(max_length=200)),
                (
                    "acquisition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="properties.acquisition",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer at an auction",
                "verbose_name_plural": "offers at auctions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("acquisition", "number"), name="auction_offer_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_ours", True)),
                        fields=("acquisition",),
                        name="auction_offer_of_ours_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deposit__gte", 0), ("price__gt", 0)),
                        name="auction_offer_has_a_price",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GlassBreak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="opened")),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "justified"), ("unjustified", "not justified")],
                        max_length=12,
                        verbose_name="finding",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reviewed"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.household",
                    ),
                ),
                (
                    "reviewed_by",
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
                "verbose_name": "opening in an emergency",
                "verbose_name_plural": "openings in an emergency",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", ""), ("reviewed_at", None), ("reviewed_by", None)),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                                models.Q(("reviewed_by", models.F("by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="glass_break_reviewed_whole_by_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LocareTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("certificate_on", models.DateField(verbose_name="income certificate (ISEE) of")),
                (
                    "in_turin_since",
                    models.DateField(verbose_name="living or working in Turin since"),
                ),
                (
                    "is_case",
                    models.BooleanField(
                        default=False,
                        verbose_name="over 70, a minor, a disability of 74 % or more, or known to social services",
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[
                            ("first", "first band"),
                            ("second", "second band"),
                            ("none", "no priority"),
                        ],
                        max_length=8,
                        verbose_name="priority",
                    ),
                ),
                ("agreed_on", models.DateField(verbose_name="agreed on")),
                (
                    "owner_grant_currency",
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
                    "owner_grant",
                    djmoney.models.fields.MoneyField(
                        decimal_places=2, max_digits=14, verbose_name="grant to the owner"
                    ),
                ),
                (
                    "tenant_grant_currency",
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
                    "tenant_grant",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="grant to the tenant",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_label", models.CharField(max_length=200)),
                (
                    "tenancy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="locare",
                        to="properties.tenancy",
                    ),
                ),
            ],
            options={
                "verbose_name": "Lo.C.A.Re. terms",
                "verbose_name_plural": "Lo.C.A.Re. terms",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("owner_grant__gte", 0),
                            models.Q(
                                ("tenant_grant__isnull", True),
                                ("tenant_grant__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="locare_grants_not_negative",
                    )
                ],
            },
        ),
        migrations.RunPython(set_parameters, migrations.RunPython.noop),
    ]
