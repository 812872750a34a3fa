"""`manage.py golive`: what an issuer still lacks before real people may be taken in; fails if anything."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.core import clock
from backend.core.models import Organisation
from properties import privacy


class Command(BaseCommand):
    help = "Check that every issuer keeps its processing register and impact assessment."

    def handle(self, *args: Any, **options: Any) -> None:
        on, lacking = clock.today(), 0
        for issuer in Organisation.objects.filter(kind=Organisation.Kind.ISSUER).order_by("pk"):
            lacks = privacy.missing(issuer, on=on)
            lacking += bool(lacks)
            self.stdout.write(f"{issuer}: {', '.join(lacks) or 'ready'}")
        if lacking:
            raise CommandError(f"{lacking} issuers may not go live.")
