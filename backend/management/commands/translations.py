"""`manage.py translations --update | --check`: the Italian of every text, whole and fresh."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.management import catalogues


class Command(BaseCommand):
    """Gathers texts without the gettext binary (--update), or names what is missing (--check)."""

    help = "Gather and compile the message catalogues, or check that they are whole and fresh."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("packages", nargs="*", help="default: all of them")
        parser.add_argument("--prune", action="store_true", help="also forget vanished texts")
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument("--update", action="store_true")
        act.add_argument("--check", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        named = set(options["packages"])
        packages = [each for each in catalogues.PACKAGES if not named or each.name in named]
        if options["update"]:
            for package in packages:
                missing = catalogues.update(package, prune=options["prune"])
                self.stdout.write(f"{package.name}: {missing} texts without a translation")
            return
        found = [problem for package in packages for problem in catalogues.problems(package)]
        for problem in found:
            self.stdout.write(str(problem))
        if found:
            raise CommandError(f"{len(found)} texts of the catalogues need work.")
        self.stdout.write("Every text has its Italian, and the catalogues are fresh.")
