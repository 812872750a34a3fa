"""How long the city has to answer before a report may go out marked "not yet reviewed"."""

from datetime import date
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CODE = "review.fallback_days"


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.create(
        code=CODE, value="30", valid_from=date(2020, 1, 1), source="Own policy (housing.md 3.13)"
    )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("properties", "0002_snapshots_are_frozen"),
        ("core", "0001_initial"),
    ]

    operations: ClassVar = [migrations.RunPython(add, remove)]
