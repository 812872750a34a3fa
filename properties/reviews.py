"""The city's review of a snapshot: questions, answers, acceptance."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import states, users
from backend.core.errors import Refused
from backend.core.users import Actor
from properties.models import ReviewNote, Snapshot


class NothingSaid(Refused):
    code = "review.nothing_said"


@transaction.atomic
def return_with_questions(*, snapshot: Snapshot, text: str, by: Actor, at: dt.datetime) -> Snapshot:
    """Give the figures back with questions; the issuer answers and submits again."""
    users.require(by, "snapshot.review")
    states.move(record=snapshot, to=Snapshot.State.RETURNED, by=by, at=at)
    _note(snapshot, ReviewNote.Kind.QUESTION, text, by, at)
    return snapshot


def answer(*, snapshot: Snapshot, text: str, by: Actor, at: dt.datetime) -> ReviewNote:
    """Answer the city's questions; the figures stay as they are."""
    users.require(by, "snapshot.edit")
    return _note(snapshot, ReviewNote.Kind.ANSWER, text, by, at)


@transaction.atomic
def accept(*, snapshot: Snapshot, text: str, by: Actor, at: dt.datetime) -> Snapshot:
    """Accept the figures for the city; from now on they may be published as reviewed."""
    users.require(by, "snapshot.review")
    states.move(record=snapshot, to=Snapshot.State.ACCEPTED, by=by, at=at)
    snapshot.accepted_at = at
    snapshot.save(update_fields=["accepted_at"])
    if text.strip():
        _note(snapshot, ReviewNote.Kind.DECISION, text, by, at)
    return snapshot


def _note(
    snapshot: Snapshot, kind: ReviewNote.Kind, text: str, by: Actor, at: dt.datetime
) -> ReviewNote:
    if not text.strip():
        raise NothingSaid(_("Write what you want to say."), field="text")
    return ReviewNote.objects.create(
        snapshot=snapshot, kind=kind, text=text.strip(), at=at, by_label=users.label(by)
    )
