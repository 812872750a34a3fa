"""Until when the evidence of funded projects is kept (P19), with the years as dated parameters."""

from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters

ESF = "Reg. (EU) 1303/2013 art. 140, housing.md P19"
PARAMETERS = (
    Row("evidence.small_years", "3", ESF),
    Row("evidence.large_years", "2", ESF),
    Row("evidence.large_from", "1000000.00", ESF),
    Row("evidence.state_aid_years", "10", "Reg. (EU) 1407/2013 art. 6, housing.md P19"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0008_changes_of_grants"),
    ]

    operations = [
        set_parameters(*PARAMETERS),
    ]
