"""Every installation knows what public sources say of the real case and of the city's programmes
(seeds/sources.json)."""

from typing import Any

from django.db import migrations

from campaigns import sources


def load(apps: Any, _schema_editor: Any) -> None:
    """With the models as they are here; a later change of the facts is `manage.py load_seeds`."""
    sources.load_facts(apps.get_model)
    sources.load_programmes(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0005_programmes")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
