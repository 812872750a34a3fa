#!/usr/bin/env python
"""Django's command line. Starts the embedded PostgreSQL first, for the commands that need one."""

import contextlib
import os
import sys
import threading

import django
from django.core.management import execute_from_command_line

from backend import embedded, starting
from worker.celery import app as celery_app

# These answer from the files alone, as a machine that only builds has no database; the demo starts
# one beside its other processes.
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "demo",
    "findstatic",
    "help",
    "makemigrations",
    "spectacular",
    "translations",
    "version",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    is_question = bool({"--help", "-h", "--version"} & set(sys.argv[1:]))
    if command not in WITHOUT_DATABASE and not is_question:
        embedded.ensure()
    if command == "demo" and not is_question:
        threading.Thread(target=_make_cluster, daemon=True).start()
    # What a command enqueues wakes the same worker as what the web does.
    celery_app.set_default()
    with starting.loading():
        django.setup()
    execute_from_command_line(sys.argv)


def _make_cluster() -> None:
    """Beside the loading of the application. What goes wrong is told by the demo, which tries again."""
    with contextlib.suppress(Exception):
        embedded.prepare()


if __name__ == "__main__":
    main()
