"""The demo from beginning to end: processes up, story told once, summary, site open, all down again.

Only one demo runs on one MATTONE_DATA: a file lock sees to it.
"""

import contextlib
import fcntl
import shutil
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import connection, connections

from backend import embedded
from backend.core import migrating
from backend.demo import people, story, summary, theatre
from backend.demo.client import Client
from backend.demo.outside import Outside
from backend.demo.processes import Company, DemoFailed, is_free
from backend.demo.stage import Stage
from backend.demo.steps import Narrator
from backend.demo.theatre import Ports


@dataclass(frozen=True)
class Wanted:
    """What the command line asked for."""

    once: bool = False
    as_json: bool = False
    reset: bool = False
    port: int | None = None


def run(wanted: Wanted, *, out: TextIO) -> None:
    """Tell, sum up, and serve unless `once`. Raises DemoFailed with a sentence and where to look."""
    narrator = Narrator(out)
    with _alone():
        try:
            _run_alone(wanted, narrator)
        except KeyboardInterrupt:
            narrator.say("Stopped.")
        finally:
            connections.close_all()
            embedded.stop()


def _run_alone(wanted: Wanted, narrator: Narrator) -> None:
    # Being told to end (SIGTERM) is the same as Ctrl-C: everything ends in order.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if wanted.reset:
        narrator.say("Forgetting what was told")
        reset()
    ports = theatre.choose_ports(_web_port(wanted))
    company = theatre.company(ports)
    try:
        _open(company, ports, narrator)
        found = story.tell(narrator, _stage(ports))
        narrator.out.write(summary.as_text(found, "" if wanted.once else ports.site))
        if wanted.as_json:
            narrator.out.write(summary.as_json(found) + "\n")
        narrator.out.flush()
        if not wanted.once:
            threading.Event().wait()
    finally:
        company.stop()


def reset() -> None:
    """Erase the demo's database and files. Refused for a database of one's own."""
    if not embedded.is_ours():
        raise DemoFailed("DATABASE_URL names a database of your own: empty it yourself.")
    connections.close_all()
    embedded.erase()
    data = Path(settings.DATA_DIR)
    for name in ("broker", "mails", "media", "demo"):
        shutil.rmtree(data / name, ignore_errors=True)
    for leftover in data.glob("beat-schedule*"):
        leftover.unlink()
    embedded.ensure()


def _open(company: Company, ports: Ports, narrator: Narrator) -> None:
    """All start at once; the worker waits for the tables that are made meanwhile."""
    narrator.say("Starting stand-ins, web and worker, and preparing the database meanwhile")
    stand_ins = theatre.stand_ins(ports, people.RESTRICTED_IBAN)
    company.launch([theatre.application(ports), *stand_ins])
    _prepare_database()
    company.await_all()
    company.watch()


def _prepare_database() -> None:
    embedded.ensure()
    migrating.migrate()
    connection.close()


def _stage(ports: Ports) -> Stage:
    outside = Outside(Client(ports.bank_url), Client(ports.stripe_url))
    return Stage(ports.site, outside)


def _web_port(wanted: Wanted) -> int | None:
    """The port to serve on; to tell once, any free one will do."""
    if wanted.port is None and wanted.once:
        return None
    port = wanted.port or settings.PORT
    if not is_free(port):
        raise DemoFailed(f"Port {port} is in use; name another one, as in: make demo PORT=8001")
    return port


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with (theatre.folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoFailed(f"A demo runs on {settings.DATA_DIR} already.") from None
        yield
