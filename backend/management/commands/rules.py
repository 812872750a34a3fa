"""`manage.py rules`: write docs/rules.md from the registry of legal rules and the tests' marks."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from backend.core import law, lawbook


class Command(BaseCommand):
    help = "Write the rules of law into docs/rules.md."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "rules.md"
        path.write_text(lawbook.document(), encoding="utf-8")
        self.stdout.write(f"{path.name}: {len(law.rules())} rules, {len(law.duties())} duties")
