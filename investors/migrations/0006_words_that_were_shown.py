"""An acknowledgement keeps the language and the hash of the words that were shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("investors", "0005_bears_loss")]
    operations = [
        migrations.AddField(
            model_name="acknowledgement",
            name="language",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=5, verbose_name="language"
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="words_hash",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                max_length=64,
                verbose_name="hash of the words",
            ),
        ),
    ]
