"""Programmes with their calls, projects, grants and output figures; what was seeds alone is made anew."""

from pathlib import Path

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models

from backend.core.create_models import CreateModels

GUARDS = Path(__file__).with_name("guards_programmes.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_tax_relief"), ("core", "0002_audit_is_append_only")]

    operations = [
        migrations.DeleteModel("OutputFigure"),
        migrations.DeleteModel("Project"),
        migrations.DeleteModel("Programme"),
        CreateModels(
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
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
