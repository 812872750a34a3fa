"""The papers of an offer that are kept here: what a file really is, how large, which version.

A published file is never changed (a trigger refuses it); a later one of its kind is a new version.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from backend.core import audit, documents
from backend.core.users import Actor
from campaigns import places
from campaigns.models import Campaign, CampaignDocument

MAX_BYTES = documents.MAX_BYTES


@dataclass(frozen=True)
class Upload:
    """A file that somebody hands in."""

    kind: str
    title: str
    language: str
    raw: bytes


def upload(*, campaign: Campaign, file: Upload, by: Actor, at: dt.datetime) -> CampaignDocument:
    """Keep a file as the next version of its kind and language.

    The same content sent again is the document that is there. Raises what `documents.read` raises.
    """
    paper = documents.read(file.raw)
    with transaction.atomic():
        places.lock(campaign)
        same = {"kind": file.kind, "language": file.language, "sha256": paper.sha256}
        known = campaign.documents.filter(**same).first()
        if known is not None:
            return known
        document = CampaignDocument.objects.create(
            campaign=campaign,
            **same,
            title=file.title,
            content=file.raw,
            media_type=paper.media_type,
            size_bytes=len(file.raw),
            version=next_version(campaign, file.kind, file.language),
            published_at=at,
        )
        facts = {"kind": file.kind, "version": document.version, "sha256": paper.sha256}
        audit.record(action="campaign.document", subject=campaign, by=by, at=at, facts=facts)
    return document


def next_version(campaign: Campaign, kind: str, language: str) -> int:
    """The number that the next document of a kind and language gets."""
    return campaign.documents.filter(kind=kind, language=language).count() + 1


def file_name(document: CampaignDocument) -> str:
    """The name under which a kept file is saved."""
    suffix = documents.SUFFIXES[document.media_type]
    slug = document.campaign.slug
    return f"{slug}-{document.kind}-v{document.version}-{document.language}.{suffix}"
