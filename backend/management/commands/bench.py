"""`manage.py bench`: what the books and the tracing cost, as JSON, on a database of its own."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from backend.benches import ledger, tracing


class Command(BaseCommand):
    help = "Measure, on a database that is made for it and dropped after."

    def handle(self, *args: Any, **options: Any) -> None:
        ours = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            found = {"ledger": ledger.run(), "tracing": tracing.run()}
        finally:
            connection.creation.destroy_test_db(ours, verbosity=0)
        self.stdout.write(json.dumps(found, indent=2))
