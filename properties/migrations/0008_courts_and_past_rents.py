"""Court auctions with increase, sales to which nobody came, and rents paid before this system."""

import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models

KEPT = """
CREATE FUNCTION properties_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'properties: % of % is refused, it is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON properties_desertedsale
    FOR EACH ROW EXECUTE FUNCTION properties_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON properties_pastrent
    FOR EACH ROW EXECUTE FUNCTION properties_refuse_change();
"""
LET_GO = """
DROP TRIGGER append_only ON properties_pastrent;
DROP TRIGGER append_only ON properties_desertedsale;
DROP FUNCTION properties_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_access_log_retention"),
        ("ledger", "0003_guards_when"),
        ("properties", "0007_city"),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "sale to which nobody came",
                "verbose_name_plural": "sales to which nobody came",
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
            ],
            options={
                "verbose_name": "rent paid before this system",
                "verbose_name_plural": "rents paid before this system",
            },
        ),
        migrations.RemoveConstraint(
            model_name="acquisition",
            name="acquisition_state_known",
        ),
        migrations.AddField(
            model_name="acquisition",
            name="deposit_asked",
            field=djmoney.models.fields.MoneyField(
                decimal_places=2, max_digits=14, null=True, verbose_name="deposit asked"
            ),
        ),
        migrations.AddField(
            model_name="acquisition",
            name="deposit_asked_currency",
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
            model_name="acquisition",
            name="least_raise",
            field=djmoney.models.fields.MoneyField(
                decimal_places=2, max_digits=14, null=True, verbose_name="least raise"
            ),
        ),
        migrations.AddField(
            model_name="acquisition",
            name="least_raise_currency",
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
            model_name="acquisition",
            name="noticed_on",
            field=models.DateField(blank=True, null=True, verbose_name="notice of the sale"),
        ),
        migrations.AlterField(
            model_name="acquisition",
            name="route",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="acquisition",
            constraint=models.CheckConstraint(
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
            ),
        ),
        migrations.AddField(
            model_name="desertedsale",
            name="acquisition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deserted_sales",
                to="properties.acquisition",
            ),
        ),
        migrations.AddField(
            model_name="pastrent",
            name="tenancy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="past_rents",
                to="properties.tenancy",
            ),
        ),
        migrations.AddConstraint(
            model_name="desertedsale",
            constraint=models.UniqueConstraint(
                fields=("acquisition", "number"), name="deserted_sale_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="desertedsale",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("next_base_price__gt", 0),
                    ("next_sale_on__gt", models.F("sale_on")),
                    ("next_base_price__lte", models.F("base_price")),
                ),
                name="deserted_sale_is_followed_by_a_later_one_not_dearer",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastrent",
            constraint=models.UniqueConstraint(
                fields=("tenancy", "month"), name="past_rent_once_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="pastrent",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("month__day", 1)),
                name="past_rent_of_a_first_above_zero",
            ),
        ),
        migrations.RunSQL(KEPT, LET_GO),
    ]
