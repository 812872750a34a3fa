"""Django's entry for properties."""

from django.apps import AppConfig


class PropertiesConfig(AppConfig):
    name = "properties"
    label = "properties"
