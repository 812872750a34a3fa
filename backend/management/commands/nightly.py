"""`manage.py nightly`: what the night does for households, at once or as a dry run; counts alone."""

import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.core import clock
from properties import nightly, retention


class Command(BaseCommand):
    help = "Check plans, count what expires, remove names that must go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="do it, and take it back")
        parser.add_argument("--on", type=dt.date.fromisoformat, help="as of this day (today)")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or clock.today()
        failed = None
        try:
            found = nightly.run(on=on, at=clock.now(), dry_run=options["dry_run"])
        except nightly.Unfinished as problem:
            found, failed = problem.found, problem
        self.stdout.write(json.dumps(found, indent=2))
        if failed:
            raise CommandError(str(failed)) from failed
        if retention.is_silent(on=on):
            self.stderr.write("Nothing was removed for ninety days: look at what is due.")
