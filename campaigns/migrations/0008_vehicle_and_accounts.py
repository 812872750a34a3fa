"""An issuer may be a special purpose vehicle, and its accounts certified: rules of law ask for both."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_order_files_count_nothing"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="has_certified_accounts",
            field=models.BooleanField(
                default=False, verbose_name="last two accounts are certified"
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="is_spv",
            field=models.BooleanField(default=False, verbose_name="special purpose vehicle"),
        ),
    ]
