"""Causes of arrears, why a lease ended, what a plan says besides; limits of the fund and of the floor."""

from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters

DECREE = "DM 30 March 2016 on blameless arrears, read at second hand, unverified; housing.md 3.5"
PARAMETERS = (
    Row("blameless.most", "12000.00", DECREE),
    Row("blameless.isee_most", "26000.00", DECREE),
    Row("sustainment.gap_days", "7", "housing.md 3.4"),
    Row("repayment.floor_cents", "1000", "own policy, housing.md 3.5"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0008_courts_and_past_rents"),
    ]

    operations = [
        set_parameters(*PARAMETERS),
    ]
