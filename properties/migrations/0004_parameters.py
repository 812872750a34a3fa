"""Dated parameters of retention and of figures, each with its source."""

from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters

PARAMETERS = (
    Row("retention.referral_months", "12", "housing.md P17"),
    Row("retention.household_months", "24", "housing.md P18"),
    Row("hotel.wait_days", "180", "own assumption, unverified"),
    Row("hotel.tariff", "6000", "own assumption in cents a day, unverified"),
    Row("hotel.deadweight_low", "20", "own assumption in percent, unverified"),
    Row("hotel.deadweight_high", "50", "own assumption in percent, unverified"),
    Row("energy.carbon_grams", "200", "natural gas, grams a kWh, rounded, unverified"),
)


class Migration(migrations.Migration):
    dependencies = [("properties", "0003_review_policy")]
    operations = [set_parameters(*PARAMETERS)]
