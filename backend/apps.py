"""Django's entry for the roof: it carries templates, static files, translations and commands."""

from django.apps import AppConfig


class BackendConfig(AppConfig):
    name = "backend"
    label = "backend"
