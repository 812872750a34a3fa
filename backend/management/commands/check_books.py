"""`manage.py check_books [--json]`: every invariant of the books by name; exit 1 if one fails."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backend.ledger import checks


class Command(BaseCommand):
    help = "Check every invariant of the books."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        results = checks.run()
        is_ok = all(check.ok for check in results)
        if options["json"]:
            found = {check.name: list(check.problems) for check in results}
            self.stdout.write(json.dumps({"books_ok": is_ok, "checks": found}, ensure_ascii=False))
        else:
            self._print(results)
        if not is_ok:
            sys.exit(1)

    def _print(self, results: list[checks.Check]) -> None:
        for check in results:
            self.stdout.write(f"{'ok    ' if check.ok else 'FAILED'}  {check.name}")
            for problem in check.problems:
                self.stdout.write(f"        {problem}")
