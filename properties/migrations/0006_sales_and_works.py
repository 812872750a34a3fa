"""Sales of homes; stages, halts and variations of works, and the costs that name them."""

import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_is_append_only"),
        ("ledger", "0003_released_money_comes_in"),
        ("properties", "0005_portfolio"),
        ("treasury", "0004_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="costline",
            name="works",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="costs",
                to="properties.works",
            ),
        ),
        migrations.AddField(
            model_name="works",
            name="contractor",
            field=models.CharField(blank=True, max_length=200, verbose_name="contractor"),
        ),
        migrations.AddField(
            model_name="works",
            name="has_social_clause",
            field=models.BooleanField(default=False, verbose_name="social-work clause"),
        ),
        migrations.AddField(
            model_name="works",
            name="planned_ready_on",
            field=models.DateField(blank=True, null=True, verbose_name="to be ready on"),
        ),
        migrations.AlterField(
            model_name="homedocument",
            name="kind",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="works",
            name="state",
            field=models.CharField(
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
                ("deed_on", models.DateField(blank=True, null=True, verbose_name="deed signed on")),
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
    ]
