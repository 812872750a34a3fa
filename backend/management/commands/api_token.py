"""`manage.py api_token name@example.org --scopes read --days 90`: a token for a program, told once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.accounts import api_tokens
from backend.core import clock
from backend.core.models import User


class Command(BaseCommand):
    help = "Make an API token for a person; its key is printed and kept nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="command line", help="what it is for")
        parser.add_argument("--scopes", nargs="+", default=[api_tokens.READ])
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError("There is no such person.")
        wish = api_tokens.Wish(options["name"], options["scopes"], options["days"])
        try:
            made = api_tokens.make(user=user, wish=wish, instant=clock.wall(), at=clock.now())
        except api_tokens.BadToken as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(made.key)
