"""Buildings, homes, purchases, households, tenancies, plans and the figures about them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
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
        ("treasury", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
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
                ],
                options={
                    "verbose_name": "household",
                    "verbose_name_plural": "households",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "code"), name="household_code_once"
                        )
                    ],
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
                        )
                    ],
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
                ],
                options={
                    "verbose_name": "review note",
                    "verbose_name_plural": "review notes",
                    "ordering": ["id"],
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
                    ("cadastral_comune", models.CharField(default="L219", max_length=4)),
                    (
                        "cadastral_section",
                        models.CharField(blank=True, max_length=5, verbose_name="section"),
                    ),
                    (
                        "cadastral_sheet",
                        models.CharField(blank=True, max_length=10, verbose_name="sheet"),
                    ),
                    (
                        "cadastral_parcel",
                        models.CharField(blank=True, max_length=10, verbose_name="parcel"),
                    ),
                    (
                        "cadastral_subunit",
                        models.CharField(blank=True, max_length=10, verbose_name="subunit"),
                    ),
                    ("rooms", models.PositiveSmallIntegerField(verbose_name="rooms")),
                    (
                        "area_m2",
                        models.DecimalField(
                            decimal_places=2, max_digits=7, verbose_name="area in m²"
                        ),
                    ),
                    (
                        "energy_class",
                        models.CharField(
                            blank=True,
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
                            condition=models.Q(("rent__gte", 0)), name="tenancy_rent_not_negative"
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
                            ],
                            default="SURVEY",
                            max_length=12,
                        ),
                    ),
                    ("started_on", models.DateField(verbose_name="started on")),
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
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="acquisitions",
                            to="properties.unit",
                        ),
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
                                        "PORTFOLIO",
                                        "POSSESSION",
                                        "PRELIMINARY",
                                        "PROPOSED",
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
                                models.Q(("account__isnull", True), ("expectation__isnull", True)),
                                models.Q(
                                    ("account__isnull", False),
                                    ("due_on__isnull", False),
                                    ("expectation__isnull", False),
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
                    ("name", models.CharField(max_length=200, verbose_name="name")),
                    (
                        "phone",
                        models.CharField(blank=True, max_length=40, verbose_name="telephone"),
                    ),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                    (
                        "tax_code",
                        models.CharField(blank=True, max_length=20, verbose_name="tax code"),
                    ),
                ],
                options={
                    "verbose_name": "identity of a household",
                    "verbose_name_plural": "identities of households",
                },
            ),
        )
    ]
