"""`manage.py states`: draw docs/states.md from the dicts of moves."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from backend.core import diagrams


class Command(BaseCommand):
    help = "Draw docs/states.md from the dicts of moves."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "states.md"
        path.write_text(diagrams.document(), encoding="utf-8")
        self.stdout.write(f"{path.name}: {len(diagrams.stateful_models())} machines")
