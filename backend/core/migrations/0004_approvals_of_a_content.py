"""An approval holds for what was asked for: the hash of its content."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_access_log_retention"),
    ]

    operations = [
        migrations.AddField(
            model_name="approval",
            name="content_hash",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
