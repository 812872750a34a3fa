"""Where an offer stands at the authorised platform that takes its orders."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0016_sheet_declarations"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="platform_url",
            field=models.URLField(
                blank=True, default="", max_length=500, verbose_name="the offer at the platform"
            ),
            preserve_default=False,
        ),
    ]
