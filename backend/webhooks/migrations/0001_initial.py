"""The tables of webhooks: who is told, of what, and how each delivery went."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import backend.webhooks.models
from backend.core.create_models import CreateModels

ID = (
    "id",
    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
)


def _organisation():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.organisation"
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0003_access_log_retention")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Webhook",
                fields=[
                    ID,
                    ("url", models.CharField(max_length=500, verbose_name="address")),
                    (
                        "description",
                        models.CharField(blank=True, max_length=200, verbose_name="what it is for"),
                    ),
                    (
                        "events",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=80), size=None
                        ),
                    ),
                    ("secret", models.TextField()),
                    ("old_secret", models.TextField(blank=True)),
                    ("old_secret_until", models.DateTimeField(null=True)),
                    ("created_at", models.DateTimeField()),
                    ("last_delivered_at", models.DateTimeField(null=True)),
                    ("failing_since", models.DateTimeField(null=True)),
                    ("disabled_at", models.DateTimeField(null=True)),
                    (
                        "disabled_because",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("by_hand", "disabled by hand"),
                                ("gone", "it answered that it wants no more (410)"),
                                ("silent", "nothing arrived for three days"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("organisation", _organisation()),
                ],
                options={
                    "verbose_name": "webhook",
                    "verbose_name_plural": "webhooks",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("events__len__gte", 1)),
                            name="webhook_hears_something",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("old_secret", ""),
                                ("old_secret_until__isnull", False),
                                _connector="OR",
                            ),
                            name="webhook_old_secret_ends",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Event",
                fields=[
                    ID,
                    (
                        "message_id",
                        models.CharField(
                            default=backend.webhooks.models.new_message_id,
                            max_length=40,
                            unique=True,
                        ),
                    ),
                    ("key", models.CharField(max_length=200, unique=True)),
                    ("type", models.CharField(max_length=80)),
                    ("data", models.JSONField()),
                    ("at", models.DateTimeField()),
                    ("organisation", _organisation()),
                ],
                options={"verbose_name": "event", "verbose_name_plural": "events"},
            ),
            migrations.CreateModel(
                name="Delivery",
                fields=[
                    ID,
                    ("tries", models.PositiveSmallIntegerField(default=0)),
                    ("next_try_at", models.DateTimeField(null=True)),
                    ("delivered_at", models.DateTimeField(null=True)),
                    ("given_up_at", models.DateTimeField(null=True)),
                    (
                        "event",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="deliveries",
                            to="webhooks.event",
                        ),
                    ),
                    (
                        "webhook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="deliveries",
                            to="webhooks.webhook",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "delivery",
                    "verbose_name_plural": "deliveries",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("next_try_at__isnull", False)),
                            fields=["next_try_at"],
                            name="delivery_waiting",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("webhook", "event"), name="delivery_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("next_try_at__isnull", False),
                                models.Q(
                                    ("delivered_at__isnull", False),
                                    ("given_up_at__isnull", False),
                                    _connector="OR",
                                ),
                                _connector="XOR",
                            ),
                            name="delivery_waits_or_ended",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Attempt",
                fields=[
                    ID,
                    ("at", models.DateTimeField()),
                    ("milliseconds", models.PositiveIntegerField()),
                    ("status", models.PositiveSmallIntegerField(null=True)),
                    ("answer", models.CharField(blank=True, max_length=300)),
                    ("error", models.CharField(blank=True, max_length=300)),
                    (
                        "delivery",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="attempts",
                            to="webhooks.delivery",
                        ),
                    ),
                ],
                options={"verbose_name": "attempt", "verbose_name_plural": "attempts"},
            ),
        ),
    ]
