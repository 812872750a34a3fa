"""Transfers are judged a statement at a time (guards_sets.sql beside this file): a reconciliation
brings thousands in one, and each row by itself cost ten times as much. What the judge looks at anyway
(that entry and accounts are there) is no foreign key besides, and no index is kept that nobody asks.
"""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_sets.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_released_money_comes_in")]
    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="entry",
            name="key",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="entry",
            name="subject",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name="transfer",
            name="entry",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transfers",
                to="ledger.entry",
            ),
        ),
        migrations.AlterField(
            model_name="transfer",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_out",
                to="ledger.account",
            ),
        ),
        migrations.AlterField(
            model_name="transfer",
            name="target",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_in",
                to="ledger.account",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["subject"], name="ledger_entry_subject"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("key",), name="ledger_entry_key"),
        ),
    ]
