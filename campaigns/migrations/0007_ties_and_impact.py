"""What ties an investor to an issuer, the impact reports of issuers, and warnings after order checks."""

from pathlib import Path

import django.db.models.deletion
import djmoney.models.fields
import djmoney.money
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_ties.sql")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_programmes_of_the_sources"),
        ("core", "0002_audit_is_append_only"),
        ("investors", "0003_report_policy"),
    ]

    operations = [
        migrations.AddField(
            model_name="ordercheck",
            name="was_warned",
            field=models.BooleanField(default=False, verbose_name="warned that it is not"),
        ),
        migrations.AlterField(
            model_name="issuerstatus",
            name="status",
            field=models.CharField(
                choices=[
                    ("innovative_startup", "Innovative start-up"),
                    ("innovative_sme", "Innovative SME"),
                    ("benefit_company", "Benefit company"),
                ],
                max_length=30,
                verbose_name="status",
            ),
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
                                models.Q(("votes_percent__gte", 0), ("votes_percent__lte", 100)),
                                _connector="OR",
                            ),
                        ),
                        name="issuer_tie_in_bounds",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
