"""`manage.py bench`: what books, statements, reconciling or pledges cost, as JSON, on its own database.

Without a name it measures the books and the tracing. A named bench is of a size (`--n`), and its last
line is JSON: what was reached, beside what plain SQL reaches in the same run.
"""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from backend.benches import (
    balances,
    camt,
    dashboards,
    indicators,
    ledger,
    pledges,
    reconcile,
    site,
    statements,
    tracing,
    webhooks,
)

BENCHES: dict[str, Callable[[int], dict[str, Any]]] = {
    "balances": balances.run,
    "camt": camt.run,
    "dashboards": dashboards.run,
    "indicators": indicators.run,
    "pledges": pledges.run,
    "reconcile": reconcile.run,
    "statements": statements.run,
    "tracing": tracing.run,
    "webhooks": webhooks.run,
}


class Command(BaseCommand):
    help = "Measure, on a database that is made for it and dropped after."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bench", nargs="?", choices=sorted([*BENCHES, "site"]))
        parser.add_argument("--n", type=int, default=1_000, help="how many stand already")
        parser.add_argument(
            "--campaigns", type=int, default=1, help="of `site`: so many, each with n"
        )
        parser.add_argument("--json", action="store_true", help="one line of JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        found = _measured(options["bench"], options["n"], options["campaigns"])
        if options["bench"] and not options["json"]:
            for name, value in found.items():
                self.stdout.write(f"{name:>18}  {value}")
        indent = None if options["bench"] else 2
        self.stdout.write(json.dumps(found, indent=indent))


def _measured(name: str | None, size: int, campaigns: int) -> dict[str, Any]:
    ours = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        if name == "site":
            return site.run(size, campaigns)
        if name:
            return BENCHES[name](size)
        return {"ledger": ledger.run(), "tracing": tracing.run(10_000)}
    finally:
        connection.creation.destroy_test_db(ours, verbosity=0)
