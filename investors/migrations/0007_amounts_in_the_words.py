"""An acknowledgement keeps the amounts that the words named: they are hashed with them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("investors", "0006_words_that_were_shown")]
    operations = [
        migrations.AddField(
            model_name="acknowledgement",
            name="amounts",
            field=models.JSONField(blank=True, default=dict, verbose_name="amounts in the words"),
        ),
    ]
