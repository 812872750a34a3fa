"""`manage.py bounces [FILE ...]`: read reports of mails that came back, from files or standard input.

A mail server hands them over by a pipe: `mattone-bounces: "|/…/manage.py bounces"` in its aliases.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from backend.core import bounces, clock


class Command(BaseCommand):
    help = "Mark the mails that reports of mail servers say never arrived."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        mails = [file.read_bytes() for file in files] or [sys.stdin.buffer.read()]
        marked = sum(bounces.record(raw, at=clock.now()) for raw in mails)
        self.stdout.write(f"{marked} mails came back")
