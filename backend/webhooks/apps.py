"""Django's entry for webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "backend.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"
