"""Django's entry for investors."""

from django.apps import AppConfig


class InvestorsConfig(AppConfig):
    name = "investors"
    label = "investors"
