"""`manage.py figures`: write docs/figures.md, which names each published figure and where it is computed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from backend.reporting import figure_book


class Command(BaseCommand):
    help = "Write the published figures into docs/figures.md."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "figures.md"
        path.write_text(figure_book.document(), encoding="utf-8")
        self.stdout.write(f"{path.name}: {len(figure_book.named())} figures")
