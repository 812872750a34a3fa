"""The tax relief's rates and ceilings by year as dated data, with their acts (I9, I10)."""

import datetime as dt
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ORDINARY = "DL 179/2012 art. 29, rate and ceilings of L. 232/2016"
DE_MINIMIS = "DL 179/2012 art. 29-bis, from DL 34/2020 art. 38"
REFORM = "L. 193/2024"
SINCE_2017, SINCE_2020, SINCE_2025 = dt.date(2017, 1, 1), dt.date(2020, 5, 19), dt.date(2025, 1, 1)
ROWS = (
    ("tax_relief.ordinary.rate_percent", "30", SINCE_2017, None, ORDINARY),
    ("tax_relief.ordinary.yearly_ceiling.person", "1000000.00", SINCE_2017, None, ORDINARY),
    ("tax_relief.ordinary.yearly_ceiling.body", "1800000.00", SINCE_2017, None, ORDINARY),
    ("tax_relief.de_minimis.rate_percent", "50", SINCE_2020, SINCE_2025, DE_MINIMIS),
    ("tax_relief.de_minimis.rate_percent", "65", SINCE_2025, None, REFORM),
    ("tax_relief.de_minimis.yearly_ceiling.person", "100000.00", SINCE_2020, None, DE_MINIMIS),
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    parameter = apps.get_model("core", "Parameter")
    names = ("code", "value", "valid_from", "valid_to", "source")
    rows = [parameter(**dict(zip(names, row, strict=True))) for row in ROWS]
    parameter.objects.bulk_create(rows, ignore_conflicts=True)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Parameter").objects.filter(code__startswith="tax_relief.").delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("campaigns", "0003_facts_of_the_sources"),
        ("core", "0002_audit_is_append_only"),
    ]
    operations: ClassVar = [migrations.RunPython(add, remove)]
