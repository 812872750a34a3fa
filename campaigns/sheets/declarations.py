"""Those who answer for a sheet declare it, each for themselves (ECSPR art. 23(9), R19).

A declaration is recorded with where the signed paper is, and holds for the very texts it was made on:
other words, or other persons, are declared anew.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Refused
from backend.core.users import Actor
from campaigns.models import InformationSheet, SheetDeclaration
from campaigns.rules import sheets as law


class NotResponsible(Refused):
    code = "sheet.not_responsible"


class EvidenceMissing(Refused):
    code = "sheet.evidence_missing"


@dataclass(frozen=True)
class Declared:
    """Who declared, by the name in the sheet, and where the signed declaration is kept."""

    name: str
    evidence: str


def texts_hash(sheet: InformationSheet) -> str:
    """What identifies the words of a sheet, and who answers for them."""
    whole = {"parts": sheet.parts, "responsible": sheet.responsible}
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def responsible(sheet: InformationSheet) -> list[law.Responsible]:
    """Those who are named in a sheet, each with whether they declared it as it is now."""
    rows = SheetDeclaration.objects.filter(campaign=sheet.campaign_id, texts_hash=texts_hash(sheet))
    declared = set(rows.values_list("name", flat=True))
    return [
        law.Responsible(name, each.get("function", ""), has_declared=name in declared)
        for each in sheet.responsible
        for name in [each.get("name", "")]
    ]


def record(
    *, sheet: InformationSheet, said: Declared, by: Actor, at: dt.datetime
) -> SheetDeclaration:
    """Record one person's declaration. Safe to repeat. Raises NotResponsible, EvidenceMissing."""
    if said.name not in {each.name for each in responsible(sheet)}:
        raise NotResponsible(_("Nobody of this name answers for the sheet."), field="name")
    if not said.evidence.strip():
        raise EvidenceMissing(_("Say where the signed declaration is kept."), field="evidence")
    made, is_new = SheetDeclaration.objects.get_or_create(
        campaign=sheet.campaign,
        texts_hash=texts_hash(sheet),
        name=said.name,
        defaults={"evidence": said.evidence, "declared_at": at, "by_label": users.label(by)},
    )
    if is_new:
        facts = {"version": sheet.version, "name": said.name, "texts": made.texts_hash}
        audit.record(action="sheet.declared", subject=sheet.campaign, by=by, at=at, facts=facts)
    return made
