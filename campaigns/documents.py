"""The papers of an offer that are kept here: what a file really is, how large, which version.

A published file is never changed (a trigger refuses it); a later one of its kind is a new version.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit
from backend.core.errors import Refused
from backend.core.users import Actor
from campaigns import places
from campaigns.models import Campaign, CampaignDocument

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
class Upload:
    """A file that somebody hands in."""

    kind: str
    title: str
    language: str
    raw: bytes


def upload(*, campaign: Campaign, file: Upload, by: Actor, at: dt.datetime) -> CampaignDocument:
    """Keep a file as the next version of its kind and language.

    The same content sent again is the document that is there. Raises TooLarge, NotAPaper.
    """
    if len(file.raw) > MAX_BYTES:
        raise TooLarge(_("The file is too large."), field="file", max_bytes=MAX_BYTES)
    media_type, digest = sniffed(file.raw), hashlib.sha256(file.raw).hexdigest()
    with transaction.atomic():
        places.lock(campaign)
        same = {"kind": file.kind, "language": file.language, "sha256": digest}
        known = campaign.documents.filter(**same).first()
        if known is not None:
            return known
        document = CampaignDocument.objects.create(
            campaign=campaign,
            **same,
            title=file.title,
            content=file.raw,
            media_type=media_type,
            size_bytes=len(file.raw),
            version=next_version(campaign, file.kind, file.language),
            published_at=at,
        )
        facts = {"kind": file.kind, "version": document.version, "sha256": digest}
        audit.record(action="campaign.document", subject=campaign, by=by, at=at, facts=facts)
    return document


def next_version(campaign: Campaign, kind: str, language: str) -> int:
    """The number that the next document of a kind and language gets."""
    return campaign.documents.filter(kind=kind, language=language).count() + 1


def sniffed(raw: bytes) -> str:
    """The type of a file by its first bytes. Raises NotAPaper."""
    for media_type, beginning in BEGINNINGS.items():
        if raw.startswith(beginning):
            return media_type
    raise NotAPaper(_("Hand in a PDF, or a picture (PNG or JPEG)."), field="file")


def file_name(document: CampaignDocument) -> str:
    """The name under which a kept file is saved."""
    suffix = SUFFIXES[document.media_type]
    slug = document.campaign.slug
    return f"{slug}-{document.kind}-v{document.version}-{document.language}.{suffix}"
