"""Who has the report of a snapshot is found by the same index that lets each have it once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("investors", "0008_identities_sealed")]
    operations = [
        migrations.RemoveConstraint(model_name="investorreport", name="investor_report_once"),
        migrations.AddConstraint(
            model_name="investorreport",
            constraint=models.UniqueConstraint(
                fields=("snapshot_key", "kind", "investor", "version"),
                name="investor_report_once",
            ),
        ),
    ]
