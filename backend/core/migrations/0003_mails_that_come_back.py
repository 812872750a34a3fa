"""Mails that came back, and addresses that want no news."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("core", "0002_audit_is_append_only")]
    operations: ClassVar = [
        migrations.AddField("notice", "bounced_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "notice",
            "bounce_reason",
            models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="UnwantedMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254, unique=True)),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name": "address without news",
                "verbose_name_plural": "addresses without news",
            },
        ),
    ]
