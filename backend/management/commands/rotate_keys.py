"""`manage.py rotate_keys`: write every sealed name and secret anew under the newest key.

`--new` first puts a new key into the key file; `--retire` at the end forgets the old ones. With keys
from the environment, change them there: new one first, rotate, then take the old one away.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from backend.accounts import second_factor
from backend.core import clock, encryption, sealed
from backend.core.users import SYSTEM
from backend.webhooks import subscriptions
from properties import identities


class Command(BaseCommand):
    help = "Encrypt households, investors and second factors with the newest key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new", action="store_true", help="make a new key first")
        parser.add_argument("--retire", action="store_true", help="forget the old keys at the end")
        parser.add_argument("--dry-run", action="store_true", help="only read: do all keys fit?")

    def handle(self, *args: Any, **options: Any) -> None:
        is_dry = options["dry_run"]
        if options["new"] and not is_dry:
            encryption.add_key()
        count = identities.rotate_all(by=SYSTEM, at=clock.now(), dry_run=is_dry)
        count += sealed.rotate_all(dry_run=is_dry)
        count += 0 if is_dry else second_factor.rotate() + subscriptions.rotate_keys()
        gone = encryption.retire_keys() if options["retire"] and not is_dry else 0
        self.stdout.write(
            f"{count} identities, factors and secrets, {len(encryption.keys())} keys, {gone} keys forgotten"
        )
