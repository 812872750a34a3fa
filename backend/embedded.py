"""The embedded PostgreSQL: made, started and stopped from the binaries of a wheel.

`url()` only computes; `ensure()` starts. Nothing happens on import. No TCP port is opened: the server
listens on a socket in a folder that only its owner can enter. With a DATABASE_URL of one's own, nothing
here does anything. Run by hand: `python -m backend.embedded start|stop|status|erase|url`.
backend/decisions/embedded-postgresql.md says why the wheel's own server manager is not used.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from backend.embedded_user import (
    SYSTEM_FOLDER,
    SYSTEM_USER,
    EmbeddedFailed,
    binaries,
    is_root,
    make_folder,
    may_enter,
    run,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATABASE = "mattone"
SOCKET_LENGTH_MAX = 85  # the kernel allows 107 bytes, of which PostgreSQL appends 18
START_SECONDS = 120  # crash recovery of a big log takes its time
STOP_SECONDS = 60


@dataclass(frozen=True)
class Place:
    """Where one embedded server lives."""

    home: Path
    socket: Path

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"


# --- Where things are: pure computation ------------------------------------------------------------


def data_folder() -> Path:
    """The folder of everything that this copy writes: MATTONE_DATA, else `.data` beside manage.py."""
    return Path(os.environ.get("MATTONE_DATA") or BASE_DIR / ".data").absolute()


def url() -> str:
    """The DATABASE_URL of the embedded server, whether it runs or not."""
    return f"postgres://{SYSTEM_USER}@{quote(str(place().socket), safe='')}/{DATABASE}"


def place() -> Place:
    """Inside MATTONE_DATA, unless we are root and the dedicated user could not get there."""
    data = data_folder()
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    if is_root():
        home = data / "postgres" if may_enter(data) else SYSTEM_FOLDER / digest
        short = SYSTEM_FOLDER / f"{digest}-socket"
    else:
        home = data / "postgres"
        short = Path(f"/tmp/mattone-{os.getuid()}-{digest}")  # noqa: S108 -- its owner is checked
    socket = home / "socket"
    is_short = len(os.fsencode(socket)) <= SOCKET_LENGTH_MAX
    return Place(home=home, socket=socket if is_short else short)


def is_ours() -> bool:
    """Whether this process is meant to use the embedded server at all."""
    return os.environ.get("DATABASE_URL", "") in ("", url())


def environment() -> dict[str, str]:
    """The environment for a child process, which then reaches the same database as this one."""
    return {**os.environ, "DATABASE_URL": os.environ.get("DATABASE_URL") or url()}


# --- Start, stop, erase ----------------------------------------------------------------------------


def ensure() -> str:
    """Make and start the server unless it runs, and return its URL.

    Safe to call again, and from several processes at once: a file lock lets one of them do the work.
    Does nothing when DATABASE_URL names a database of one's own. Raises EmbeddedFailed.
    """
    if not is_ours():
        return os.environ["DATABASE_URL"]
    if not _answers(DATABASE):
        make_data_folder()
        with _locked():
            if not _answers(DATABASE):
                _make_and_start(place())
    return url()


def stop() -> bool:
    """Stop the server, cutting its connections; False when it did not run."""
    if not data_folder().is_dir():
        return False
    with _locked():
        return _stop(place())


def is_running() -> bool:
    return _answers("postgres")


def erase() -> None:
    """Stop the server and remove its folders, and nothing else of MATTONE_DATA."""
    stop()
    here = place()
    for folder in (here.home, here.socket):
        shutil.rmtree(folder, ignore_errors=True)


def make_data_folder() -> Path:
    """Make MATTONE_DATA and its missing parents; what exists already keeps its mode."""
    folder = data_folder()
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        # A strict umask would keep the dedicated user out of a folder that is ours.
        each.chmod(0o755)
    return folder


def _make_and_start(here: Place) -> None:
    tools = binaries()
    _check_not_left_behind(here)
    _set_orphan_aside(here)
    make_folder(here.home)
    make_folder(here.socket)
    _drop_stale_pid(here)
    if not (here.cluster / "PG_VERSION").exists():
        _make_cluster(here, tools)
    _write_settings(here)
    _start(here, tools)
    _make_database()


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
    ours, theirs = data_folder() / "postgres.ticket", here.home / "ticket"
    if here.home.exists() and _text(ours) != _text(theirs):
        _stop(here)
        aside = here.home.with_name(here.home.name + ".orphan")
        shutil.rmtree(aside, ignore_errors=True)
        here.home.rename(aside)
    make_folder(here.home)
    if not theirs.exists():
        ours.write_text(uuid.uuid4().hex)
        shutil.copyfile(ours, theirs)


def _text(file: Path) -> str | None:
    return file.read_text() if file.exists() else None


def _make_cluster(here: Place, tools: Path) -> None:
    """A cluster is made beside its place and moved there whole, so a half-made one is never used."""
    draft = here.home / "cluster.draft"
    shutil.rmtree(draft, ignore_errors=True)
    command = [tools / "initdb", "-D", draft, "-U", SYSTEM_USER, "-A", "trust", "-E", "UTF8"]
    # The builtin provider does not depend on which locales this machine has.
    command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    run([*command, "--no-sync"] if _is_fast() else command)
    draft.rename(here.cluster)


def _write_settings(here: Place) -> None:
    """Written at every start: the folders may have moved."""
    lines = {
        "listen_addresses": "",
        "unix_socket_directories": _list_item(here.socket),
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": "64MB",
        "wal_buffers": "4MB",
        "max_wal_size": "256MB",
        "max_wal_senders": "0",
        "wal_level": "minimal",
        "max_parallel_workers_per_gather": "0",
        "io_method": "sync",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_messages": "warning",
        "log_min_error_statement": "panic",
    }
    if _is_fast():
        lines |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    text = "".join(f"{name} = '{_quoted(value)}'\n" for name, value in lines.items())
    (here.cluster / "postgresql.conf").write_text(text)


def _start(here: Place, tools: Path) -> None:
    """Try until the limit: the children of a killed server need a moment to go."""
    limit = time.monotonic() + START_SECONDS
    command = [tools / "pg_ctl", "-D", here.cluster, "-l", here.log, "-w", "start"]
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


# --- Is it there? ----------------------------------------------------------------------------------


def _address(database: str) -> str:
    return url().removesuffix(DATABASE) + database


def _answers(database: str) -> bool:
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


def _is_fast() -> bool:
    """For tests only: a power cut may destroy the cluster."""
    return os.environ.get("MATTONE_PG_FAST") == "1"


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _list_item(folder: Path) -> str:
    return '"' + str(folder).replace('"', '""') + '"'


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    with (data_folder() / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- By hand ---------------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    actions = {"start": ensure, "stop": stop, "status": is_running, "erase": erase, "url": url}
    if len(arguments) != 1 or arguments[0] not in actions:
        sys.stderr.write(f"usage: python -m backend.embedded {'|'.join(actions)}\n")
        return 2
    try:
        answer = actions[arguments[0]]()
    except EmbeddedFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    sys.stdout.write(f"{answer}\n" if answer is not None else "done\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
