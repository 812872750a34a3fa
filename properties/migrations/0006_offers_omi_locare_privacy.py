"""Offers of auctions, OMI quotations, Lo.C.A.Re. terms, openings in an emergency; their dated limits."""

from datetime import date

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PARAMETERS = (
    ("locare.barred_categories", "A1 A7 A8 A9", "Lo.C.A.Re., housing.md 3.5"),
    ("locare.certificate_days", "365", "Lo.C.A.Re., housing.md 3.5"),
    ("locare.residence_days", "365", "Lo.C.A.Re., housing.md 3.5"),
    ("locare.owner_grant", "2000.00", "Lo.C.A.Re., housing.md 3.5"),
    ("retention.debtor_file_months", "120", "housing.md P15; c.c. 2946, ten years, unverified"),
    ("retention.lost_file_months", "12", "housing.md P15: of a home that never came, own policy"),
    ("retention.access_log_months", "24", "housing.md P20"),
)


def set_parameters(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    parameter = apps.get_model("core", "Parameter")
    rows = [
        parameter(code=code, value=value, valid_from=date(2020, 1, 1), source=source)
        for code, value, source in PARAMETERS
    ]
    parameter.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0005_years"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(set_parameters, migrations.RunPython.noop),
    ]
