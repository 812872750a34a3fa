"""`manage.py audit_dependencies`: does a known vulnerability touch what is locked?

Asks a vulnerability service by pip-audit. Exit 1 when something is found; when no service answers it
says that nothing was audited, which is no failure: a check must not depend on a network.
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

SERVICES = ("osv", "pypi")
SECONDS = 180


class Command(BaseCommand):
    help = "Look the locked requirements up in a database of vulnerabilities."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--service", choices=SERVICES, help="ask this one alone")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = (options["service"],) if options["service"] else SERVICES
        for service in asked:
            found = _ask(service)
            if any("vulns" in each for each in found):
                self._tell(service, found)
                return
        self.stdout.write("No vulnerability service answered: NOTHING was audited.")

    def _tell(self, service: str, found: list[dict[str, Any]]) -> None:
        known = [each for each in found if "vulns" in each]
        bad = [each for each in known if each["vulns"]]
        for each in bad:
            ids = ", ".join(one["id"] for one in each["vulns"])
            self.stderr.write(f"{each['name']} {each['version']}: {ids}")
        self.stdout.write(f"{len(known)} of {len(found)} packages audited by {service}")
        if bad:
            raise CommandError(f"{len(bad)} packages have known vulnerabilities")


def _ask(service: str) -> list[dict[str, Any]]:
    """What the service says of each locked package; nothing when it does not answer."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--format", "json"]
    command += ["--requirement", "requirements.txt", "--vulnerability-service", service]
    command += ["--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=SECONDS
        )
        told = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return []
    return list(told)
