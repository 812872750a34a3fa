"""Rents and costs keep whether all of them has come: what is late is found by index (keep_paid.sql)."""

from pathlib import Path

from django.db import migrations, models

KEEP = Path(__file__).with_name("keep_paid.sql").read_text(encoding="utf-8")
LEAVE = """
DROP TRIGGER keep_paid ON treasury_allocation;
DROP TRIGGER say_paid ON properties_rentcharge;
DROP TRIGGER say_paid ON properties_costline;
DROP FUNCTION properties_keep_paid(); DROP FUNCTION properties_say_paid();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0017_amendments"),
        ("treasury", "0006_days_move_later"),
    ]

    operations = [
        migrations.AddField(
            model_name="rentcharge",
            name="is_paid",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="costline",
            name="is_paid",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="rentcharge",
            index=models.Index(
                condition=models.Q(("is_paid", False)), fields=["expectation"], name="rent_not_paid"
            ),
        ),
        migrations.AddIndex(
            model_name="costline",
            index=models.Index(
                condition=models.Q(("is_paid", False)), fields=["expectation"], name="cost_not_paid"
            ),
        ),
        migrations.RunSQL(KEEP, LEAVE),
    ]
