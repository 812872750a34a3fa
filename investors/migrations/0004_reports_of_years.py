"""Reports of years beside those of quarters, which report replaces which, and when a year is due."""

from datetime import date
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CODE = "report.yearly_due_days"
SOURCE = (
    "Own policy: the 120 days of c.c. 2364 for the accounts, which it is attached to (L. 208/2015)"
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.create(
        code=CODE, value="120", valid_from=date(2020, 1, 1), source=SOURCE
    )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("investors", "0003_report_policy")]
    operations: ClassVar = [
        migrations.RunPython(add, remove),
    ]
