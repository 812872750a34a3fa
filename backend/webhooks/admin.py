"""Back office of webhooks: all of it can only be read, and secrets not at all."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from backend.core.admin import ReadOnly
from backend.webhooks.models import Attempt, Delivery, Event, Webhook


@admin.register(Webhook)
class WebhookAdmin(ReadOnly):
    """A secret is not shown, although it is encrypted."""

    list_display = ("url", "organisation", "disabled_at", "failing_since")

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["secret", "old_secret"]


admin.site.register([Event, Delivery, Attempt], ReadOnly)
