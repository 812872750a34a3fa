"""Backups of a PostgreSQL server in one folder, from which any moment since the oldest can be restored.

`base/<instant>/` is the whole server, made by PostgreSQL's own tool and read back; `log/` is what it
wrote since, streamed as it writes. `restore` lays out a cluster that, once started, plays the log up to a
moment. All money and papers are in the database; keys (IDENTITY_KEYS) are not, and are kept apart.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from backend import embedded
from backend.embedded import user

SLOT = "mattone_backup"
NAMED = "%Y%m%dT%H%M%SZ"
RECOVERY = """
restore_command = 'cp "{log}/%f" "%p" || cp "{log}/%f.partial" "%p"'
recovery_target_action = 'promote'
recovery_target_inclusive = 'on'
"""


class BackupFailed(RuntimeError):
    """Why there is no backup, or none to restore: a tool of PostgreSQL's says so, or we do."""


class NothingToRestore(BackupFailed):
    """There is no backup from which that moment can be reached."""


class PlaceTaken(BackupFailed):
    """Something lies where the backup is to be laid out."""


@dataclass(frozen=True)
class Base:
    """A base backup that was checked, and the instant it was whole."""

    folder: Path
    made_at: dt.datetime


def follow(folder: Path) -> list[str]:
    """The command that streams the server's log until it is ended. A slot of its own makes the server
    keep what was not fetched yet: a pause leaves no gap (and fills its disk, if nobody comes back)."""
    log = folder / "log"
    log.mkdir(parents=True, exist_ok=True)
    tool = str(_tool("pg_receivewal"))
    slot = ["--slot", SLOT]
    _run([tool, "--dbname", _server(), *slot, "--create-slot", "--if-not-exists"])
    return [tool, "--dbname", _server(), *slot, "--directory", str(log), "--synchronous"]


def make_base(folder: Path, *, at: dt.datetime) -> Base:
    """Copy the whole server while it works, and check the copy against its manifest.

    Appears under its name only when whole; what a killed one left is removed by the next.
    """
    draft = folder / "base.draft"
    shutil.rmtree(draft, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    command = ["--dbname", _server(), "--pgdata", str(draft), "--format", "tar", "--gzip"]
    command += ["--checkpoint", "fast", "--wal-method", "stream"]
    _run([str(_tool("pg_basebackup")), *command, "--manifest-checksums", "SHA256"])
    _verify(draft)
    target = folder / "base" / f"{at.astimezone(dt.UTC):{NAMED}}"
    target.parent.mkdir(exist_ok=True)
    draft.rename(target)
    return Base(target, at)


def bases(folder: Path) -> list[Base]:
    """The base backups of a folder, oldest first."""
    found = sorted((folder / "base").glob("*Z"))
    return [
        Base(each, dt.datetime.strptime(each.name, NAMED).replace(tzinfo=dt.UTC)) for each in found
    ]


def prune(folder: Path, *, keep: int) -> int:
    """Remove all but the newest base backups, and the log that only the removed ones needed."""
    known = bases(folder)
    gone = known[:-keep] if keep else []
    for base in gone:
        shutil.rmtree(base.folder)
    if gone:
        first = _first_needed(known[-keep])
        _run([str(_tool("pg_archivecleanup")), str(folder / "log"), first])
    return len(gone)


def restore(folder: Path, *, to: Path, at: dt.datetime | None = None) -> Base:
    """Lay out a cluster from the newest base backup before `at` (None: all that there is).

    Start PostgreSQL on it: it plays the log until that moment and then serves. Raises
    NothingToRestore, PlaceTaken.
    """
    if to.exists() and any(to.iterdir()):
        raise PlaceTaken(_("The folder to restore into is not empty; name another."))
    usable = [base for base in bases(folder) if at is None or base.made_at <= at]
    if not usable:
        raise NothingToRestore(_("No backup in this folder is older than that moment."))
    base = usable[-1]
    to.mkdir(parents=True, exist_ok=True)
    to.chmod(0o700)
    _unpack(base.folder / "base.tar.gz", to)
    _unpack(base.folder / "pg_wal.tar.gz", to / "pg_wal")
    _tell_to_recover(to, folder / "log", at)
    return base


def _verify(draft: Path) -> None:
    """Read the whole copy back against its manifest. (pg_verifybackup of the wheel does not start.)"""
    manifest = json.loads((draft / "backup_manifest").read_text())
    wanted = {each["Path"]: each["Checksum"] for each in manifest["Files"]}
    with tarfile.open(draft / "base.tar.gz", "r|gz") as tar:
        for member in tar:
            file = tar.extractfile(member)
            if file is None or member.name not in wanted:
                continue
            found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a file
            if found != wanted.pop(member.name):
                raise BackupFailed(f"{member.name} is not what the server sent")
    if wanted:
        raise BackupFailed(f"{len(wanted)} files are missing, among them {min(wanted)}")


def _tell_to_recover(cluster: Path, log: Path, at: dt.datetime | None) -> None:
    told = RECOVERY.format(log=log.absolute())
    if at is not None:
        told += f"recovery_target_time = '{at.isoformat(sep=' ')}'\n"
    with (cluster / "postgresql.auto.conf").open("a") as settings:
        settings.write(told)
    (cluster / "recovery.signal").touch()


def _unpack(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="tar")


def _first_needed(base: Base) -> str:
    """The oldest piece of the log that a base backup needs, as its label says."""
    with tarfile.open(base.folder / "base.tar.gz") as tar:
        label = tar.extractfile("backup_label")
        assert label is not None, "PostgreSQL writes one into every backup"
        first = label.readline().decode()
    return first.split("file ")[1].rstrip(")\n")


def _server() -> str:
    return os.environ.get("DATABASE_URL") or embedded.url()


def _tool(name: str) -> Path:
    """One of PostgreSQL's programs, as the wheel brings it."""
    return user.binaries() / name


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip() or f"ended with {done.returncode}"
        raise BackupFailed(f"{Path(command[0]).name}: {said}")
