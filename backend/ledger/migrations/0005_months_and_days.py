"""Months of the books that can be closed, and what each account moved on a day.

The triggers stand in guards_0005.sql beside this file. Accounts learn whose books they stand in.
"""

from decimal import Decimal
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

GUARDS = Path(__file__).with_name("guards_0005.sql").read_text(encoding="utf-8")
# Outside and suspense have no fund: they are of the holder of their bank account.
OWNERS = """
    ALTER TABLE ledger_account DISABLE TRIGGER append_only;
    UPDATE ledger_account a SET organisation_id = f.organisation_id
        FROM ledger_fund f WHERE f.id = a.fund_id;
    DO $$
    BEGIN
        IF to_regclass('treasury_bankaccount') IS NOT NULL THEN
            UPDATE ledger_account a SET organisation_id = b.holder_id
                FROM treasury_bankaccount b WHERE a.id IN (b.outside_id, b.suspense_id);
        END IF;
    END $$;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE ledger_account ENABLE TRIGGER append_only;
    INSERT INTO ledger_books (organisation_id) SELECT DISTINCT organisation_id FROM ledger_account;
    SET CONSTRAINTS ALL IMMEDIATE;
"""
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_is_append_only"),
        ("ledger", "0004_claims_undone"),
    ]

    operations = [
        migrations.CreateModel(
            name="Books",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="books",
                        serialize=False,
                        to="core.organisation",
                    ),
                ),
                ("closed_until", models.DateField(null=True)),
            ],
            options={"verbose_name": "books", "verbose_name_plural": "books"},
        ),
        migrations.AddField(
            model_name="account",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                editable=False,
                on_delete=PROTECT,
                related_name="ledger_accounts",
                to="core.organisation",
            ),
        ),
        migrations.RunSQL(OWNERS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="account",
            name="organisation",
            field=models.ForeignKey(
                editable=False,
                on_delete=PROTECT,
                related_name="ledger_accounts",
                to="core.organisation",
            ),
        ),
        migrations.AlterField(model_name="entry", name="on", field=models.DateField(db_index=True)),
        migrations.CreateModel(
            name="DayTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("on", models.DateField()),
                (
                    "came",
                    models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=16),
                ),
                (
                    "gone",
                    models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=16),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=PROTECT,
                        related_name="days",
                        to="ledger.account",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        null=True,
                        on_delete=PROTECT,
                        related_name="payer_days",
                        to="ledger.fund",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "fund", "currency", "on"),
                        name="day_total_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=Q(account__isnull=True, fund__isnull=False)
                        | Q(account__isnull=False, fund__isnull=True),
                        name="day_total_of_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Month",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by_label", models.CharField(blank=True, max_length=200)),
                ("transfers", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="months", to="core.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "month of the books",
                "verbose_name_plural": "months of the books",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "first_day"), name="month_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(first_day__day=1), name="month_starts_on_the_first"
                    ),
                    models.CheckConstraint(
                        condition=Q(closed_at__isnull=True, closed_by_label="", digest="")
                        | Q(closed_at__isnull=False) & ~Q(closed_by_label="") & ~Q(digest=""),
                        name="month_close_has_who_and_what",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
