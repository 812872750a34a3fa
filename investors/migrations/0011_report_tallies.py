"""How many have a report is kept by the database (guards_report_tallies.sql)."""

from pathlib import Path

from django.db import migrations, models

KEEP = Path(__file__).with_name("guards_report_tallies.sql").read_text(encoding="utf-8")
LEAVE = """
DROP TRIGGER tally_new ON investors_investorreport;
DROP FUNCTION investors_tally_reports();
"""


class Migration(migrations.Migration):
    dependencies = [("investors", "0010_reports_counted_by_index")]
    operations = [
        migrations.CreateModel(
            name="ReportTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("snapshot_key", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=10)),
                ("version", models.PositiveSmallIntegerField()),
                ("reports", models.IntegerField()),
            ],
            options={
                "verbose_name": "number of reports",
                "verbose_name_plural": "numbers of reports",
                "indexes": [
                    models.Index(
                        fields=["snapshot_key", "kind", "version"], name="report_tally_of_figures"
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, LEAVE),
    ]
