"""An offer that collects late payments may stand still too, and goes back to collecting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0011_impact_reports_are_year_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="suspension",
            name="interrupted",
            field=models.CharField(
                choices=[("open", "Open"), ("collecting", "Collecting late payments")],
                default="open",
                db_default="open",
                max_length=20,
                verbose_name="stood still while",
            ),
        ),
    ]
