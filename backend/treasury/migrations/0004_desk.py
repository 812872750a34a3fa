"""The desk: acts with their parts, an owner for each difference, and how much one person may do alone."""

from datetime import date
from pathlib import Path

import django.db.models.deletion
import djmoney.models.fields
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GUARDS = Path(__file__).with_name("guards_desk.sql").read_text(encoding="utf-8")
LIMITS = {
    "desk.explain.alone": "25000.00",
    "desk.give_up.alone": "500.00",
    "desk.write_off.alone": "5.00",
    "desk.write_off.most": "100.00",
}


def set_limits(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    parameter = apps.get_model("core", "Parameter")
    parameter.objects.bulk_create(
        parameter(code=code, value=value, valid_from=date(2020, 1, 1), source="Own policy")
        for code, value in LIMITS.items()
    )


def forget_limits(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.filter(code__in=LIMITS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("ledger", "0002_guards"),
        ("treasury", "0003_payment_orders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="discrepancy",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="discrepancies",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="DeskAct",
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
                            ("explain", "explained by hand"),
                            ("split", "split"),
                            ("write_off", "written off"),
                            ("give_up", "given up"),
                        ],
                        max_length=10,
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
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        decimal_places=2, max_digits=14, verbose_name="amount"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("needs_second", models.BooleanField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for another person"),
                            ("done", "done"),
                            ("refused", "refused by another person"),
                            ("undone", "undone"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("by_label", models.CharField(max_length=200)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "discrepancy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="treasury.discrepancy",
                    ),
                ),
                (
                    "expectation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="treasury.expectation",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="treasury.bankline",
                    ),
                ),
            ],
            options={
                "verbose_name": "act of the desk",
                "verbose_name_plural": "acts of the desk",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expectation__isnull", False),
                                ("kind", "give_up"),
                                ("line__isnull", True),
                            ),
                            models.Q(
                                models.Q(("kind", "give_up"), _negated=True),
                                ("expectation__isnull", True),
                                ("line__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="desk_act_is_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", 0), models.Q(("reason", ""), _negated=True)
                        ),
                        name="desk_act_of_something_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("line",),
                        name="desk_act_one_asked_per_line",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("expectation",),
                        name="desk_act_one_asked_per_expectation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskPart",
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
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        decimal_places=2, max_digits=14, verbose_name="amount"
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=40)),
                ("payer", models.CharField(blank=True, max_length=200)),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="treasury.deskact",
                    ),
                ),
                (
                    "allocation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desk_part",
                        to="treasury.allocation",
                    ),
                ),
                (
                    "expectation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treasury.expectation",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.fund",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of an act",
                "verbose_name_plural": "parts of an act",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", 0),
                            models.Q(
                                models.Q(
                                    ("expectation__isnull", False),
                                    ("fund__isnull", True),
                                    ("payer", ""),
                                    ("purpose", ""),
                                ),
                                models.Q(
                                    ("expectation__isnull", True),
                                    ("fund__isnull", False),
                                    ("payer", ""),
                                    models.Q(("purpose", ""), _negated=True),
                                ),
                                models.Q(
                                    ("expectation__isnull", True),
                                    ("fund__isnull", False),
                                    ("purpose", ""),
                                    models.Q(("payer", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="desk_part_is_met_or_meant",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.RunPython(set_limits, forget_limits),
    ]
