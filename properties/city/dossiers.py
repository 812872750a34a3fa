"""File a dossier of an accepted snapshot under the city's protocol number (housing.md 4 and P29).

Frozen when it is filed: figures as they may be printed, its referrals, what was spared, the context, and what
was asked and answered. A row behind a figure is never in it.
"""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core import audit, periods, users
from backend.core.errors import Conflict, Forbidden, Refused
from backend.core.users import Actor
from properties import disclosure, freezing, referrals, snapshots
from properties.city import avoided, context
from properties.disclosure import Shown
from properties.indicators import BY_CODE
from properties.models import Dossier, Snapshot


class NotAccepted(Conflict):
    code = "dossier.not_accepted"


class NoOffice(Forbidden):
    code = "dossier.no_office"


class ProtocolMissing(Refused):
    code = "dossier.protocol_missing"


class ProtocolTaken(Conflict):
    code = "dossier.protocol_taken"


def file(
    *, snapshot: Snapshot, protocol: str, protocol_on: dt.date, by: Actor, at: dt.datetime
) -> Dossier:
    """Freeze what the city may print of figures that it accepted.

    Raises NotAccepted, ProtocolMissing, ProtocolTaken, NoOffice for a person of no office.
    """
    users.require(by, "snapshot.review")
    person = users.person(by)
    if person is None or person.organisation is None:
        raise NoOffice(_("A dossier is filed by a person of the city's office."))
    if not snapshot.is_reviewed_by_city:
        raise NotAccepted(_("Only figures that the city accepted are filed."))
    if not protocol.strip():
        raise ProtocolMissing(_("Write the protocol number."), field="protocol")
    known = {"city": person.organisation, "protocol": protocol.strip(), "protocol_on": protocol_on}
    if Dossier.objects.filter(**known).exists():
        raise ProtocolTaken(_("This protocol number is taken on this day."), field="protocol")
    data = contents(snapshot)
    with transaction.atomic():
        dossier = Dossier.objects.create(
            **known,
            snapshot=snapshot,
            data=data,
            content_hash=snapshots.content_hash(data),
            filed_at=at,
            by_label=users.label(by),
        )
        audit.record(action="dossier.filed", subject=dossier, by=by, at=at)
    return dossier


def restated_by(dossier: Dossier) -> Snapshot | None:
    """The version that holds now of the figures that were filed, where they were restated since.

    What was filed stays; whoever reads it must know that other figures hold (architecture rule 13).
    """
    filed = dossier.snapshot
    newer = Snapshot.objects.filter(
        organisation=filed.organisation_id, as_of=filed.as_of, version__gt=filed.version
    )
    known = newer.filter(Q(state=Snapshot.State.PUBLISHED) | Q(accepted_at__isnull=False))
    return known.order_by("version").defer("data").last()


def contents(snapshot: Snapshot) -> dict[str, Any]:
    """All that a dossier holds, as JSON; words are added when it is read."""
    view = printable(snapshot)
    spared = next(
        (each["shown"] for each in view["indicators"] if each["code"] == avoided.CODE), None
    )
    return {
        "issuer": view["issuer"],
        "synthetic": view["synthetic"],
        "as_of": view["as_of"],
        "version": snapshot.version,
        "k": view["k"],
        "snapshot_hash": snapshot.content_hash,
        "seal": view["seal"],
        "accepted_at": snapshot.accepted_at.isoformat() if snapshot.accepted_at else "",
        "restatement_reason": snapshot.restatement_reason,
        "indicators": view["indicators"],
        "setbacks": view["setbacks"],
        "referrals": _referrals(snapshot),
        "avoided": spared,
        "assumptions": [
            {"code": each.code, "text": each.text, "source": each.source}
            for each in avoided.assumptions(snapshot.as_of)
        ],
        "context": [
            {"code": each.code, "value": each.value, "year": each.year, "source": each.source}
            for each in context.evictions()
        ],
        "notes": [
            {"kind": note.kind, "about": note.about, "text": note.text, "at": note.at.isoformat()}
            for note in snapshot.notes.all()
        ],
    }


def printable(snapshot: Snapshot) -> dict[str, Any]:
    """The city's view of people, and of homes and their money what everybody is told.

    Inside, the city reads lots to the cent. What it prints leaves the house: of two quarters' sums the
    price of the one home between would be left (P27).
    """
    view = freezing.view(snapshot.data, disclosure.CITY)
    abroad = freezing.view(snapshot.data, disclosure.PUBLIC)["indicators"]
    return view | {
        "indicators": [
            each if BY_CODE[each["code"]].is_about_people else outside
            for each, outside in zip(view["indicators"], abroad, strict=True)
        ]
    }


def _referrals(snapshot: Snapshot) -> dict[str, Any]:
    """As of the last full quarter: between two days a count would tell of a household."""
    quarter = periods.quarter_of(snapshot.as_of)
    if quarter.last_day != snapshot.as_of:
        quarter = periods.previous(quarter)
    found = referrals.dossier(organisation=snapshot.organisation_id, as_of=quarter.last_day)
    return {
        "as_of": found.as_of.isoformat(),
        "total": _as_json(found.total),
        "wait": _as_json(found.wait),
        "rows": [{"code": row.code, "shown": _as_json(row.shown)} for row in found.rows],
    }


def _as_json(shown: Shown) -> dict[str, Any]:
    return {**asdict(shown), "telling": shown.telling.value}
