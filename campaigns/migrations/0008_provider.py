"""What the provider holds of ours: its movements, fees, waiting cash, pulls and proofs; any way to pay.

The provider's own statement is append-only, as payments are.
"""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import djmoney.models.fields
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();
"""
WRITTEN_ONCE = (
    "campaigns_movement",
    "campaigns_cashmovement",
    "campaigns_providerpull",
    "campaigns_providerproof",
)
SQL = "".join(GUARDS.format(table=table) for table in WRITTEN_ONCE)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_returns"),
        ("investors", "0002_what_was_told_is_append_only"),
    ]

    operations = [
        migrations.RenameModel(
            old_name="CardPaymentIntent",
            new_name="PaymentIntent",
        ),
        migrations.AlterModelOptions(
            name="paymentintent",
            options={"verbose_name": "payment intent", "verbose_name_plural": "payment intents"},
        ),
        migrations.RemoveConstraint(
            model_name="paymentintent",
            name="card_intent_one_open_per_pledge",
        ),
        migrations.RemoveConstraint(
            model_name="payoutitem",
            name="payout_item_is_payment_or_refund",
        ),
        migrations.RemoveField(
            model_name="payoutitem",
            name="net",
        ),
        migrations.RemoveField(
            model_name="payoutitem",
            name="net_currency",
        ),
        migrations.RemoveField(
            model_name="payoutitem",
            name="provider_id",
        ),
        migrations.RemoveField(
            model_name="stripeevent",
            name="note",
        ),
        migrations.AddField(
            model_name="paymentintent",
            name="instructions_url",
            field=models.URLField(blank=True, max_length=500, verbose_name="how to pay"),
        ),
        migrations.AddField(
            model_name="paymentintent",
            name="method",
            field=models.CharField(
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
        migrations.AddField(
            model_name="payout",
            name="carried_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carries",
                to="campaigns.payout",
            ),
        ),
        migrations.AddField(
            model_name="payout",
            name="failure",
            field=models.CharField(blank=True, max_length=80, verbose_name="why it failed"),
        ),
        migrations.AddField(
            model_name="stripeevent",
            name="account",
            field=models.CharField(blank=True, max_length=80, verbose_name="account"),
        ),
        migrations.AddField(
            model_name="stripeevent",
            name="attempts",
            field=models.PositiveIntegerField(default=0, verbose_name="attempts"),
        ),
        migrations.AddField(
            model_name="stripeevent",
            name="is_ours",
            field=models.BooleanField(default=True, verbose_name="of our account"),
        ),
        migrations.AddField(
            model_name="stripeevent",
            name="last_error",
            field=models.CharField(blank=True, max_length=300, verbose_name="last error"),
        ),
        migrations.AddField(
            model_name="stripeevent",
            name="try_after",
            field=models.DateTimeField(
                default=datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.UTC),
                verbose_name="tried again after",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="payment",
            name="method",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="paymentintent",
            name="pledge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="intents",
                to="campaigns.pledge",
            ),
        ),
        migrations.AlterField(
            model_name="paymentintent",
            name="state",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="payoutitem",
            name="campaign",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payout_items",
                to="campaigns.campaign",
            ),
        ),
        migrations.AlterField(
            model_name="providerfinding",
            name="kind",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="stripeevent",
            name="outcome",
            field=models.CharField(
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
        migrations.AddIndex(
            model_name="stripeevent",
            index=models.Index(
                condition=models.Q(("handled_at", None)), fields=["id"], name="stripe_event_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentintent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("wanted", "created", "processing"))),
                fields=("pledge",),
                name="intent_one_open_per_pledge",
            ),
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
                        decimal_places=2, max_digits=14, null=True, verbose_name="at the provider"
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
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why not")),
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
        migrations.AddField(
            model_name="payoutitem",
            name="movement",
            field=models.OneToOneField(
                default=None,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payout_item",
                to="campaigns.movement",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="payoutitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payment__isnull", True), ("refund__isnull", True), _connector="OR"
                ),
                name="payout_item_is_payment_or_refund",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
