"""`manage.py demo`: tell the story through the real application, then serve the site until Ctrl-C.

With --once it tells, sums up and ends; told before, it gives the same summary without telling again.
"""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend import embedded
from backend.demo import show
from backend.demo.client import Refusal
from backend.demo.processes import DemoFailed


class Command(BaseCommand):
    """Parses, and leaves the rest to `backend.demo.show`."""

    help = "Tell the demo's story and serve the site."
    # The web process checks the same code when it starts.
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="tell, sum up, end")
        parser.add_argument("--json", action="store_true", help="the summary as the last line")
        parser.add_argument(
            "--reset", action="store_true", help="forget what was told, tell afresh"
        )
        parser.add_argument("--port", type=int, help="where to serve (default: PORT)")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = show.Wanted(
            once=options["once"],
            as_json=options["json"],
            reset=options["reset"],
            port=options["port"],
        )
        try:
            show.run(wanted, out=sys.stdout)
        except (DemoFailed, Refusal, TimeoutError, embedded.EmbeddedFailed) as failure:
            raise CommandError(f"The demo stopped: {failure}") from failure
