"""Files that people hand in: what one really is, how large it may be, what identifies it.

What a paper means and who may read it is the business of the app that keeps it.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.core.errors import Refused

MAX_BYTES = 10 * 1024 * 1024
# What a file says it is counts for nothing; these are the first bytes of what we keep.
BEGINNINGS = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
SUFFIXES = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


class TooLarge(Refused):
    code = "document.too_large"
    status = 413


class NotAPaper(Refused):
    code = "document.unknown_type"


@dataclass(frozen=True)
class Paper:
    """A file that may be kept: its bytes, what they are, and their hash."""

    raw: bytes
    media_type: str
    sha256: str

    @property
    def suffix(self) -> str:
        """How the name of the file ends when it is saved."""
        return SUFFIXES[self.media_type]


def read(raw: bytes) -> Paper:
    """The paper in a file. Raises TooLarge, NotAPaper."""
    if len(raw) > MAX_BYTES:
        raise TooLarge(_("The file is too large."), field="file", max_bytes=MAX_BYTES)
    return Paper(raw, sniffed(raw), hashlib.sha256(raw).hexdigest())


def sniffed(raw: bytes) -> str:
    """The type of a file by its first bytes. Raises NotAPaper."""
    for media_type, beginning in BEGINNINGS.items():
        if raw.startswith(beginning):
            return media_type
    raise NotAPaper(_("Hand in a PDF, or a picture (PNG or JPEG)."), field="file")
