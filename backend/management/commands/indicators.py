"""`manage.py indicators`: write docs/indicators.md from the registry and the tests' marks."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from backend.core import lawbook
from properties import indicator_book
from properties.indicators import REGISTRY


class Command(BaseCommand):
    help = "Write the indicators into docs/indicators.md."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "indicators.md"
        path.write_text(indicator_book.document(lawbook.tests("indicator")), encoding="utf-8")
        self.stdout.write(f"{path.name}: {len(REGISTRY)} figures")
