"""How many days after its quarter a report to investors is due."""

from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters


class Migration(migrations.Migration):
    dependencies = [("investors", "0002_what_was_told_is_append_only"), ("core", "0001_initial")]
    operations = [set_parameters(Row("report.due_days", "60", "Own policy"))]
