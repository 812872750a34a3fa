"""manage.py load_seeds: write the facts of the real case, with their sources. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from campaigns import sources


class Command(BaseCommand):
    help = "Load what public sources say of Homes4All and Torino Social Factory."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{sources.load()} facts and figures stand.")
