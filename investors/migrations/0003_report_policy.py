"""How many days after its quarter a report to investors is due."""

from datetime import date
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CODE = "report.due_days"


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.create(
        code=CODE, value="60", valid_from=date(2020, 1, 1), source="Own policy"
    )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("investors", "0002_what_was_told_is_append_only")]
    operations: ClassVar = [migrations.RunPython(add, remove)]
