"""Web and worker of the demo, born of one process that has loaded the application for both.

Loading takes seconds and most of their memory; who is forked after it shares what was loaded. Run as
`python -m backend.demo.siblings '[["gunicorn", …], ["celery", …]]'`: each list is a module and its
arguments, as after `python -m`. Who dies is born anew, and all end with their parent.
"""

import contextlib
import json
import os
import runpy
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import NoReturn

import django
from django.conf import settings
from django.urls import get_resolver
from django.utils import translation

from backend import starting
from backend.demo.processes import PAUSE_SECONDS, die_with_parent

Command = Sequence[str]


def main(commands: Iterable[Command]) -> NoReturn:
    """Load the application, start one child a command, and bring back whoever ends."""
    _load()
    running: dict[int, Command] = {}
    signal.signal(signal.SIGTERM, lambda *_: _end(running))
    for command in commands:
        running[_bear(command)] = command
    while True:
        pid, _ = os.wait()
        time.sleep(PAUSE_SECONDS)  # who cannot live should not be born a thousand times a second
        command = running.pop(pid)
        running[_bear(command)] = command


def _load() -> None:
    """All that both need, but nothing that is open: neither a thread nor a connection."""
    with starting.loading():
        django.setup()
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                get_resolver().reverse_dict  # noqa: B018 -- every page and endpoint, read once
        import_module("worker.tasks")


def _bear(command: Command) -> int:
    pid = os.fork()
    if pid:
        return pid
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent()
    sys.argv = list(command)
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)
    sys.exit()


def _end(running: Iterable[int]) -> NoReturn:
    for pid in running:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    os._exit(0)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
