"""The guard of allocations looks at their entries too, so no foreign key looks row by row."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_allocations.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("treasury", "0004_reports_of_orders")]
    operations = [
        migrations.AlterField(
            model_name="allocation",
            name="entry",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.entry",
            ),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
