"""Core's pages: front, outbox, health, and in a demo the gallery of the design."""

from django.conf import settings
from django.urls import path
from django.utils.translation import gettext_lazy as _

from backend.core import health, pages, pages_design, pages_home, pages_mail, pages_work

if not settings.DEMO:  # a demo shows it to everyone, in the strip at the top
    pages.register_nav(_("Outbox"), "outbox", "outbox.view", order=900)

page_urlpatterns = [
    path("", pages_home.front, name="front"),
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
    path("metrics/", health.metrics, name="metrics"),
    path("home/", pages_home.home, name="home"),
    path("accessibility/", pages_home.accessibility, name="accessibility"),
    path("mails/stop/<str:token>/", pages_mail.stop, name="mail-stop"),
    path("work/<slug:kind>/<str:key>/", pages_work.work, name="work"),
    path("outbox/", pages_home.outbox, name="outbox"),
    path("design/", pages_design.gallery, name="design"),
]
