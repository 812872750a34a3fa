"""What an issuer says of a year beside its figures: targets, and the words a benefit company owes.

L. 208/2015, art. 1 c. 382: goals and what was done, what prevented or slowed it, the impact measured
with an external standard over four areas, new goals. What a report told is frozen from then on;
words are corrected by a further version. The report in the accounts is in `year_reports`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
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


class TooLate(Conflict):
    code = "year.target_too_late"


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
    reason: str = ""
    """Why words that a report told are corrected."""


@dataclass(frozen=True)
class Aim:
    """What a figure is to be at the end of a year, as a reader must know it."""

    indicator: str
    value: int | None
    """None: it was given up once the year had begun."""
    set_on: dt.date
    is_late: bool
    """Set or changed once the year had begun: whoever set it knew a part of what became of it."""
    first: int | None
    """What was aimed at first, where that was another."""
    told_at: dt.datetime | None


def targetable() -> list[Indicator]:
    """The figures for which a target may be set."""
    return [each for each in BY_CODE.values() if each.unit not in UNMEASURED]


@transaction.atomic
def aim(
    *,
    organisation: Organisation,
    year: int,
    targets: Mapping[str, int | None],
    by: Actor,
    at: dt.datetime,
) -> list[Aim]:
    """Set what figures shall be at the end of a year, in their own unit; None gives a target up.

    Each change is a version of its own. Raises BadTarget for what is no figure or below zero,
    TooLate once the year is over, ToldAlready when a report told it.
    """
    users.require(by, "snapshot.edit")
    known = {each.code for each in targetable()}
    for code, value in targets.items():
        if code not in known or (value is not None and value < 0):
            raise BadTarget(_("No target can be set for this figure."), field=code)
    # Two at once would both be the next version: they take turns on the issuer's row.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    standing = {code: rows[-1] for code, rows in _versions(organisation, year).items()}
    changed = [
        _next(Target(organisation=organisation, year=year, indicator=code, value=value), before)
        for code, value in targets.items()
        if value != ((before := standing.get(code)) and before.value)
    ]
    if changed and clock.day_of(at).year > year:
        raise TooLate(_("The year is over: its targets stay as they were."), field="value")
    for target in changed:
        target.set_at = at
        target.save(force_insert=True)
    audit.record(
        action="year.targets_set", subject=organisation, by=by, at=at,
        facts={"year": year, "targets": dict(targets)},
    )  # fmt: skip
    return [_aim(rows, year) for rows in _versions(organisation, year).values()]


def _next(target: Target, before: Target | None) -> Target:
    if before and before.told_at:
        raise ToldAlready(_("A report told this already; it stays."), field=target.indicator)
    target.version = before.version + 1 if before else 1
    return target


@transaction.atomic
def write(
    *, organisation: Organisation, year: int, words: Words, by: Actor, at: dt.datetime
) -> YearNote:
    """Write what stands under one heading of a year; what was told stays, and gets a further version.

    Raises NothingSaid, ToldAlready where words are corrected that a report told and no reason is said.
    """
    users.require(by, "snapshot.edit")
    if not words.text_it.strip() or not words.text_en.strip():
        raise NothingSaid(_("Write it in both languages."), field="text_it")
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    rows = YearNote.objects.filter(organisation=organisation, year=year, heading=words.heading)
    note = _version_to_write(rows.order_by("-version").first(), words) or YearNote(
        organisation=organisation, year=year, heading=words.heading
    )
    note.text_it, note.text_en = words.text_it.strip(), words.text_en.strip()
    note.written_at = at
    note.reviewed_at = note.let_go_at = None  # what was accepted were other words
    note.save()
    audit.record(
        action="year.note_written", subject=organisation, by=by, at=at, reason=note.reason,
        facts={"year": year, "heading": words.heading, "version": note.version},
    )  # fmt: skip
    return note


def _version_to_write(newest: YearNote | None, words: Words) -> YearNote | None:
    """The version that may be written over, or the next one of what was told; None: the first."""
    if newest is None or newest.told_at is None:
        return newest
    if not words.reason.strip():
        raise ToldAlready(_("A report told this already: say why it is corrected."), field="reason")
    return YearNote(
        organisation=newest.organisation,
        year=newest.year,
        heading=newest.heading,
        version=newest.version + 1,
        reason=words.reason.strip(),
    )


def notes(organisation: Organisation, *, year: int) -> list[YearNote]:
    """What is written of a year, the newest version of each heading, in the order of the headings."""
    return _newest(YearNote.objects.filter(organisation=organisation, year=year))


def told_notes(
    organisation: Organisation, *, year: int, at: dt.datetime | None = None
) -> list[YearNote]:
    """What a report told of a year, as it stood at an instant, or as it stands."""
    told = YearNote.objects.filter(organisation=organisation, year=year, told_at__isnull=False)
    return _newest(told if at is None else told.filter(told_at__lte=at))


def _newest(rows: QuerySet[YearNote]) -> list[YearNote]:
    order = list(Heading)
    found = {note.heading: note for note in rows.order_by("version")}
    return sorted(found.values(), key=lambda note: order.index(Heading(note.heading)))


def targets(organisation: Organisation, *, year: int) -> list[Aim]:
    """What was aimed at in a year, in the order of the figures; with what was given up once it ran."""
    found = [_aim(rows, year) for rows in _versions(organisation, year).values()]
    order = list(BY_CODE)
    told = [each for each in found if each.indicator in BY_CODE]
    return sorted(
        (each for each in told if each.value is not None or each.first is not None),
        key=lambda each: order.index(each.indicator),
    )


def _aim(versions: Sequence[Target], year: int) -> Aim:
    """The last word on a target, with the first that was said once the year began."""
    newest, on = versions[-1], clock.day_of(versions[-1].set_at)
    early = [each.value for each in versions if clock.day_of(each.set_at).year < year]
    late = (each.value for each in versions[len(early) :] if each.value is not None)
    first = early[-1] if early and early[-1] is not None else next(late, None)
    return Aim(
        indicator=newest.indicator,
        value=newest.value,
        set_on=on,
        is_late=on.year >= year,
        first=first if first != newest.value else None,
        told_at=newest.told_at,
    )


def _versions(organisation: Organisation, year: int) -> dict[str, list[Target]]:
    """By figure every target that was set for a year, the last one last."""
    found: dict[str, list[Target]] = defaultdict(list)
    for each in Target.objects.filter(organisation=organisation, year=year).order_by("version"):
        found[each.indicator].append(each)
    return found


def missing(organisation: Organisation, *, year: int) -> Sequence[Heading]:
    """The headings without which there is no yearly report, of those not written yet."""
    written = {note.heading for note in notes(organisation, year=year)}
    return [heading for heading in YearNote.OWED if heading not in written]


def of_last_day(organisation: Organisation, *, day: dt.date) -> list[YearNote]:
    """What was written of the year that ends on a day; nothing on any other day."""
    return notes(organisation, year=day.year) if (day.month, day.day) == (12, 31) else []


def reviewed_on(written: Sequence[YearNote]) -> dt.date | None:
    """The day on which the city had accepted all of these words of a year, if it has."""
    found = [each.reviewed_at for each in written]
    days = [clock.day_of(at) for at in found if at is not None]
    return max(days) if found and len(days) == len(found) else None


def tell(organisation: Organisation, *, year: int, at: dt.datetime) -> None:
    """Keep what a yearly report tells as it is told: its words, its targets, those of next year."""
    mine = Q(organisation=organisation, told_at=None)
    tell_words(organisation, year=year, at=at)
    Target.objects.filter(mine, year__in=(year, year + 1)).update(told_at=at)


def tell_words(organisation: Organisation, *, year: int, at: dt.datetime) -> None:
    """Keep the words of a year as they are told now; what was told before stays as it was."""
    untold = YearNote.objects.filter(organisation=organisation, year=year, told_at=None)
    untold.update(told_at=at)


def unreleased(organisation: Organisation, *, year: int) -> list[YearNote]:
    """What may not be told yet: neither accepted by the city, nor let go by a second person."""
    written = notes(organisation, year=year)
    return [each for each in written if not (each.told_at or each.reviewed_at or each.let_go_at)]
