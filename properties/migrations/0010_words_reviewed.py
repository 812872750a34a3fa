"""When the city accepted the words of a year: until then its report says that nobody reviewed them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("properties", "0009_causes_and_voids")]

    operations = [
        migrations.AddField(
            model_name="yearnote",
            name="reviewed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="reviewed by the city"
            ),
        ),
    ]
