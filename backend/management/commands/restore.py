"""`manage.py restore FOLDER --to CLUSTER [--at INSTANT]`: lay out a cluster as of a moment.

Start PostgreSQL on it, then `check_books` with DATABASE_URL naming it: docs/production.md.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend import backups
from backend.core import clock


class Command(BaseCommand):
    help = "Restore a backup of the database server into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--to", type=Path, required=True, help="an empty folder, or none yet")
        parser.add_argument(
            "--at", type=_instant, help="2026-11-22T12:00:00; Turin's time if none is named"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            base = backups.restore(options["folder"], to=options["to"], at=options["at"])
        except backups.BackupFailed as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{options['to']} holds the backup of {base.made_at:%Y-%m-%d %H:%M} UTC. "
            "Start PostgreSQL on it: it plays the log up to the moment. Then: manage.py check_books"
        )


def _instant(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=clock.ROME)
