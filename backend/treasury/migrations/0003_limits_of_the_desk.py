"""How much one person may do alone at the desk of differences."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LIMITS = {
    "desk.explain.alone": "25000.00",
    "desk.give_up.alone": "500.00",
    "desk.write_off.alone": "5.00",
    "desk.write_off.most": "100.00",
}


def set_limits(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    parameter = apps.get_model("core", "Parameter")
    rows = [
        parameter(code=code, value=value, valid_from=date(2020, 1, 1), source="Own policy")
        for code, value in LIMITS.items()
    ]
    parameter.objects.bulk_create(rows, ignore_conflicts=True)


def forget_limits(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.filter(code__in=LIMITS).delete()


class Migration(migrations.Migration):
    dependencies = [("treasury", "0002_guards")]
    operations = [migrations.RunPython(set_limits, forget_limits)]
