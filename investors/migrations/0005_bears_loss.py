"""The statement that an order of 2020 asks for: to lose all of it can be borne."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("investors", "0004_reports_of_years")]
    operations = [
        migrations.AlterField(
            model_name="acknowledgement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("loss_of_all", "All of the money may be lost"),
                    ("inappropriate", "The service may be inappropriate"),
                    ("large_order", "The order is large for this investor"),
                    ("simulation", "The result of the simulation was received"),
                    ("bears_loss", "To lose all of it can be borne"),
                    ("lost_protection", "Protection is given up"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
