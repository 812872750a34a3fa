"""A sheet while it is written: part by part in two languages, then declared by those who answer for it.

What is still missing is listed; the checklist for publishing reads the same list. Publishing it is in
`sheets`, the parts that the law wants in `rules.sheets`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from campaigns import (
    places,
    rules,
)
from campaigns.models import Campaign, InformationSheet
from campaigns.rules import sheets as law
from campaigns.rules.sheet_forms import KIIS, Part
from campaigns.sheets import declarations, papers
from campaigns.sheets.declarations import Declared

LANGUAGES = papers.LANGUAGES
State = Campaign.State
# Until it has ended an offer may have a new version; what is over is history.
CHANGEABLE = Campaign.EDITABLE | {
    State.IN_REVIEW, State.PRE_CAMPAIGN, State.OPEN, State.SUSPENDED, State.COLLECTING
}  # fmt: skip


class Incomplete(Conflict):
    """Something is missing; `facts["missing"]` lists codes and sentences."""

    code = "sheet.incomplete"


class TooLong(Refused):
    code = "sheet.too_long"


class UnknownPart(Refused):
    code = "sheet.unknown_part"


class NotWritable(Conflict):
    code = "sheet.not_writable"


@dataclass(frozen=True)
class Writing:
    """What is written into a draft: texts by language and part, and who answers for them.

    `responsible` holds {"name", "function"} each; None leaves who stands there.
    """

    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    responsible: Sequence[Mapping[str, str]] | None = None


@dataclass(frozen=True)
class Lack:
    """One thing that a sheet still lacks."""

    code: str
    sentence: str | Promise


def draft_of(campaign: Campaign) -> InformationSheet | None:
    """The version that is being written."""
    return campaign.sheets.filter(published_at=None).first()


def parts_of(campaign: Campaign) -> tuple[Part, ...]:
    """The parts that the sheet of this offer needs under its regime."""
    return law.parts(rules.regime(campaign.regime).sheet, is_spv=campaign.is_spv)


def annex_of(campaign: Campaign) -> Part | None:
    """The annex that the sheet of this offer may have besides."""
    form = rules.regime(campaign.regime).sheet
    return law.annex(form, is_quota=campaign.instrument == Campaign.Instrument.QUOTA)


def writable_of(campaign: Campaign) -> tuple[Part, ...]:
    """All that may be written: the parts that are needed, and the annex."""
    annex = annex_of(campaign)
    return (*parts_of(campaign), *((annex,) if annex else ()))


def write(*, campaign: Campaign, writing: Writing, by: Actor, at: dt.datetime) -> InformationSheet:
    """Write into the draft; the first writing after a publication begins the next version from it.

    What is written must be declared again. Raises UnknownPart, NotWritable, and TooLong with the
    number of pages that were counted.
    """
    _refuse_unknown(campaign, writing)
    with transaction.atomic():
        sheet = _begun(places.lock(campaign))
        for language, texts in writing.parts.items():
            sheet.parts = {**sheet.parts, language: {**sheet.parts.get(language, {}), **texts}}
        if writing.responsible is not None:
            sheet.responsible = [dict(each) for each in writing.responsible]
        sheet.declared_by, sheet.declared_at = None, None
        refuse_long(campaign, papers.pages_of(sheet))
        sheet.save()
        audit.record(action="sheet.written", subject=campaign, by=by, at=at)
    return sheet


def declare(*, campaign: Campaign, said: Declared, by: Actor, at: dt.datetime) -> InformationSheet:
    """Record that one of those who answer for the draft declares it: it is true and leaves nothing out
    (ECSPR art. 23(9)). Raises Incomplete while texts or persons are missing, NotResponsible,
    EvidenceMissing."""
    with transaction.atomic():
        sheet = draft_of(places.lock(campaign))
        found = _lacks_of_texts(campaign, sheet)
        if sheet is None or found:
            raise incomplete(found)
        declarations.record(sheet=sheet, said=said, by=by, at=at)
        if not undeclared(sheet):
            sheet.declared_by, sheet.declared_at = users.person(by), at
            sheet.save(update_fields=["declared_by", "declared_at"])
    return sheet


def undeclared(sheet: InformationSheet) -> list[str]:
    """The names of those who answer for a sheet and have not declared it as it is now."""
    return [each.name for each in law.undeclared(declarations.responsible(sheet))]


def lacks(campaign: Campaign) -> list[Lack]:
    """What the sheet lacks before the offer may be published or opened; of a version in force the parts
    that it needs by now (an issuer that became a vehicle)."""
    sheet = draft_of(campaign)
    in_force = campaign.sheets.exclude(published_at=None).first()
    if sheet is None and in_force is not None:
        return _lacks_of_texts(campaign, in_force)
    found = _lacks_of_texts(campaign, sheet)
    if not found and sheet is not None and (names := undeclared(sheet)):
        words = _("These persons have not declared the sheet yet: %(names)s.")
        found.append(Lack("declaration", words % {"names": ", ".join(names)}))
    return found


def copied(campaign: Campaign, last: InformationSheet) -> InformationSheet:
    """The next version, not saved, with the texts and persons of the last: what was declared of them."""
    return InformationSheet(
        campaign=campaign,
        version=last.version + 1,
        parts=last.parts,
        responsible=last.responsible,
        declared_by=last.declared_by,
        declared_at=last.declared_at,
    )


def _begun(campaign: Campaign) -> InformationSheet:
    if campaign.state not in CHANGEABLE:
        raise NotWritable(_("The offer is over: its sheet is history."), campaign=campaign.slug)
    found = draft_of(campaign)
    if found is not None:
        return found
    last = campaign.sheets.exclude(published_at=None).first()
    return copied(campaign, last) if last else InformationSheet(campaign=campaign, version=1)


def _refuse_unknown(campaign: Campaign, writing: Writing) -> None:
    annex = annex_of(campaign)
    form = rules.regime(campaign.regime).sheet
    known = {point.code for part in form.parts for point in part.fields}
    known |= {annex.code} if annex else set()
    for language, texts in writing.parts.items():
        unknown = sorted(set(texts) - known)
        if language not in LANGUAGES or unknown:
            raise UnknownPart(
                _("The sheet has no such part or language."), language=language, parts=unknown
            )


def refuse_long(campaign: Campaign, pages: Mapping[str, int]) -> None:
    """Raise TooLong, with the pages counted, where the law allows fewer (R13)."""
    form = rules.regime(campaign.regime).sheet
    too_long = {name: count for name, count in pages.items() if not law.fits(form, count)}
    if too_long:
        raise TooLong(
            _("The sheet has %(pages)s pages; at most %(most)s sides of A4 are allowed.")
            % {"pages": max(too_long.values()), "most": form.most_pages},
            pages=too_long,
            most=form.most_pages,
        )


def _lacks_of_texts(campaign: Campaign, sheet: InformationSheet | None) -> list[Lack]:
    needed, said = parts_of(campaign), sheet.parts if sheet else {}
    words = _("%(code)s (%(language)s): %(asks)s")
    found = [
        Lack(
            f"part_{point.code}_{language}",
            words % {"code": point.code, "language": language, "asks": point.asks},
        )
        for language in LANGUAGES
        for point in law.missing_points(needed, said.get(language, {}))
    ]
    found += _footnotes(campaign, said)
    named = declarations.responsible(sheet) if sheet else []
    if not named or not all(each.is_named for each in named):
        found.append(Lack("responsible", _("Who answers for the sheet, by name and function.")))
    return found


def _footnotes(campaign: Campaign, said: Mapping[str, Mapping[str, str]]) -> list[Lack]:
    if rules.regime(campaign.regime).sheet is not KIIS:
        return []
    words = _("Part %(code)s (%(language)s) has footnotes: only the law may be cited in one.")
    return [
        Lack(f"footnotes_{code}_{language}", words % {"code": code, "language": language})
        for language in LANGUAGES
        for code, text in said.get(language, {}).items()
        if law.footnotes(text)
    ]


def incomplete(found: Sequence[Lack]) -> Incomplete:
    """The refusal that lists what is missing."""
    listed = [{"code": each.code, "sentence": str(each.sentence)} for each in found]
    words = " ".join(str(each.sentence) for each in found) or _("Nothing is written yet.")
    return Incomplete(words, missing=listed)
