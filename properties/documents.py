"""Papers of homes: keep one, and what it is called when it is saved. What a file is says core.documents."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, documents, users
from backend.core.errors import Conflict
from backend.core.users import Actor
from properties.models import HomeDocument, Unit


class PurgedAlready(Conflict):
    code = "document.purged_already"


@dataclass(frozen=True, kw_only=True)
class NewDocument:
    """A paper about a home; `expires_on` is the day from which it no longer holds."""

    kind: str
    title: str
    raw: bytes
    expires_on: dt.date | None = None


@transaction.atomic
def keep(*, unit: Unit, new: NewDocument, by: Actor, at: dt.datetime) -> HomeDocument:
    """Keep a paper; the same content of the same kind is the paper that is there.

    Raises what `backend.core.documents.read` raises.
    """
    users.require(by, "unit.edit")
    paper = documents.read(new.raw)
    document, is_new = HomeDocument.objects.get_or_create(
        unit=unit,
        kind=new.kind,
        sha256=paper.sha256,
        defaults={
            "title": new.title,
            "content": paper.raw,
            "media_type": paper.media_type,
            "size_bytes": len(paper.raw),
            "expires_on": new.expires_on,
            "added_at": at,
            "by_label": users.label(by),
        },
    )
    if document.purged_at is not None:
        raise PurgedAlready(_("This paper was removed when its time was over."), field="file")
    if is_new:
        # Never the title: it may name people, and the audit trail forgets nothing.
        facts = {"kind": new.kind, "sha256": paper.sha256}
        audit.record(action="unit.document", subject=unit, by=by, at=at, facts=facts)
    return document


def file_name(document: HomeDocument) -> str:
    """The name under which a paper is saved: no words of whoever typed its title."""
    return f"home-{document.unit_id}-{document.kind}-{document.pk}.{documents.SUFFIXES[document.media_type]}"
