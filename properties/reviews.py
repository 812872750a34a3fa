"""The city's review of a snapshot, and of the words of the year that it closes."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, states, users
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.users import Actor
from properties import years
from properties.indicators import BY_CODE
from properties.models import ReviewNote, Snapshot, YearNote

WORDS = "year"
"""What a question is about that asks of the words of the year, and of no figure."""


class NothingSaid(Refused):
    code = "review.nothing_said"


class NoWords(Conflict):
    code = "review.no_words"


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
    if about and about not in (*BY_CODE, WORDS):
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
    """Accept the figures for the city; from now on they may be published as reviewed.

    Those of a year's last day are shown with the words of the year: what is written is accepted too.
    """
    users.require(by, "snapshot.review")
    states.move(record=snapshot, to=Snapshot.State.ACCEPTED, by=by, at=at)
    snapshot.accepted_at = at
    snapshot.save(update_fields=["accepted_at"])
    if text.strip():
        _note(snapshot, ReviewNote(kind=ReviewNote.Kind.DECISION, text=text), by, at)
    if unreviewed_words(snapshot):
        accept_words(snapshot=snapshot, by=by, at=at)
    return snapshot


@transaction.atomic
def accept_words(*, snapshot: Snapshot, by: Actor, at: dt.datetime) -> list[YearNote]:
    """Accept for the city what was written of the year that these figures close; those changed since too.

    Raises NoWords where nothing waits: no words, all accepted, or told to the investors already.
    """
    users.require(by, "snapshot.review")
    waiting = unreviewed_words(snapshot)
    if not waiting:
        raise NoWords(_("No words of this year wait for review."))
    own = YearNote.objects.filter(pk__in=[each.pk for each in waiting], told_at=None)
    own.update(reviewed_at=at)
    headings = [each.heading for each in waiting]
    facts = {"year": snapshot.as_of.year, "headings": headings}
    audit.record(action="year.words_accepted", subject=snapshot, by=by, at=at, facts=facts)
    return waiting


def unreviewed_words(snapshot: Snapshot) -> list[YearNote]:
    """What was written of the year that these figures close and waits for the city."""
    written = years.of_last_day(snapshot.organisation, day=snapshot.as_of)
    return [each for each in written if each.reviewed_at is None and each.told_at is None]


def words_for(user: User, snapshot: Snapshot) -> list[YearNote]:
    """The words of the year that figures close, as a person may read them: untold ones are the
    issuer's and the city's alone."""
    written = years.of_last_day(snapshot.organisation, day=snapshot.as_of)
    is_own = user.organisation_id == snapshot.organisation_id and user.may("snapshot.edit")
    if is_own or user.may("snapshot.review"):
        return written
    return [each for each in written if each.told_at is not None]


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
