"""A run goes on where it stopped, and a line keeps the one reference of ours that it names. What lines
and allocations stand on is looked at a statement at a time (guards_sets.sql), not row by row.
"""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_sets.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("treasury", "0004_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="bankline",
            name="key",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="bankline",
            name="key_reason",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="reconciliationrun",
            name="finished_at",
            field=models.DateTimeField(null=True, verbose_name="finished"),
        ),
        migrations.AddField(
            model_name="reconciliationrun",
            name="is_second_pass",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="reconciliationrun",
            name="reached",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="allocation",
            name="expectation",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="treasury.expectation",
            ),
        ),
        migrations.AlterField(
            model_name="allocation",
            name="line",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="treasury.bankline",
            ),
        ),
        migrations.AlterField(
            model_name="bankline",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="treasury.bankaccount",
            ),
        ),
        migrations.AlterField(
            model_name="bankline",
            name="statement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="treasury.bankstatement",
            ),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
