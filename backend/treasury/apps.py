"""Django's entry for treasury."""

from django.apps import AppConfig


class TreasuryConfig(AppConfig):
    name = "backend.treasury"
    label = "treasury"
