"""How much one person may do alone at the desk of differences."""

from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters

OURS = "Own policy"


class Migration(migrations.Migration):
    dependencies = [("treasury", "0002_guards"), ("core", "0001_initial")]
    operations = [
        set_parameters(
            Row("desk.explain.alone", "25000.00", OURS),
            Row("desk.give_up.alone", "500.00", OURS),
            Row("desk.write_off.alone", "5.00", OURS),
            Row("desk.write_off.most", "100.00", OURS),
        )
    ]
