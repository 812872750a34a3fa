"""`manage.py backup base|log FOLDER`: the whole server now (or each night), or its log as it is written."""

import os
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend import backups
from backend.core import clock

LOOK_SECONDS = 60


class Command(BaseCommand):
    help = "Back up the database server into a folder (docs/production.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("base", "log"))
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=7, help="how many base backups stay")
        parser.add_argument("--each-night-at", type=int, help="stay, and make one at this hour")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            if options["what"] == "log":
                command = backups.follow(folder)
                os.execv(command[0], command)  # noqa: S606 -- a list of our own making
            if options["each_night_at"] is None:
                self._make(folder, options["keep"])
            else:
                self._each_night(folder, options["keep"], options["each_night_at"])
        except backups.BackupFailed as failure:
            raise CommandError(str(failure)) from failure

    def _each_night(self, folder: Path, keep: int, hour: int) -> None:
        while True:
            known = backups.bases(folder)
            if not known or _is_due(known[-1], hour):
                self._make(folder, keep)
            time.sleep(LOOK_SECONDS)

    def _make(self, folder: Path, keep: int) -> None:
        made = backups.make_base(folder, at=clock.now())
        gone = backups.prune(folder, keep=keep)
        self.stdout.write(f"made {made.folder}, removed {gone}")


def _is_due(newest: backups.Base, hour: int) -> bool:
    """Whether the hour has come on a day (of Turin) after that of the newest."""
    now = clock.now().astimezone(clock.ROME)
    return now.hour >= hour and clock.day_of(newest.made_at) < now.date()
