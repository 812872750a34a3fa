"""When the report of a year is due."""

from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters

SOURCE = (
    "Own policy: the 120 days of c.c. 2364 for the accounts, which it is attached to (L. 208/2015)"
)


class Migration(migrations.Migration):
    dependencies = [("investors", "0003_report_policy")]
    operations = [set_parameters(Row("report.yearly_due_days", "120", SOURCE))]
