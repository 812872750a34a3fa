"""The life of the embedded server: made, started, asked, stopped, erased.

One file lock in MATTONE_DATA makes two processes that start at once take turns. A killed server, its
stale pid and its last children are the normal case, not an error.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg

from backend import variables
from backend.embedded.cluster import make_cluster, write_settings
from backend.embedded.place import (
    DATABASE,
    Place,
    data_folder,
    is_ours,
    make_data_folder,
    place,
    url,
)
from backend.embedded.user import (
    SYSTEM_FOLDER,
    SYSTEM_USER,
    Command,
    EmbeddedFailed,
    binaries,
    make_folder,
    run,
)

START_SECONDS = 120  # crash recovery of a big log takes its time
STOP_SECONDS = 60


def ensure() -> str:
    """Make and start the server unless it runs, and return its URL.

    Safe to call again, and from several processes at once: a file lock lets one of them do the work.
    Does nothing when DATABASE_URL names a database of one's own. Raises EmbeddedFailed.
    """
    if not is_ours():
        return variables.value("DATABASE_URL")
    if not _serves(DATABASE):
        make_data_folder()
        with _locked():
            if not _serves(DATABASE):
                _make_and_start(place())
    return url()


def prepare() -> None:
    """Make the server's cluster unless there is one, and start nothing: for who has other things to
    load first. Raises EmbeddedFailed."""
    if is_ours():
        make_data_folder()
        with _locked():
            _make(place(), binaries())


def stop() -> bool:
    """Stop the server, cutting its connections; False when it did not run."""
    if not data_folder().is_dir():
        return False
    with _locked():
        return _stop(place())


def is_running() -> bool:
    return _serves("postgres")


def erase() -> None:
    """Stop the server and remove its folders, and nothing else of MATTONE_DATA."""
    stop()
    here = place()
    for folder in (here.home, here.socket):
        shutil.rmtree(folder, ignore_errors=True)


def _make_and_start(here: Place) -> None:
    tools = binaries()
    _make(here, tools)
    make_folder(here.socket)
    _drop_stale_pid(here)
    write_settings(here)
    _start(here, tools)
    _make_database()


def _make(here: Place, tools: Path) -> None:
    _check_not_left_behind(here)
    _set_orphan_aside(here)
    make_folder(here.home)
    if not (here.cluster / "PG_VERSION").exists():
        _end_forgotten(here)
        make_cluster(here, tools)


def _end_forgotten(here: Place) -> None:
    """A server whose folder was deleted under it looks for it once a minute; when it then ends, it takes
    away the socket of the server that was made in its place."""
    gone = f"{here.cluster.resolve()} (deleted)"
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str((process / "cwd").readlink()) == gone:
                os.kill(int(process.name), signal.SIGKILL)


def _check_not_left_behind(here: Place) -> None:
    inside = data_folder() / "postgres"
    if here.home != inside and (inside / "cluster").exists():
        raise EmbeddedFailed(
            f"The database in {inside} cannot be reached by the user '{SYSTEM_USER}' any more; "
            "allow others to enter the folders above it, or name a new folder with MATTONE_DATA."
        )


def _set_orphan_aside(here: Place) -> None:
    """Outside MATTONE_DATA a cluster must not outlive it: a deleted folder means deleted data.

    The ticket lies in both; without its half in MATTONE_DATA the cluster is another's, and is kept
    aside, one generation long.
    """
    if SYSTEM_FOLDER not in here.home.parents:
        return
    if _is_orphan(here):
        _stop(here)
        aside = here.home.with_name(here.home.name + ".orphan")
        shutil.rmtree(aside, ignore_errors=True)
        here.home.rename(aside)
    make_folder(here.home)
    if not here.ticket.exists():
        here.ticket.write_text(uuid.uuid4().hex)
        shutil.copyfile(here.ticket, data_folder() / here.ticket.name)


def _is_orphan(here: Place) -> bool:
    if SYSTEM_FOLDER not in here.home.parents or not here.home.exists():
        return False
    return _text(here.ticket) != _text(data_folder() / here.ticket.name)


def _text(file: Path) -> str | None:
    return file.read_text() if file.exists() else None


def _start(here: Place, tools: Path) -> None:
    """Try until the limit: the children of a killed server need a moment to go."""
    limit = time.monotonic() + START_SECONDS
    command: Command = [tools / "pg_ctl", "-D", here.cluster, "-l", here.log, "-w", "start"]
    while not is_running():
        try:
            run([*command, "-t", str(START_SECONDS)])
        except EmbeddedFailed as failure:
            if time.monotonic() > limit or not _is_passing(here):
                raise EmbeddedFailed(f"{failure}\nThe server's log: {here.log}") from failure
            time.sleep(0.5)


def _stop(here: Place) -> bool:
    pid = _running_pid(here)
    if pid is None:
        return False
    os.kill(pid, signal.SIGINT)  # fast shutdown: sessions are cut, the log is written
    limit = time.monotonic() + STOP_SECONDS
    while _running_pid(here) is not None:
        if time.monotonic() > limit:
            raise EmbeddedFailed(f"PostgreSQL (process {pid}) does not stop; see {here.log}.")
        time.sleep(0.05)
    return True


def _make_database() -> None:
    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _address(database: str) -> str:
    return url().removesuffix(DATABASE) + database


def _serves(database: str) -> bool:
    """Whether the server of this very folder answers, not one whose folder was deleted under it."""
    here = place()
    if _running_pid(here) is None or _is_orphan(here):
        return False
    try:
        with psycopg.connect(_address(database), connect_timeout=10):
            return True
    except psycopg.OperationalError:
        return False


def _running_pid(here: Place) -> int | None:
    """The server's process number, checked: after a restart of the machine a number has a new bearer."""
    try:
        pid = int(here.pid_file.read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    proc = Path(f"/proc/{pid}")
    if not Path("/proc/self").exists():
        return pid
    try:
        return pid if (proc / "cwd").resolve() == here.cluster.resolve() else None
    except OSError:
        return None


def _drop_stale_pid(here: Place) -> None:
    if _running_pid(here) is None:
        for leftover in (here.pid_file, *here.socket.glob(".s.PGSQL.*")):
            leftover.unlink(missing_ok=True)


def _is_passing(here: Place) -> bool:
    """Whether the failure will go by itself: the killed server's last children hold its memory."""
    last = here.log.read_text(errors="replace")[-2000:] if here.log.exists() else ""
    return "is still in use" in last or "lock file" in last or "starting up" in last


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    with (data_folder() / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
