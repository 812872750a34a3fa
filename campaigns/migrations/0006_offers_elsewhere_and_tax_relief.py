"""Offers that issuers made elsewhere (R2), and the tax relief's rates and ceilings as dated data (I9, I10)."""

import datetime as dt
from typing import ClassVar

import django.db.models.deletion
import djmoney.models.fields
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON campaigns_offerelsewhere
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON campaigns_offerelsewhere
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();
"""
ORDINARY = "DL 179/2012 art. 29, rate and ceilings of L. 232/2016"
DE_MINIMIS = "DL 179/2012 art. 29-bis, from DL 34/2020 art. 38"
REFORM = "L. 193/2024"
SINCE_2017, SINCE_2020, SINCE_2025 = dt.date(2017, 1, 1), dt.date(2020, 5, 19), dt.date(2025, 1, 1)
ROWS = (
    ("tax_relief.ordinary.rate_percent", "30", SINCE_2017, None, ORDINARY),
    ("tax_relief.ordinary.yearly_ceiling.person", "1000000.00", SINCE_2017, None, ORDINARY),
    ("tax_relief.ordinary.yearly_ceiling.body", "1800000.00", SINCE_2017, None, ORDINARY),
    ("tax_relief.de_minimis.rate_percent", "50", SINCE_2020, SINCE_2025, DE_MINIMIS),
    ("tax_relief.de_minimis.rate_percent", "65", SINCE_2025, None, REFORM),
    ("tax_relief.de_minimis.yearly_ceiling.person", "100000.00", SINCE_2020, None, DE_MINIMIS),
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    parameter = apps.get_model("core", "Parameter")
    names = ("code", "value", "valid_from", "valid_to", "source")
    parameter.objects.bulk_create([parameter(**dict(zip(names, row, strict=True))) for row in ROWS])


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.filter(code__startswith="tax_relief.").delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("campaigns", "0005_orders_register_and_proofs"),
        ("core", "0002_audit_is_append_only"),
    ]
    operations: ClassVar = [
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
                        fields=("issuer", "opened_on", "place", "kind"), name="offer_elsewhere_once"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.RunPython(add, remove),
    ]
