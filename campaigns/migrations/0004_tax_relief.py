"""The tax relief's rates and ceilings by year as dated data, with their acts (I9, I10)."""

import datetime as dt

from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters

ORDINARY = "DL 179/2012 art. 29, rate and ceilings of L. 232/2016"
DE_MINIMIS = "DL 179/2012 art. 29-bis, from DL 34/2020 art. 38"
REFORM = "L. 193/2024"
SINCE_2017, SINCE_2020, SINCE_2025 = dt.date(2017, 1, 1), dt.date(2020, 5, 19), dt.date(2025, 1, 1)
ROWS = (
    Row("tax_relief.ordinary.rate_percent", "30", ORDINARY, SINCE_2017),
    Row("tax_relief.ordinary.yearly_ceiling.person", "1000000.00", ORDINARY, SINCE_2017),
    Row("tax_relief.ordinary.yearly_ceiling.body", "1800000.00", ORDINARY, SINCE_2017),
    Row("tax_relief.de_minimis.rate_percent", "50", DE_MINIMIS, SINCE_2020, SINCE_2025),
    Row("tax_relief.de_minimis.rate_percent", "65", REFORM, SINCE_2025),
    Row("tax_relief.de_minimis.yearly_ceiling.person", "100000.00", DE_MINIMIS, SINCE_2020),
)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_facts_of_money_are_append_only"),
        ("core", "0002_audit_is_append_only"),
    ]
    operations = [set_parameters(*ROWS)]
