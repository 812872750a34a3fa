"""Since when an investor has had shares of an issuer is kept by the database (guards_entrants.sql)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

KEEP = Path(__file__).with_name("guards_entrants.sql").read_text(encoding="utf-8")
LEAVE = """
DROP TRIGGER keep_entrants ON campaigns_allotment;
DROP FUNCTION campaigns_keep_entrants();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0019_story"),
        ("core", "0005_open_notices"),
        ("investors", "0011_report_tallies"),
    ]
    operations = [
        migrations.CreateModel(
            name="Entrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "investor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="investors.investor",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "member since",
                "verbose_name_plural": "members since",
                "indexes": [models.Index(fields=["issuer", "since"], name="entrants_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "investor"), name="entrant_once")
                ],
            },
        ),
        migrations.RunSQL(KEEP, LEAVE),
    ]
