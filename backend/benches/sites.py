"""Real servers for the benches, on the bench's own database: gunicorn as the demo and production run it."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection

from backend import embedded

WORKERS, THREADS = 2, 4


def gunicorn(module: str, port: int) -> list[str]:
    """The command of a site on a port."""
    return [
        *(sys.executable, "-m", "gunicorn", f"{module}:application", "--preload"),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
        *("--workers", str(WORKERS), "--threads", str(THREADS)),
        *("--keep-alive", "30", "--graceful-timeout", "2", "--log-level", "error"),
    ]


def scratch_url() -> str:
    """The address of the database that this process works on, which is not that of the settings."""
    known = urlsplit(os.environ.get("DATABASE_URL") or embedded.url())
    return known._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@contextmanager
def running(command: Sequence[str], health: str, told: dict[str, str]) -> Iterator[None]:
    """A process while the block lasts, from when its address answers."""
    with subprocess.Popen(command, env={**os.environ, **told}) as process:
        try:
            _await(health, process)
            yield
        finally:
            process.terminate()


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5)  # noqa: S310  # a process of ours
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{url} does not answer")
