"""Django's entry for the roof: commands, shared templates and languages; reads every app's wiring."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BackendConfig(AppConfig):
    name = "backend"
    label = "backend"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Read `wiring.py` of every app: owners, handlers and checks that it registers."""
        autodiscover_modules("wiring")
