"""`manage.py problems`: write the table of codes into docs/api.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from backend.core import problems


class Command(BaseCommand):
    help = "Write the table of problem codes into docs/api.md."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "api.md"
        told = path.read_text(encoding="utf-8").split(problems.TABLE_BEGINS)[0]
        path.write_text(told + problems.TABLE_BEGINS + problems.table(), encoding="utf-8")
        self.stdout.write(f"{path.name}: {len(problems.codes())} codes")
