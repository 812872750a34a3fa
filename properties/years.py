"""What an issuer says of a year beside its figures: targets, and the words a benefit company owes.

L. 208/2015, art. 1 c. 382: goals and what was done, what prevented or slowed it, the impact measured
with an external standard over four areas, new goals. What a report told is frozen from then on.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.core.users import Actor
from properties.indicators import BY_CODE, Indicator, Unit
from properties.models import Target, YearNote

Heading = YearNote.Heading
UNMEASURED = (Unit.LIST, Unit.SCORE, Unit.MEAN_PEOPLE)
"""What no target is set for: a list, and figures in tenths, have no plain number to reach."""


class BadTarget(Refused):
    code = "year.bad_target"


class NothingSaid(Refused):
    code = "year.nothing_said"


class ToldAlready(Conflict):
    code = "year.told_already"


@dataclass(frozen=True)
class Words:
    """What stands under one heading, in both languages."""

    heading: str
    text_it: str
    text_en: str


def targetable() -> list[Indicator]:
    """The figures for which a target may be set."""
    return [each for each in BY_CODE.values() if each.unit not in UNMEASURED]


@transaction.atomic
def aim(
    *,
    organisation: Organisation,
    year: int,
    targets: dict[str, int | None],
    by: Actor,
    at: dt.datetime,
) -> None:
    """Set what figures shall be at the end of a year, in their own unit; None takes a target away.

    Raises BadTarget for what is no figure or below zero, ToldAlready when a report told it.
    """
    users.require(by, "snapshot.edit")
    known = {each.code for each in targetable()}
    for code, value in targets.items():
        if code not in known or (value is not None and value < 0):
            raise BadTarget(_("No target can be set for this figure."), field=code)
    own = Target.objects.select_for_update().filter(organisation=organisation, year=year)
    standing = {each.indicator: each for each in own}
    for code, value in targets.items():
        _aim_at(Target(organisation=organisation, year=year, indicator=code), value, standing)
    audit.record(
        action="year.targets_set", subject=organisation, by=by, at=at,
        facts={"year": year, "targets": targets},
    )  # fmt: skip


def _aim_at(new: Target, value: int | None, standing: dict[str, Target]) -> None:
    before = standing.get(new.indicator)
    if value == (before.value if before else None):
        return
    if before and before.told_at:
        raise ToldAlready(_("A report told this already; it stays."), field=new.indicator)
    if before and value is None:
        before.delete()
    elif value is not None:
        target = before or new
        target.value = value
        target.save()


@transaction.atomic
def write(
    *, organisation: Organisation, year: int, words: Words, by: Actor, at: dt.datetime
) -> YearNote:
    """Write what stands under one heading of a year. Raises NothingSaid, ToldAlready."""
    users.require(by, "snapshot.edit")
    if not words.text_it.strip() or not words.text_en.strip():
        raise NothingSaid(_("Write it in both languages."), field="text_it")
    rows = YearNote.objects.select_for_update().filter(organisation=organisation, year=year)
    note = rows.filter(heading=words.heading).first() or YearNote(
        organisation=organisation, year=year, heading=words.heading
    )
    if note.told_at:
        raise ToldAlready(_("A report told this already; it stays."), field="heading")
    note.text_it, note.text_en = words.text_it.strip(), words.text_en.strip()
    note.reviewed_at = None  # what the city accepted were other words
    note.save()
    audit.record(
        action="year.note_written", subject=organisation, by=by, at=at,
        facts={"year": year, "heading": words.heading},
    )  # fmt: skip
    return note


def notes(organisation: Organisation, *, year: int) -> list[YearNote]:
    """What was written of a year, in the order of the headings."""
    rows = YearNote.objects.filter(organisation=organisation, year=year)
    order = list(Heading)
    return sorted(rows, key=lambda note: order.index(Heading(note.heading)))


def targets(organisation: Organisation, *, year: int) -> list[Target]:
    """The targets of a year, in the order of the figures."""
    order = list(BY_CODE)
    rows = Target.objects.filter(organisation=organisation, year=year, indicator__in=order)
    return sorted(rows, key=lambda target: order.index(target.indicator))


def missing(organisation: Organisation, *, year: int) -> Sequence[Heading]:
    """The headings without which there is no yearly report, of those not written yet."""
    written = {note.heading for note in notes(organisation, year=year)}
    return [heading for heading in YearNote.OWED if heading not in written]


def of_last_day(organisation: Organisation, *, day: dt.date) -> list[YearNote]:
    """What was written of the year that ends on a day; nothing on any other day."""
    return notes(organisation, year=day.year) if (day.month, day.day) == (12, 31) else []


def reviewed_on(organisation: Organisation, *, year: int) -> dt.date | None:
    """The day on which the city had accepted all that was written of a year, if it has."""
    found = [each.reviewed_at for each in notes(organisation, year=year)]
    days = [clock.day_of(at) for at in found if at is not None]
    return max(days) if found and len(days) == len(found) else None


def tell(organisation: Organisation, *, year: int, at: dt.datetime) -> None:
    """Keep what a yearly report tells as it is told: its words, its targets, those of next year."""
    mine = Q(organisation=organisation, told_at=None)
    YearNote.objects.filter(mine, year=year).update(told_at=at)
    Target.objects.filter(mine, year__in=(year, year + 1)).update(told_at=at)
