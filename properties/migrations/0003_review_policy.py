"""How long the city has to answer before a report may go out marked "not yet reviewed"."""

from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters

FALLBACK = Row("review.fallback_days", "30", "Own policy (housing.md 3.13)")


class Migration(migrations.Migration):
    dependencies = [("properties", "0002_snapshots_are_frozen"), ("core", "0001_initial")]
    operations = [set_parameters(FALLBACK)]
