"""Homes, purchases, works, households and their support, plans, evictions, figures."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
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
                },
            ),
            migrations.CreateModel(
                name="PastPurchases",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("evidence", models.CharField(max_length=300, verbose_name="evidence")),
                    ("rows", models.JSONField(verbose_name="rows")),
                    ("content_hash", models.CharField(max_length=64, verbose_name="hash")),
                    ("asked_at", models.DateTimeField(verbose_name="asked")),
                    ("by_label", models.CharField(max_length=200)),
                    ("applied_at", models.DateTimeField(null=True, verbose_name="applied")),
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
                    "verbose_name": "list of past purchases",
                    "verbose_name_plural": "lists of past purchases",
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
                    "verbose_name": "privacy record",
                    "verbose_name_plural": "privacy records",
                },
            ),
            migrations.CreateModel(
                name="Snapshot",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("as_of", models.DateField(verbose_name="as of")),
                    ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "draft"),
                                ("submitted", "with the city for review"),
                                ("returned", "returned with questions"),
                                ("accepted", "accepted by the city"),
                                ("published", "published"),
                            ],
                            default="draft",
                            max_length=10,
                            verbose_name="state",
                        ),
                    ),
                    ("data", models.JSONField()),
                    ("content_hash", models.CharField(max_length=64)),
                    ("taken_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(blank=True, null=True)),
                    ("accepted_at", models.DateTimeField(blank=True, null=True)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("restatement_reason", models.CharField(blank=True, max_length=300)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "restates",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="restated_by",
                            to="properties.snapshot",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "snapshot",
                    "verbose_name_plural": "snapshots",
                    "ordering": ["-as_of", "-version"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "as_of", "version"),
                            name="snapshot_version_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("restatement_reason", ""), ("restates__isnull", True)),
                                models.Q(
                                    ("restates__isnull", False),
                                    models.Q(("restatement_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="snapshot_restates_with_a_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReviewNote",
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
                                ("question", "question"),
                                ("answer", "answer"),
                                ("decision", "decision"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("text", models.TextField(verbose_name="text")),
                    ("at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "snapshot",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="notes",
                            to="properties.snapshot",
                        ),
                    ),
                    (
                        "about",
                        models.CharField(
                            blank=True, max_length=60, verbose_name="about the figure"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "review note",
                    "verbose_name_plural": "review notes",
                    "ordering": ["id"],
                },
            ),
            migrations.CreateModel(
                name="Building",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("address", models.CharField(max_length=200, verbose_name="address")),
                    (
                        "district",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Centro-Crocetta"),
                                (2, "Santa Rita-Mirafiori"),
                                (3, "San Paolo-Pozzo Strada"),
                                (4, "San Donato-Parella"),
                                (5, "Borgo Vittoria-Lucento"),
                                (6, "Barriera di Milano-Rebaudengo"),
                                (7, "Aurora-Vanchiglia"),
                                (8, "San Salvario-Lingotto-Borgo Po"),
                            ],
                            verbose_name="circoscrizione",
                        ),
                    ),
                    (
                        "quarter",
                        models.CharField(blank=True, max_length=80, verbose_name="quarter"),
                    ),
                    (
                        "omi_zone",
                        models.CharField(blank=True, max_length=12, verbose_name="OMI zone"),
                    ),
                    (
                        "year_built",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="year built"
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
                    "verbose_name": "building",
                    "verbose_name_plural": "buildings",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "address"), name="building_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("district__range", (1, 8))),
                            name="building_district_is_of_turin",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Unit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "code",
                        models.CharField(
                            help_text="How we call this home.", max_length=40, verbose_name="code"
                        ),
                    ),
                    ("rooms", models.PositiveSmallIntegerField(verbose_name="rooms")),
                    (
                        "area_m2",
                        models.DecimalField(
                            decimal_places=2, max_digits=7, verbose_name="area in m²"
                        ),
                    ),
                    (
                        "source",
                        models.CharField(
                            choices=[
                                ("court_auction", "court auction"),
                                ("market", "market purchase"),
                                ("donation", "donation"),
                                ("mandate", "management mandate"),
                            ],
                            max_length=20,
                            verbose_name="source",
                        ),
                    ),
                    (
                        "occupancy",
                        models.CharField(
                            choices=[
                                ("FREE", "free"),
                                ("DEBTOR_FAMILY", "the debtor's family"),
                                ("TENANT_OPPOSABLE", "a tenant whose contract stands"),
                                ("TENANT_NOT_OPPOSABLE", "a tenant whose contract falls"),
                                ("NO_TITLE", "people without title"),
                                ("OTHER_RIGHT", "another right of use"),
                            ],
                            max_length=24,
                            verbose_name="occupancy at acquisition",
                        ),
                    ),
                    (
                        "ownership",
                        models.CharField(
                            choices=[
                                ("none", "not ours yet"),
                                ("owned", "owned"),
                                ("managed", "managed for its owner"),
                                ("sold", "sold"),
                                ("returned", "given back to its owner"),
                            ],
                            default="none",
                            max_length=10,
                            verbose_name="ownership",
                        ),
                    ),
                    ("is_synthetic", models.BooleanField(default=False, verbose_name="synthetic")),
                    (
                        "building",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="units",
                            to="properties.building",
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
                    "verbose_name": "home",
                    "verbose_name_plural": "homes",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "code"), name="unit_code_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("area_m2__gt", 0)), name="unit_has_rooms_and_area"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CadastralKey",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "comune",
                        models.CharField(default="L219", max_length=4, verbose_name="comune"),
                    ),
                    ("section", models.CharField(blank=True, max_length=5, verbose_name="section")),
                    ("sheet", models.CharField(max_length=10, verbose_name="sheet")),
                    ("parcel", models.CharField(blank=True, max_length=10, verbose_name="parcel")),
                    (
                        "subunit",
                        models.CharField(blank=True, max_length=10, verbose_name="subunit"),
                    ),
                    (
                        "register",
                        models.CharField(
                            choices=[("F", "buildings"), ("T", "land")],
                            default="F",
                            max_length=1,
                            verbose_name="register",
                        ),
                    ),
                    (
                        "category",
                        models.CharField(blank=True, max_length=5, verbose_name="category"),
                    ),
                    (
                        "income_currency",
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
                        "income",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="cadastral income",
                        ),
                    ),
                    ("key", models.CharField(db_index=True, editable=False, max_length=60)),
                    (
                        "starts_on",
                        models.DateField(blank=True, null=True, verbose_name="valid from"),
                    ),
                    (
                        "ends_on",
                        models.DateField(blank=True, null=True, verbose_name="valid until"),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="keys",
                            to="properties.unit",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "cadastral key",
                    "verbose_name_plural": "cadastral keys",
                    "constraints": [
                        django.contrib.postgres.constraints.ExclusionConstraint(
                            expressions=[
                                (
                                    models.Func(
                                        models.Func(
                                            models.F("key"),
                                            models.Value(0),
                                            function="hashtextextended",
                                            output_field=models.BigIntegerField(),
                                        ),
                                        models.Func(
                                            models.F("key"),
                                            models.Value(0),
                                            function="hashtextextended",
                                            output_field=models.BigIntegerField(),
                                        ),
                                        models.Value("[]"),
                                        function="int8range",
                                        output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                    ),
                                    "=",
                                ),
                                (
                                    models.Func(
                                        models.F("starts_on"),
                                        models.F("ends_on"),
                                        models.Value("[)"),
                                        function="daterange",
                                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                    ),
                                    "&&",
                                ),
                            ],
                            name="cadastral_key_of_one_home_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("starts_on__isnull", True),
                                ("ends_on__isnull", True),
                                ("ends_on__gt", models.F("starts_on")),
                                _connector="OR",
                            ),
                            name="cadastral_key_ends_after_start",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EnergyCertificate",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "energy_class",
                        models.CharField(
                            choices=[
                                ("A4", "A4"),
                                ("A3", "A3"),
                                ("A2", "A2"),
                                ("A1", "A1"),
                                ("B", "B"),
                                ("C", "C"),
                                ("D", "D"),
                                ("E", "E"),
                                ("F", "F"),
                                ("G", "G"),
                            ],
                            max_length=2,
                            verbose_name="energy class",
                        ),
                    ),
                    (
                        "demand",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=7,
                            null=True,
                            verbose_name="energy demand in kWh/m² a year",
                        ),
                    ),
                    (
                        "code",
                        models.CharField(
                            blank=True, max_length=60, verbose_name="number of the certificate"
                        ),
                    ),
                    (
                        "issued_on",
                        models.DateField(blank=True, null=True, verbose_name="issued on"),
                    ),
                    (
                        "expires_on",
                        models.DateField(blank=True, null=True, verbose_name="expires on"),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="certificates",
                            to="properties.unit",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "energy certificate",
                    "verbose_name_plural": "energy certificates",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("expires_on__isnull", True), ("issued_on__isnull", True)),
                                models.Q(
                                    ("expires_on__gt", models.F("issued_on")),
                                    ("issued_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="energy_certificate_has_both_days_or_none",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "energy_class__in",
                                    ("A4", "A3", "A2", "A1", "B", "C", "D", "E", "F", "G"),
                                )
                            ),
                            name="energy_class_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HomeDocument",
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
                                ("title", "Decree or deed"),
                                ("expert_report", "Expert report of the court"),
                                ("court_order", "Order of the court"),
                                ("mandate", "Management mandate"),
                                ("cadastral", "Cadastral extract or plan"),
                                ("condominium", "Statement of the condominium"),
                                ("encumbrances", "Search for encumbrances and claims"),
                                ("planning", "Planning papers"),
                                ("energy", "Energy certificate"),
                                ("plant", "Declaration of conformity of a plant"),
                                ("insurance", "Insurance policy"),
                                ("anti_laundering", "Anti-money-laundering declaration"),
                                ("other", "Other"),
                            ],
                            max_length=20,
                            verbose_name="kind",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="title")),
                    ("content", models.BinaryField(verbose_name="file")),
                    ("media_type", models.CharField(max_length=60, verbose_name="type of file")),
                    ("size_bytes", models.PositiveIntegerField(verbose_name="size")),
                    ("sha256", models.CharField(max_length=64, verbose_name="hash")),
                    (
                        "expires_on",
                        models.DateField(blank=True, null=True, verbose_name="expires on"),
                    ),
                    ("added_at", models.DateTimeField(verbose_name="added")),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="documents",
                            to="properties.unit",
                        ),
                    ),
                    (
                        "purged_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="removed"),
                    ),
                ],
                options={
                    "verbose_name": "document of a home",
                    "verbose_name_plural": "documents of homes",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("unit", "kind", "sha256"), name="home_document_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Household",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=30, verbose_name="code")),
                    ("referred_by", models.CharField(max_length=80, verbose_name="referred by")),
                    (
                        "is_referred_by_city",
                        models.BooleanField(default=False, verbose_name="referred by the city"),
                    ),
                    ("referred_on", models.DateField(verbose_name="referred on")),
                    (
                        "people_0_5",
                        models.PositiveSmallIntegerField(default=0, verbose_name="0-5 years"),
                    ),
                    (
                        "people_6_17",
                        models.PositiveSmallIntegerField(default=0, verbose_name="6-17 years"),
                    ),
                    (
                        "people_18_34",
                        models.PositiveSmallIntegerField(default=0, verbose_name="18-34 years"),
                    ),
                    (
                        "people_35_54",
                        models.PositiveSmallIntegerField(default=0, verbose_name="35-54 years"),
                    ),
                    (
                        "people_55_64",
                        models.PositiveSmallIntegerField(default=0, verbose_name="55-64 years"),
                    ),
                    (
                        "people_65_74",
                        models.PositiveSmallIntegerField(default=0, verbose_name="65-74 years"),
                    ),
                    (
                        "people_75_plus",
                        models.PositiveSmallIntegerField(
                            default=0, verbose_name="75 years and over"
                        ),
                    ),
                    (
                        "ethos",
                        models.CharField(
                            choices=[
                                ("EL1", "People living rough"),
                                ("EL2", "People in emergency accommodation"),
                                ("EL3", "People in accommodation for the homeless"),
                                ("EL4", "People in institutions, no home before release"),
                                ("EL5", "People in non-conventional dwellings"),
                                ("EL6", "Homeless people temporarily with family or friends"),
                                ("EL7x", "Under threat of eviction"),
                                ("EL8x", "Inadequate or overcrowded home"),
                                ("EL0", "None of these"),
                                ("REFUSED", "Refused to say"),
                                ("UNKNOWN", "Not known"),
                                ("NOT_COLLECTED", "Not asked"),
                            ],
                            default="NOT_COLLECTED",
                            max_length=13,
                            verbose_name="housing situation before",
                        ),
                    ),
                    (
                        "isee",
                        models.CharField(
                            choices=[
                                ("to_6241", "up to € 6,241.67"),
                                ("to_10310", "up to € 10,310"),
                                ("to_26000", "up to € 26,000"),
                                ("over_26000", "over € 26,000"),
                                ("REFUSED", "Refused to say"),
                                ("UNKNOWN", "Not known"),
                                ("NOT_COLLECTED", "Not asked"),
                            ],
                            default="NOT_COLLECTED",
                            max_length=13,
                            verbose_name="income bracket (ISEE)",
                        ),
                    ),
                    (
                        "assessed_on",
                        models.DateField(blank=True, null=True, verbose_name="assessed on"),
                    ),
                    (
                        "next_step",
                        models.CharField(
                            blank=True, max_length=120, verbose_name="what to do next"
                        ),
                    ),
                    (
                        "next_step_on",
                        models.DateField(blank=True, null=True, verbose_name="by when"),
                    ),
                    (
                        "is_restricted",
                        models.BooleanField(default=False, verbose_name="restricted"),
                    ),
                    (
                        "closed_on",
                        models.DateField(blank=True, null=True, verbose_name="closed on"),
                    ),
                    (
                        "closed_reason",
                        models.CharField(
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
                    ("anonymised_at", models.DateTimeField(blank=True, null=True)),
                    ("is_synthetic", models.BooleanField(default=False, verbose_name="synthetic")),
                    (
                        "caseworker",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="households",
                            to=settings.AUTH_USER_MODEL,
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
                        "was_living_in",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="found_households",
                            to="properties.unit",
                            verbose_name="living in our home since before we bought it",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "household",
                    "verbose_name_plural": "households",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "code"), name="household_code_once"
                        ),
                        models.CheckConstraint(
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
                        models.CheckConstraint(
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
                    ],
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
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="aids",
                            to="properties.household",
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
                },
            ),
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
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="consents",
                            to="properties.household",
                        ),
                    ),
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
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="debts",
                            to="properties.household",
                        ),
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
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="evictions",
                            to="properties.household",
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
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="steps",
                            to="properties.evictioncase",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "step of an eviction",
                    "verbose_name_plural": "steps of evictions",
                    "ordering": ["on", "id"],
                },
            ),
            migrations.CreateModel(
                name="HousingOutcome",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "code",
                        models.CharField(
                            choices=[
                                ("KEPT_NO_AID", "kept the same home, no ongoing aid"),
                                ("KEPT_AID_SAME", "kept it with the aid had at the start"),
                                ("KEPT_AID_NEW", "kept it with aid obtained since"),
                                ("KEPT_ONE_OFF", "kept it thanks to one-off money only"),
                                ("MOVED_SOCIAL_RENT", "moved to social rental"),
                                ("MOVED_PUBLIC", "moved to public housing"),
                                ("MOVED_MARKET", "moved to private rent, no aid"),
                                ("BOUGHT", "owns the home"),
                                ("FAMILY_PERM", "with family or friends, for good"),
                                ("FAMILY_TEMP", "with family or friends, for a time"),
                                ("TEMP_ACCOM", "temporary accommodation"),
                                ("HOMELESS", "living rough or improper dwelling"),
                                ("EVICTED", "removed by enforcement"),
                                ("ABANDONED", "left without notice"),
                                ("INSTITUTION", "hospital, care home, prison"),
                                ("DECEASED", "died"),
                                ("UNKNOWN", "no exit interview"),
                            ],
                            max_length=20,
                            verbose_name="outcome",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="as of")),
                    (
                        "is_care",
                        models.BooleanField(
                            default=False,
                            help_text="Not a prison: it counts in no rate.",
                            verbose_name="care home or hospital",
                        ),
                    ),
                    ("source", models.CharField(max_length=80, verbose_name="source")),
                    ("by_label", models.CharField(max_length=200)),
                    ("at", models.DateTimeField()),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="outcomes",
                            to="properties.household",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "outcome",
                    "verbose_name_plural": "outcomes",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("household", "on"), name="outcome_once_a_day"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("is_care", False), ("code", "INSTITUTION"), _connector="OR"
                            ),
                            name="outcome_care_is_an_institution",
                        ),
                    ],
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
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="incomes",
                            to="properties.household",
                        ),
                    ),
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
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="milestones",
                            to="properties.household",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "step of the road",
                    "verbose_name_plural": "steps of the road",
                    "constraints": [
                        models.UniqueConstraint(fields=("household", "kind"), name="milestone_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Sale",
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
                                ("agreed", "agreed, waits for approval"),
                                ("approved", "approved, waits for the price"),
                                ("closed", "deed signed"),
                                ("cancelled", "cancelled"),
                            ],
                            default="agreed",
                            max_length=10,
                            verbose_name="state",
                        ),
                    ),
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
                    ("buyer", models.CharField(blank=True, max_length=200, verbose_name="buyer")),
                    ("due_on", models.DateField(verbose_name="price due on")),
                    (
                        "deed_on",
                        models.DateField(blank=True, null=True, verbose_name="deed signed on"),
                    ),
                    ("created_at", models.DateTimeField()),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sales",
                            to="properties.unit",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "sale of a home",
                    "verbose_name_plural": "sales of homes",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "cancelled"), _negated=True),
                            fields=("unit",),
                            name="sale_one_live_per_home",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("price__gt", 0)), name="sale_price_is_positive"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("deed_on__isnull", False),
                                _connector="OR",
                            ),
                            name="sale_closed_has_its_deed",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SalePart",
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
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sale_part",
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
                        "sale",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="parts",
                            to="properties.sale",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "part of a sale's price",
                    "verbose_name_plural": "parts of a sale's price",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sale", "fund"), name="sale_part_once_per_fund"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="sale_part_is_positive"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SupportAction",
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
                                ("BUDGET_ADVICE", "budget advice"),
                                ("BENEFIT_CLAIM", "benefit claim"),
                                ("INCOLPEVOLE_CLAIM", "claim for blameless arrears"),
                                ("LOCARE_CLAIM", "Lo.C.A.Re. claim"),
                                ("LANDLORD_MEDIATION", "mediation with the landlord"),
                                ("REPAYMENT_PLAN", "repayment plan"),
                                ("DEBT_SETTLEMENT", "debt settlement"),
                                ("LEGAL_AID", "legal aid"),
                                ("JOB_SUPPORT", "support with a job"),
                                ("SOCIAL_SERVICE_REFERRAL", "referral to social services"),
                                ("EMERGENCY_GRANT", "emergency grant"),
                                ("HOME_VISIT", "home visit"),
                            ],
                            max_length=24,
                            verbose_name="action",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="on")),
                    ("by_label", models.CharField(max_length=200)),
                    ("at", models.DateTimeField()),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="actions",
                            to="properties.household",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "support action",
                    "verbose_name_plural": "support actions",
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
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="results",
                            to="properties.household",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "result of support",
                    "verbose_name_plural": "results of support",
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
                    ("on", models.DateField(verbose_name="asked on")),
                    (
                        "score",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="would recommend us, 0 to 10"
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="answers",
                            to="properties.household",
                        ),
                    ),
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
                },
            ),
            migrations.CreateModel(
                name="Tenancy",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "contract_no",
                        models.CharField(
                            max_length=40, unique=True, verbose_name="contract number"
                        ),
                    ),
                    (
                        "track",
                        models.CharField(
                            choices=[
                                ("FREE", "a free home, let"),
                                ("OCCUPIED", "an occupied home, kept"),
                            ],
                            max_length=10,
                            verbose_name="track",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("3+2", "agreed rent, 3+2 years"),
                                ("4+2", "agreed rent, 4+2 years"),
                                ("5+2", "agreed rent, 5+2 years"),
                                ("6+2", "agreed rent, 6+2 years"),
                                ("4+4", "free rent, 4+4 years"),
                                ("temporary", "temporary"),
                            ],
                            max_length=10,
                            verbose_name="contract",
                        ),
                    ),
                    (
                        "rent_currency",
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
                        "rent",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="monthly rent"
                        ),
                    ),
                    (
                        "charges_monthly_currency",
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
                        "charges_monthly",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            default=djmoney.money.Money(0, "EUR"),
                            max_digits=14,
                            verbose_name="charges a month",
                        ),
                    ),
                    (
                        "agreed_most_currency",
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
                        "agreed_most",
                        djmoney.models.fields.MoneyField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="most that the agreement allows",
                        ),
                    ),
                    (
                        "market_rent_currency",
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
                        "market_rent",
                        djmoney.models.fields.MoneyField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="market rent of such a home",
                        ),
                    ),
                    (
                        "market_source",
                        models.CharField(
                            blank=True, max_length=80, verbose_name="source of the market rent"
                        ),
                    ),
                    ("starts_on", models.DateField(verbose_name="starts on")),
                    ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                    (
                        "end_reason",
                        models.CharField(
                            blank=True, max_length=80, verbose_name="reason of the end"
                        ),
                    ),
                    ("created_at", models.DateTimeField()),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tenancies",
                            to="properties.household",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tenancies",
                            to="properties.unit",
                        ),
                    ),
                    (
                        "end_code",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("RENEWAL", "renewed"),
                                ("TRANSFER", "moved to another home of ours"),
                                ("MOVED_SOCIAL", "moved to another social landlord"),
                                ("MOVED_PRIVATE", "moved to a private home"),
                                ("CARE_HOME", "moved to a care home"),
                                ("HOSPITAL", "long stay in hospital"),
                                ("DIED", "died"),
                                ("ABANDONED", "left without notice"),
                                ("EVICTED_ARREARS", "evicted for arrears"),
                                ("EVICTED_BEHAVIOUR", "evicted for behaviour"),
                                ("EVICTED_BOTH", "evicted for arrears and behaviour"),
                                ("OTHER", "another reason"),
                            ],
                            max_length=20,
                            verbose_name="why it ended",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "tenancy",
                    "verbose_name_plural": "tenancies",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends_on__isnull", True),
                                ("ends_on__gt", models.F("starts_on")),
                                _connector="OR",
                            ),
                            name="tenancy_ends_after_start",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("charges_monthly__gte", 0), ("rent__gte", 0)),
                            name="tenancy_rent_not_negative",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("agreed_most__isnull", True),
                                ("rent__lte", models.F("agreed_most")),
                                _connector="OR",
                            ),
                            name="tenancy_rent_within_the_agreement",
                        ),
                        models.CheckConstraint(
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
                        django.contrib.postgres.constraints.ExclusionConstraint(
                            expressions=[
                                (
                                    models.Func(
                                        models.F("unit"),
                                        models.F("unit"),
                                        models.Value("[]"),
                                        function="int8range",
                                        output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                    ),
                                    "=",
                                ),
                                (
                                    models.Func(
                                        models.F("starts_on"),
                                        models.F("ends_on"),
                                        models.Value("[)"),
                                        function="daterange",
                                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                    ),
                                    "&&",
                                ),
                            ],
                            name="tenancy_one_live_per_unit",
                        ),
                        django.contrib.postgres.constraints.ExclusionConstraint(
                            expressions=[
                                (
                                    models.Func(
                                        models.F("household"),
                                        models.F("household"),
                                        models.Value("[]"),
                                        function="int8range",
                                        output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                    ),
                                    "=",
                                ),
                                (
                                    models.Func(
                                        models.F("starts_on"),
                                        models.F("ends_on"),
                                        models.Value("[)"),
                                        function="daterange",
                                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                    ),
                                    "&&",
                                ),
                            ],
                            name="tenancy_one_live_per_household",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RentCharge",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("month", models.DateField(help_text="The first day of the month.")),
                    (
                        "expectation",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rent_charge",
                            to="treasury.expectation",
                        ),
                    ),
                    (
                        "tenancy",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="charges",
                            to="properties.tenancy",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "rent of a month",
                    "verbose_name_plural": "rents of months",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("tenancy", "month"), name="rent_once_a_month"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("month__day", 1)), name="rent_month_is_a_first"
                        ),
                    ],
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
                    (
                        "tenancy",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="plans",
                            to="properties.tenancy",
                        ),
                    ),
                    ("by_label", models.CharField(blank=True, max_length=200)),
                    (
                        "notes",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="what was agreed besides"
                        ),
                    ),
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
                    (
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="properties.repaymentplan",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "check of a plan",
                    "verbose_name_plural": "checks of plans",
                    "ordering": ["id"],
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
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="traits",
                            to="properties.household",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "answer of a special category",
                    "verbose_name_plural": "answers of special categories",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("household", "kind", "on"), name="trait_once_a_day"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Works",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("description", models.CharField(max_length=200, verbose_name="description")),
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
                        ),
                    ),
                    (
                        "budget",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="budget"
                        ),
                    ),
                    (
                        "contractor",
                        models.CharField(blank=True, max_length=200, verbose_name="contractor"),
                    ),
                    (
                        "has_social_clause",
                        models.BooleanField(default=False, verbose_name="social-work clause"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("SURVEY", "SURVEY"),
                                ("DESIGN", "DESIGN"),
                                ("PERMIT", "PERMIT"),
                                ("TENDER", "TENDER"),
                                ("SITE_OPEN", "SITE_OPEN"),
                                ("WORKS", "WORKS"),
                                ("INSPECTION", "INSPECTION"),
                                ("CERTIFIED", "CERTIFIED"),
                                ("READY", "READY"),
                                ("SUSPENDED_WORKS", "SUSPENDED_WORKS"),
                            ],
                            default="SURVEY",
                            max_length=16,
                        ),
                    ),
                    ("started_on", models.DateField(verbose_name="started on")),
                    (
                        "planned_ready_on",
                        models.DateField(blank=True, null=True, verbose_name="to be ready on"),
                    ),
                    ("ready_on", models.DateField(blank=True, null=True, verbose_name="ready on")),
                    (
                        "fund",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.fund",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="works",
                            to="properties.unit",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "works",
                    "verbose_name_plural": "works",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "READY"), _negated=True),
                                ("ready_on__isnull", False),
                                _connector="OR",
                            ),
                            name="works_ready_has_a_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ready_on__isnull", True),
                                ("ready_on__gte", models.F("started_on")),
                                _connector="OR",
                            ),
                            name="works_end_after_start",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WorksStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("state", models.CharField(max_length=16)),
                    ("on", models.DateField()),
                    ("note", models.CharField(blank=True, max_length=300)),
                    ("at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "works",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="steps",
                            to="properties.works",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "step of works",
                    "verbose_name_plural": "steps of works",
                },
            ),
            migrations.CreateModel(
                name="WorksVariation",
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
                    ("reason", models.CharField(max_length=300, verbose_name="reason")),
                    ("on", models.DateField()),
                    ("asked_at", models.DateTimeField()),
                    ("approved_at", models.DateTimeField(null=True)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "works",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="variations",
                            to="properties.works",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "variation of works",
                    "verbose_name_plural": "variations of works",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount", 0), _negated=True),
                            name="works_variation_changes_something",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Acquisition",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "route",
                        models.CharField(
                            choices=[
                                ("court_auction", "court auction"),
                                ("market", "market purchase"),
                                ("donation", "donation"),
                                ("mandate", "management mandate"),
                                ("court_increase", "court auction with increase"),
                            ],
                            max_length=20,
                            verbose_name="route",
                        ),
                    ),
                    ("state", models.CharField(max_length=24, verbose_name="state")),
                    (
                        "base_price_currency",
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
                        "base_price",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, null=True, verbose_name="base price"
                        ),
                    ),
                    (
                        "max_price_currency",
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
                        "max_price",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="highest price we may offer",
                        ),
                    ),
                    (
                        "offer_due_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="offer due at"),
                    ),
                    (
                        "sale_on",
                        models.DateField(blank=True, null=True, verbose_name="day of the auction"),
                    ),
                    (
                        "balance_due_on",
                        models.DateField(blank=True, null=True, verbose_name="balance due on"),
                    ),
                    ("title_on", models.DateField(blank=True, null=True, verbose_name="title on")),
                    (
                        "term_ends_on",
                        models.DateField(blank=True, null=True, verbose_name="mandate ends on"),
                    ),
                    ("is_recorded_afterwards", models.BooleanField(default=False)),
                    ("created_at", models.DateTimeField()),
                    (
                        "fund",
                        models.ForeignKey(
                            blank=True,
                            help_text="The fund that pays the purchase; none for a gift or a mandate.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.fund",
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
                        "taken_over_with",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="acquisitions",
                            to="properties.pastpurchases",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="acquisitions",
                            to="properties.unit",
                        ),
                    ),
                    (
                        "deposit_asked",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, null=True, verbose_name="deposit asked"
                        ),
                    ),
                    (
                        "deposit_asked_currency",
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
                        "least_raise",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, null=True, verbose_name="least raise"
                        ),
                    ),
                    (
                        "least_raise_currency",
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
                        "noticed_on",
                        models.DateField(blank=True, null=True, verbose_name="notice of the sale"),
                    ),
                ],
                options={
                    "verbose_name": "acquisition",
                    "verbose_name_plural": "acquisitions",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    [
                                        "ACCEPTED",
                                        "ACCEPTED_BY_BOARD",
                                        "APPROVED",
                                        "AWARDED",
                                        "BALANCE_DUE",
                                        "BALANCE_PAID",
                                        "CONTEST",
                                        "DD_FAILED",
                                        "DECLINED",
                                        "DECREE",
                                        "DEED",
                                        "DEFAULTED",
                                        "DUE_DILIGENCE",
                                        "EXCLUDED",
                                        "IDENTIFIED",
                                        "INSPECTED",
                                        "IN_MANAGEMENT",
                                        "LEAD",
                                        "LOST",
                                        "MANDATE_SIGNED",
                                        "NOTARY_DEED",
                                        "OFFER",
                                        "OFFERED",
                                        "OFFER_FILED",
                                        "OUTBID",
                                        "PORTFOLIO",
                                        "POSSESSION",
                                        "PRELIMINARY",
                                        "PROPOSED",
                                        "PROVISIONALLY_AWARDED",
                                        "RAISED",
                                        "REGISTERED",
                                        "REJECTED",
                                        "RENEWED",
                                        "REPORT_REVIEWED",
                                        "RESCINDED",
                                        "RETURNED",
                                        "REVOKED",
                                        "SCREENED",
                                        "SINGLE_OFFER",
                                        "SUSPENDED",
                                        "VISITED",
                                        "WITHDRAWN_BEFORE_OFFER",
                                    ],
                                )
                            ),
                            name="acquisition_state_known",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="AcquisitionStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("state", models.CharField(max_length=24)),
                    ("on", models.DateField()),
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
                            decimal_places=2, max_digits=14, null=True
                        ),
                    ),
                    ("document", models.CharField(blank=True, max_length=200)),
                    ("at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "acquisition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="steps",
                            to="properties.acquisition",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "step of an acquisition",
                    "verbose_name_plural": "steps of acquisitions",
                },
            ),
            migrations.CreateModel(
                name="CostLine",
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
                    ("amount", djmoney.models.fields.MoneyField(decimal_places=2, max_digits=14)),
                    ("due_on", models.DateField(null=True, verbose_name="due on")),
                    ("created_at", models.DateTimeField()),
                    (
                        "account",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="ledger.account",
                        ),
                    ),
                    (
                        "acquisition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="costs",
                            to="properties.acquisition",
                        ),
                    ),
                    (
                        "expectation",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cost_line",
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
                        "taken_over",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cost_line",
                            to="ledger.entry",
                        ),
                    ),
                    (
                        "works",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="costs",
                            to="properties.works",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "cost",
                    "verbose_name_plural": "costs",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="cost_is_positive"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("account__isnull", True),
                                    ("expectation__isnull", True),
                                    ("taken_over__isnull", True),
                                ),
                                models.Q(
                                    models.Q(
                                        models.Q(
                                            ("expectation__isnull", False),
                                            ("taken_over__isnull", True),
                                        ),
                                        models.Q(
                                            ("expectation__isnull", True),
                                            ("taken_over__isnull", False),
                                        ),
                                        _connector="OR",
                                    ),
                                    ("account__isnull", False),
                                    ("due_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="cost_committed_has_account_and_due_day",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HouseholdIdentity",
                fields=[
                    (
                        "household",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="+",
                            serialize=False,
                            to="properties.household",
                        ),
                    ),
                    (
                        "sealed",
                        models.TextField(
                            help_text="Name, telephone, e-mail and tax code under the key."
                        ),
                    ),
                    (
                        "fingerprint",
                        models.CharField(
                            help_text="Keyed hash of the tax code.",
                            max_length=64,
                            null=True,
                            unique=True,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "identity of a household",
                    "verbose_name_plural": "identities of households",
                },
            ),
            migrations.CreateModel(
                name="Target",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                    ("indicator", models.CharField(max_length=60, verbose_name="figure")),
                    ("value", models.PositiveBigIntegerField(verbose_name="target")),
                    ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "verbose_name": "target",
                    "verbose_name_plural": "targets",
                    "ordering": ["year", "id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "year", "indicator"), name="target_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="YearNote",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                    (
                        "heading",
                        models.CharField(
                            choices=[
                                ("done", "What was done"),
                                ("slowed", "What prevented or slowed it"),
                                ("governance", "Governance"),
                                ("workers", "Workers"),
                                ("others", "Other stakeholders"),
                                ("environment", "Environment"),
                                ("ahead", "Goals for next year"),
                            ],
                            max_length=12,
                            verbose_name="heading",
                        ),
                    ),
                    ("text_it", models.TextField(verbose_name="text (Italian)")),
                    ("text_en", models.TextField(verbose_name="text (English)")),
                    ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "reviewed_at",
                        models.DateTimeField(
                            blank=True,
                            editable=False,
                            null=True,
                            verbose_name="reviewed by the city",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "note on a year",
                    "verbose_name_plural": "notes on years",
                    "ordering": ["year", "id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "year", "heading"), name="year_note_once"
                        )
                    ],
                },
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
                        models.CharField(
                            blank=True, max_length=120, verbose_name="name of the zone"
                        ),
                    ),
                    (
                        "link_code",
                        models.CharField(blank=True, max_length=20, verbose_name="link code"),
                    ),
                    (
                        "half_year",
                        models.CharField(
                            help_text="2018-2", max_length=6, verbose_name="half-year"
                        ),
                    ),
                    ("typology", models.CharField(max_length=60, verbose_name="kind of home")),
                    ("condition", models.CharField(max_length=20, verbose_name="condition")),
                    (
                        "sale_min",
                        models.DecimalField(
                            decimal_places=2, max_digits=9, verbose_name="sale, least"
                        ),
                    ),
                    (
                        "sale_max",
                        models.DecimalField(
                            decimal_places=2, max_digits=9, verbose_name="sale, most"
                        ),
                    ),
                    (
                        "rent_min",
                        models.DecimalField(
                            decimal_places=2, max_digits=9, verbose_name="rent, least"
                        ),
                    ),
                    (
                        "rent_max",
                        models.DecimalField(
                            decimal_places=2, max_digits=9, verbose_name="rent, most"
                        ),
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
                                models.Q(
                                    ("finding", ""), ("reviewed_at", None), ("reviewed_by", None)
                                ),
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
                    (
                        "certificate_on",
                        models.DateField(verbose_name="income certificate (ISEE) of"),
                    ),
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
            migrations.CreateModel(
                name="Dossier",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("protocol", models.CharField(max_length=60, verbose_name="protocol number")),
                    ("protocol_on", models.DateField(verbose_name="protocol date")),
                    ("data", models.JSONField()),
                    ("content_hash", models.CharField(max_length=64)),
                    ("filed_at", models.DateTimeField(verbose_name="filed")),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "city",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="dossiers",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "snapshot",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="dossiers",
                            to="properties.snapshot",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "dossier",
                    "verbose_name_plural": "dossiers",
                    "ordering": ["-protocol_on", "-id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("city", "protocol", "protocol_on"), name="dossier_protocol_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("protocol", ""), _negated=True),
                            name="dossier_has_a_protocol_number",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DesertedSale",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="sale")),
                    ("sale_on", models.DateField(verbose_name="day of the auction")),
                    (
                        "base_price_currency",
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
                        "base_price",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="base price"
                        ),
                    ),
                    ("next_sale_on", models.DateField(verbose_name="next auction")),
                    (
                        "next_base_price_currency",
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
                        "next_base_price",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="next base price"
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    (
                        "acquisition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="deserted_sales",
                            to="properties.acquisition",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "sale to which nobody came",
                    "verbose_name_plural": "sales to which nobody came",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("acquisition", "number"), name="deserted_sale_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("next_base_price__gt", 0),
                                ("next_sale_on__gt", models.F("sale_on")),
                                ("next_base_price__lte", models.F("base_price")),
                            ),
                            name="deserted_sale_is_followed_by_a_later_one_not_dearer",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PastRent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("month", models.DateField(help_text="The first day of the month.")),
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
                        "tenancy",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="past_rents",
                            to="properties.tenancy",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "rent paid before this system",
                    "verbose_name_plural": "rents paid before this system",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("tenancy", "month"), name="past_rent_once_a_month"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0), ("month__day", 1)),
                            name="past_rent_of_a_first_above_zero",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Hardship",
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
                                ("DISMISSAL", "dismissal"),
                                ("HOURS_CUT", "working hours cut by agreement"),
                                ("WAGE_SUPPORT", "wage-support scheme"),
                                ("NOT_RENEWED", "temporary contract not renewed"),
                                ("BUSINESS_CLOSED", "business closed by force majeure"),
                                (
                                    "ILLNESS",
                                    "illness, accident or death with loss of income or medical costs",
                                ),
                                ("SEPARATION", "separation"),
                                ("RENT_RISE", "rise of the rent"),
                                ("DEBT", "debts or usury"),
                                ("OTHER", "another cause"),
                            ],
                            max_length=16,
                            verbose_name="cause",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="since")),
                    ("by_label", models.CharField(max_length=200)),
                    ("at", models.DateTimeField()),
                    (
                        "household",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="hardships",
                            to="properties.household",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "cause of arrears",
                    "verbose_name_plural": "causes of arrears",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("household", "cause", "on"), name="hardship_once"
                        )
                    ],
                },
            ),
        )
    ]
