"""Where the embedded server lives: pure computation from MATTONE_DATA and who we are.

The same answer before and after a start, so that settings can name the database without one.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from backend import variables
from backend.embedded.user import SYSTEM_FOLDER, SYSTEM_USER, is_root, may_enter

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATABASE = "mattone"
SOCKET_LENGTH_MAX = 85  # the kernel allows 107 bytes, of which PostgreSQL appends 18


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
    def ticket(self) -> Path:
        return self.home / "postgres.ticket"

    @property
    def pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"


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
    return variables.value("DATABASE_URL") in ("", url())


def environment() -> dict[str, str]:
    """The environment for a child process, which then reaches the same database as this one."""
    return {**os.environ, "DATABASE_URL": variables.value("DATABASE_URL") or url()}


def make_data_folder() -> Path:
    """Make MATTONE_DATA and its missing parents; what exists already keeps its mode."""
    folder = data_folder()
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        # A strict umask would keep the dedicated user out of a folder that is ours.
        each.chmod(0o755)
    return folder
