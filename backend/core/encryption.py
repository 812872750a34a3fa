"""Encryption of what must not be read in a database, a backup or a log: names, numbers, addresses.

Keys come from the environment (IDENTITY_KEYS, newest first) or from a file in MATTONE_DATA. The newest
encrypts, all decrypt: so a new key is put first, `rotate` writes every row anew, the old one goes.
"""

import contextlib
import functools
import hashlib
import hmac
import os
import threading
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Conflict


class Unreadable(Conflict):
    code = "encryption.unreadable"


def keys() -> list[str]:
    """All keys, newest first; the first is made and kept when there is none."""
    if settings.IDENTITY_KEYS:
        return list(settings.IDENTITY_KEYS)
    file = _file()
    if not file.exists():
        _make_first()
    return file.read_text(encoding="ascii").split()


def add_key() -> None:
    """Put a new key before those in the file. Raises Conflict where the environment has them."""
    if settings.IDENTITY_KEYS:
        raise Conflict(_("The keys come from the environment: put a new one first there."))
    file = _file()
    old = file.read_text(encoding="ascii").split() if file.exists() else []
    _write([Fernet.generate_key().decode("ascii"), *old])


def retire_keys() -> int:
    """Forget all keys but the newest; how many. Rotate first: what they encrypted is lost."""
    newest, *old = keys()
    if old and not settings.IDENTITY_KEYS:
        _write([newest])
    return len(old)


def encrypt(text: str) -> str:
    """The text under the newest key, as a token of letters."""
    return _box().encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """The text of a token. Raises Unreadable when no key fits, or somebody changed the token."""
    try:
        return _box().decrypt(token.encode("ascii")).decode()
    except InvalidToken as problem:
        raise Unreadable(_("No key of this installation opens this."), tokens=1) from problem


def rotate(token: str) -> str:
    """The same text under the newest key. Raises Unreadable."""
    return encrypt(decrypt(token))


def fingerprints(text: str) -> list[str]:
    """By key, newest first: a keyed hash by which equal texts are found and nothing can be read."""
    said = "".join(text.upper().split()).encode()
    return [hmac.new(key.encode("ascii"), said, hashlib.sha256).hexdigest() for key in keys()]


def _box() -> MultiFernet:
    return _box_of(tuple(keys()))


@functools.lru_cache(maxsize=4)
def _box_of(found: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in found])


def _file() -> Path:
    return Path(settings.DATA_DIR) / "identity_keys"


def _make_first() -> None:
    """The first key; of several processes that find none, one makes it for all."""
    fresh = _prepared([Fernet.generate_key().decode("ascii")])
    with contextlib.suppress(FileExistsError):  # another was quicker: its key is everybody's
        os.link(fresh, _file())
    fresh.unlink()


def _write(found: list[str]) -> None:
    _prepared(found).replace(
        _file()
    )  # a crash leaves the old keys or the new ones, never half a file


def _prepared(found: list[str]) -> Path:
    """A file of keys beside the one that is read, for its owner alone."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
    with open(fresh, "w", encoding="ascii", opener=_private) as new:
        new.write("\n".join(found))
    return fresh


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
