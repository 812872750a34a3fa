"""The information sheet in force: published in versions that never change, each readable for ever.

A material change is told to everyone, opens the right to revoke and makes the terms new. Writing the
next version is in `drafts`, how it is laid out in `papers`.
"""

import datetime as dt
import hashlib
import json

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit
from backend.core.errors import Refused
from backend.core.users import Actor
from campaigns import (
    announcements,
    interests,
    places,
    windows,
)
from campaigns.announcements import Announcement
from campaigns.changes import Change
from campaigns.models import Campaign, InformationSheet, RevocationWindow, SheetPaper
from campaigns.sheets import drafts, papers


class ChangeUnsaid(Refused):
    code = "sheet.change_unsaid"


def current(campaign: Campaign) -> InformationSheet | None:
    """The version that is in force: the last published."""
    return published(campaign).first()


def version_in_force(campaign: Campaign) -> int | None:
    """The number of the version in force; None for an offer whose sheet was published elsewhere."""
    return published(campaign).values_list("version", flat=True).first()


def published(campaign: Campaign) -> QuerySet[InformationSheet]:
    """Every published version, the newest first; each stays readable."""
    return campaign.sheets.exclude(published_at=None)


def publish(*, campaign: Campaign, change: Change, by: Actor, at: dt.datetime) -> InformationSheet:
    """Publish the draft as the version in force, with a PDF in each language.

    A material change of a public offer is told at once to everyone with an order or an interest
    (art. 23(8)), opens the right to revoke, and makes new terms that interests confirm again; while
    anyone may still revoke, the offer does not open. Raises Incomplete, TooLong, ChangeUnsaid.
    """
    with transaction.atomic():
        campaign = places.lock(campaign)
        is_first = current(campaign) is None
        if not is_first and not change.words.strip():
            raise ChangeUnsaid(
                _("Say in a sentence what changed: everyone is told."), field="words"
            )
        is_material = change.is_material and not is_first
        if is_material:
            campaign.terms_version += 1
            campaign.save(update_fields=["terms_version"])
        sheet = _published(campaign, drafts.draft_of(campaign), change, (by, at))
        if is_material:
            _tell(campaign, change, by, at)
    return sheet


def follow_terms(*, campaign: Campaign, change: Change, by: Actor, at: dt.datetime) -> None:
    """Follow a change of the terms of a public offer: the sheet is issued anew, everyone is told and
    may revoke. The caller has raised the version of the terms."""
    reissue(campaign=campaign, change=change, by=by, at=at)
    _tell(campaign, change, by, at)


def reissue(
    *, campaign: Campaign, change: Change, by: Actor, at: dt.datetime
) -> InformationSheet | None:
    """Publish the texts in force again with the terms as they are now, after a term has moved.

    What follows from the change (mails, right to revoke) is the caller's. None before a first version.
    """
    last = current(campaign)
    if last is None:
        return None
    # What somebody is writing becomes the version after this one.
    campaign.sheets.filter(published_at=None).update(version=last.version + 2)
    sheet = drafts.copied(campaign, last)
    return _published(campaign, sheet, change, (by, at))


# --- Publishing -------------------------------------------------------------------------------------


def _published(
    campaign: Campaign,
    sheet: InformationSheet | None,
    change: Change,
    who: tuple[Actor, dt.datetime],
) -> InformationSheet:
    by, at = who
    found = drafts.lacks(campaign) if sheet is None or sheet.pk else []
    if sheet is None or found:
        raise drafts.incomplete(found)
    sheet.campaign, sheet.regime = campaign, campaign.regime
    sheet.facts = papers.facts_of(campaign)
    sheet.terms_version = campaign.terms_version
    sheet.is_material, sheet.change = change.is_material, change.words
    made = papers.render(sheet)
    drafts.refuse_long(campaign, {name: paper.pages for name, paper in made.items()})
    sheet.content_hash = _hash(sheet)
    sheet.published_at = at
    sheet.save()
    SheetPaper.objects.bulk_create(
        SheetPaper(
            sheet=sheet,
            language=language,
            pdf=paper.pdf,
            pages=paper.pages,
            sha256=hashlib.sha256(paper.pdf).hexdigest(),
        )
        for language, paper in made.items()
    )
    facts = {"version": sheet.version, "hash": sheet.content_hash, "material": sheet.is_material}
    audit.record(
        action="sheet.published",
        subject=campaign,
        by=by,
        at=at,
        reason=change.words,
        facts=facts,
    )
    return sheet


def _tell(campaign: Campaign, change: Change, by: Actor, at: dt.datetime) -> None:
    cause = RevocationWindow.Cause.MATERIAL_CHANGE
    window = windows.open_window(campaign=campaign, cause=cause, by=by, at=at)
    occasion = str(campaign.terms_version)
    what = Announcement("offer_changed", occasion, {"change": change, "window": window})
    announcements.tell_investors(campaign=campaign, what=what, at=at)
    interests.tell_of_new_terms(campaign=campaign, change=change, at=at)


def _hash(sheet: InformationSheet) -> str:
    whole = {
        "parts": sheet.parts,
        "responsible": sheet.responsible,
        "facts": sheet.facts,
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
