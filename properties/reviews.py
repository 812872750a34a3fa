"""The city's review of a snapshot, and of the words of the year that it closes.

A slow office silences neither: a second person lets the words go as it lets the figures go.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, audit, clock, states, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval, User
from backend.core.users import Actor
from properties import snapshots, years
from properties.indicators import BY_CODE
from properties.models import ReviewNote, Snapshot, YearNote

WORDS = "year"
"""What a question is about that asks of the words of the year, and of no figure."""
UNREVIEWED = "year.tell_unreviewed"


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


@transaction.atomic
def answer(*, snapshot: Snapshot, text: str, by: Actor, at: dt.datetime) -> ReviewNote:
    """Answer the city's questions; the figures stay as they are."""
    users.require(by, "snapshot.edit")
    note = _note(snapshot, ReviewNote(kind=ReviewNote.Kind.ANSWER, text=text), by, at)
    audit.record(action="snapshot.answered", subject=snapshot, by=by, at=at)
    return note


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


def ask_to_tell(*, snapshot: Snapshot, by: Actor, at: dt.datetime, note: str = "") -> Approval:
    """Ask a second person to let the words of a year go that the city did not answer about in time.

    Raises NoWords where nothing waits, TooEarly while the city has days left.
    """
    users.require(by, "snapshot.edit")
    _refuse_early(snapshot, unreviewed_words(snapshot), at)
    return approvals.request(action=UNREVIEWED, subject=snapshot, by=by, at=at, note=note)


@transaction.atomic
def tell_unreviewed(snapshot: Snapshot, *, by: Actor, at: dt.datetime) -> list[YearNote]:
    """What follows a second person's yes: the words may be told, marked as not reviewed.

    Raises TooEarly when one was written anew meanwhile: the city gets its days again.
    """
    waiting = [each for each in unreviewed_words(snapshot) if each.let_go_at is None]
    _refuse_early(snapshot, waiting, at)
    return _let_go(snapshot, waiting, by, at)


@transaction.atomic
def publish_unreviewed(snapshot: Snapshot, *, by: Actor, at: dt.datetime) -> Snapshot:
    """What follows a second person's yes to figures: they go out, and with them the words of their
    year that the city had as long."""
    found = snapshots.publish_now(snapshot, by=by, at=at)
    waited = [each for each in unreviewed_words(found) if _has_waited(found, each, at)]
    _let_go(found, waited, by, at)
    return found


def _refuse_early(snapshot: Snapshot, waiting: list[YearNote], at: dt.datetime) -> None:
    if not waiting:
        raise NoWords(_("No words of this year wait for review."))
    if not all(_has_waited(snapshot, each, at) for each in waiting):
        days = snapshots.fallback_days(clock.day_of(at)).days
        raise snapshots.TooEarly(
            _("The city has %(days)s days to answer before this may be asked.") % {"days": days}
        )


def _has_waited(snapshot: Snapshot, note: YearNote, at: dt.datetime) -> bool:
    """Whether the city had words and figures before it for all its days."""
    if snapshot.submitted_at is None:
        return False
    since = max(snapshot.submitted_at, note.written_at)
    return at - since >= snapshots.fallback_days(clock.day_of(at))


def _let_go(
    snapshot: Snapshot, waiting: list[YearNote], by: Actor, at: dt.datetime
) -> list[YearNote]:
    if waiting:
        rows = YearNote.objects.filter(pk__in=[each.pk for each in waiting], told_at=None)
        rows.update(let_go_at=at)
        headings = [each.heading for each in waiting]
        facts = {"year": snapshot.as_of.year, "headings": headings}
        audit.record(action="year.words_let_go", subject=snapshot, by=by, at=at, facts=facts)
    return waiting


def unreviewed_words(snapshot: Snapshot) -> list[YearNote]:
    """What was written of the year that these figures close and waits for the city."""
    written = years.of_last_day(snapshot.organisation, day=snapshot.as_of)
    return [each for each in written if each.reviewed_at is None and each.told_at is None]


def words_for(user: User, snapshot: Snapshot) -> list[YearNote]:
    """The words of the year that figures close, as a person may read them: untold ones are the
    issuer's and the city's alone."""
    organisation, day = snapshot.organisation, snapshot.as_of
    written = years.of_last_day(organisation, day=day)
    is_own = user.organisation_id == snapshot.organisation_id and user.may("snapshot.edit")
    if is_own or user.may("snapshot.review"):
        return written
    return years.told_notes(organisation, year=day.year) if written else []


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
