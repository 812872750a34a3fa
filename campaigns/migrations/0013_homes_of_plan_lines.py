"""A line of the plan for the money may name the home that it is for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0012_standstills"),
    ]

    operations = [
        migrations.AddField(
            model_name="useoffundsline",
            name="home",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=40, verbose_name="home"
            ),
        ),
    ]
