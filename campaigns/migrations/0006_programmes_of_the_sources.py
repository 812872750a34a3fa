"""Every installation knows the city's programmes as public sources tell them (seeds/sources.json)."""

from typing import Any

from django.db import migrations

from campaigns import sources


def load(apps: Any, _schema_editor: Any) -> None:
    sources.load_programmes(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0005_programmes")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
