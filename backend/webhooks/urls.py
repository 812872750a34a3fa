"""The addresses of webhooks: API and pages, and how their states look."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from backend.core import pages, tones, undoing
from backend.webhooks.api import webhooks as api
from backend.webhooks.pages import webhooks
from backend.webhooks.subscriptions import MANAGE

undoing.register("webhook.switched", "webhook-act")
tones.register("waiting", "to_deliver", "to_retry")
tones.register("done", "arrived", "webhook_enabled")
tones.register("stopped", "given_up", "webhook_disabled", "webhook_failing")
tones.name(
    to_deliver=_("on its way"),
    to_retry=_("is tried again"),
    arrived=_("arrived"),
    given_up=_("given up"),
    webhook_enabled=_("enabled"),
    webhook_disabled=_("disabled"),
    webhook_failing=_("does not answer"),
)
pages.register_nav(_("Webhooks"), "webhooks", MANAGE, order=890, under="staff")

api_urlpatterns = [
    path("webhook-events/", api.EventTypes.as_view(), name="webhook-events"),
    path("webhooks/", api.Webhooks.as_view(), name="webhooks"),
    path("webhooks/<int:pk>/", api.OneWebhook.as_view(), name="webhook"),
    path("webhooks/<int:pk>/secret/", api.WebhookSecret.as_view(), name="webhook-secret"),
    path("webhooks/<int:pk>/disable/", api.DisableWebhook.as_view(), name="webhook-disable"),
    path("webhooks/<int:pk>/enable/", api.EnableWebhook.as_view(), name="webhook-enable"),
    path("webhooks/<int:pk>/test/", api.TryWebhook.as_view(), name="webhook-test"),
    path(
        "webhooks/<int:pk>/deliveries/", api.WebhookDeliveries.as_view(), name="webhook-deliveries"
    ),
    path("webhook-deliveries/<int:pk>/", api.OneDelivery.as_view(), name="webhook-delivery"),
    path(
        "webhook-deliveries/<int:pk>/redelivery/",
        api.Redeliver.as_view(),
        name="webhook-redelivery",
    ),
]

page_urlpatterns = [
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/new/", webhooks.add, name="webhook-new"),
    path("webhooks/deliveries/<int:pk>/", webhooks.delivery, name="webhook-delivery"),
    path("webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:pk>/secret/", webhooks.renew_secret, name="webhook-secret"),
    path("webhooks/<int:pk>/<slug:act>/", webhooks.act, name="webhook-act"),
]
