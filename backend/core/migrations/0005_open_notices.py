"""Mails that wait or came back are found without reading all that were sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_approvals_of_a_content")]
    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(
                    ("sent_at", None), ("bounced_at__isnull", False), _connector="OR"
                ),
                fields=["key"],
                name="notice_open",
            ),
        ),
    ]
