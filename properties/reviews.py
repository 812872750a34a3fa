"""The city's review of a snapshot: questions, answers, acceptance."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import states, users
from backend.core.errors import Refused
from backend.core.users import Actor
from properties.indicators import BY_CODE
from properties.models import ReviewNote, Snapshot


class NothingSaid(Refused):
    code = "review.nothing_said"


class NoSuchFigure(Refused):
    code = "review.no_such_figure"


@transaction.atomic
def return_with_questions(
    *, snapshot: Snapshot, text: str, by: Actor, at: dt.datetime, about: str = ""
) -> Snapshot:
    """Give the figures back with questions, `about` one of them or all; the issuer answers.

    Raises NothingSaid, NoSuchFigure, WrongState.
    """
    users.require(by, "snapshot.review")
    if about and about not in BY_CODE:
        raise NoSuchFigure(_("There is no such figure."), field="about")
    states.move(record=snapshot, to=Snapshot.State.RETURNED, by=by, at=at)
    _note(snapshot, ReviewNote(kind=ReviewNote.Kind.QUESTION, text=text, about=about), by, at)
    return snapshot


def answer(*, snapshot: Snapshot, text: str, by: Actor, at: dt.datetime) -> ReviewNote:
    """Answer the city's questions; the figures stay as they are."""
    users.require(by, "snapshot.edit")
    return _note(snapshot, ReviewNote(kind=ReviewNote.Kind.ANSWER, text=text), by, at)


@transaction.atomic
def accept(*, snapshot: Snapshot, text: str, by: Actor, at: dt.datetime) -> Snapshot:
    """Accept the figures for the city; from now on they may be published as reviewed."""
    users.require(by, "snapshot.review")
    states.move(record=snapshot, to=Snapshot.State.ACCEPTED, by=by, at=at)
    snapshot.accepted_at = at
    snapshot.save(update_fields=["accepted_at"])
    if text.strip():
        _note(snapshot, ReviewNote(kind=ReviewNote.Kind.DECISION, text=text), by, at)
    return snapshot


def open_questions(snapshot: Snapshot) -> list[ReviewNote]:
    """The questions that nobody answered yet: those after the last answer."""
    notes = list(snapshot.notes.all())
    kinds = [note.kind for note in notes]
    last = max(
        (at for at, kind in enumerate(kinds) if kind != ReviewNote.Kind.QUESTION), default=-1
    )
    return notes[last + 1 :]


def _note(snapshot: Snapshot, note: ReviewNote, by: Actor, at: dt.datetime) -> ReviewNote:
    note.text = note.text.strip()
    if not note.text:
        raise NothingSaid(_("Write what you want to say."), field="text")
    note.snapshot, note.at, note.by_label = snapshot, at, users.label(by)
    note.save()
    return note
