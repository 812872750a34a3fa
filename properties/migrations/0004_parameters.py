"""Dated parameters of retention and of figures, each with its source."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PARAMETERS = (
    ("retention.referral_months", "12", "housing.md P17"),
    ("retention.household_months", "24", "housing.md P18"),
    ("hotel.wait_days", "180", "own assumption, unverified"),
    ("hotel.tariff", "6000", "own assumption in cents a day, unverified"),
    ("hotel.deadweight_low", "20", "own assumption in percent, unverified"),
    ("hotel.deadweight_high", "50", "own assumption in percent, unverified"),
    ("energy.carbon_grams", "200", "natural gas, grams a kWh, rounded, unverified"),
)


def set_parameters(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    parameter = apps.get_model("core", "Parameter")
    rows = [
        parameter(code=code, value=value, valid_from=date(2020, 1, 1), source=source)
        for code, value, source in PARAMETERS
    ]
    parameter.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("properties", "0003_review_policy")]
    operations = [migrations.RunPython(set_parameters, migrations.RunPython.noop)]
