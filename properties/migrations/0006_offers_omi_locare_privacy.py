"""Offers of auctions, OMI quotations, Lo.C.A.Re. terms, openings in an emergency; their dated limits."""

from django.conf import settings
from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters

PARAMETERS = (
    Row("locare.barred_categories", "A1 A7 A8 A9", "Lo.C.A.Re., housing.md 3.5"),
    Row("locare.certificate_days", "365", "Lo.C.A.Re., housing.md 3.5"),
    Row("locare.residence_days", "365", "Lo.C.A.Re., housing.md 3.5"),
    Row("locare.owner_grant", "2000.00", "Lo.C.A.Re., housing.md 3.5"),
    Row("retention.debtor_file_months", "120", "housing.md P15; c.c. 2946, ten years, unverified"),
    Row(
        "retention.lost_file_months", "12", "housing.md P15: of a home that never came, own policy"
    ),
    Row("retention.access_log_months", "24", "housing.md P20"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0005_years"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [set_parameters(*PARAMETERS)]
