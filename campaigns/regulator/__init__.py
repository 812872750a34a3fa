"""The yearly files for authorities: what is due, what is still missing, and the file itself with its trace.

A platform's duty, mirrored here. What stands in each file is in `projects` (R52) and `offers` (I8),
what was filed of an offer in `filings`, the files that were made in `kept`.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock, tables
from backend.core.errors import Conflict, Missing, Refused
from backend.core.models import User
from backend.core.money import ZERO
from campaigns import figures
from campaigns.models import Campaign, RegulatorFile
from campaigns.regulator import kept, offers, projects
from campaigns.rules import dates, yearly

# The years of which a file can be spoken of at all.
YEARS = range(2000, 2200)


Kind = RegulatorFile.Kind


class Incomplete(Conflict):
    """Offers lack what the file needs; `facts["campaigns"]` names them."""

    code = "regulator_file.incomplete"


class NoSuchFile(Missing):
    """No file has this name, or no year of our time this number."""

    code = "regulator_file.unknown"


class NoSuchYear(Refused):
    """The year has not begun, or the duty did not exist yet."""

    code = "regulator_file.no_such_year"


@dataclass(frozen=True)
class Overview:
    """What a file of a year would hold, before it is made."""

    kind: Kind
    due_on: dt.date | None
    offers: int
    total: Money
    incomplete: Sequence[Campaign]


def named(code: str) -> Kind:
    """The file of a name. Raises NoSuchFile."""
    if code not in Kind.values:
        raise NoSuchFile(_("There is no such file."), kind=code)
    return Kind(code)


def overview(*, kind: Kind, year: int, by: User, at: dt.datetime) -> Overview:
    """What the file holds and lacks, for the campaigns that somebody works on. Raises NoSuchFile."""
    found = _found(kind, year, by, at)
    lacking = [each for each in found.campaigns if not each.offer_identifier]
    return Overview(kind, due_on(kind, year), len(found.campaigns), found.total, lacking)


def owed(*, year: int, by: User) -> dict[Kind, dt.date]:
    """The files of a year that would hold an offer and were not made since it ended, with the last day to
    hand each in. Three queries, however many investors: what a file says is asked where it is made."""
    mine = list(Campaign.objects.of_staff(by))
    ran = bool(offers.offers(campaigns=mine, year=year))
    closed = bool(projects.closed(mine, year=year))
    holds = {kind for kind in Kind if (ran if kind == Kind.OFFERS else closed)}
    ended_at = clock.end_of(dt.date(year, 12, 31))
    made = RegulatorFile.objects.visible_to(by).filter(year=year, made_at__gte=ended_at)
    is_made = set(made.values_list("kind", flat=True))
    days = {kind: due_on(kind, year) for kind in Kind if kind in holds - is_made}
    return {kind: day for kind, day in days.items() if day}


def due_on(kind: Kind, year: int) -> dt.date | None:
    """The last day to hand the file of a year in; None where no duty stood."""
    if kind == Kind.OFFERS:
        return yearly.structured_data_due_on(year)
    return yearly.list_of_projects_due_on(year) if year >= dates.STANDARDS_2022.year else None


def make(*, kind: Kind, year: int, reason: str = "", by: User, at: dt.datetime) -> RegulatorFile:
    """Make the file of a year and keep it as a version (`kept.keep`); who made it is written down.

    Raises NoSuchYear, Incomplete while an offer has no identifier, DoesNotAddUp when an offer's payments
    differ from its ledger, ReasonMissing for another content than was made after the year's end. Safe
    to repeat: of the same content the version that is kept comes back.
    """
    found = _found(kind, year, by, at)
    if due_on(kind, year) is None or clock.day_of(at).year < year:
        raise NoSuchYear(_("No file is due for this year."), year=year)
    _refuse_incomplete(found.campaigns)
    text = tables.write_csv(found.header, found.rows)
    draft = RegulatorFile(
        about=by.organisation,
        kind=kind,
        year=year,
        reason=reason.strip(),
        offers=len(found.campaigns),
        total=found.total,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return kept.keep(draft=draft, by=by, at=at)


@dataclass(frozen=True)
class _Content:
    campaigns: Sequence[Campaign]
    total: Money
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def _found(kind: Kind, year: int, by: User, at: dt.datetime) -> _Content:
    if year not in YEARS:
        raise NoSuchFile(_("There is no such file."), year=year)
    mine = list(Campaign.objects.of_staff(by).select_related("issuer"))
    until = min(at, clock.end_of(dt.date(year, 12, 31)) - projects.INSTANT)
    if kind == Kind.OFFERS:
        told = offers.offers(campaigns=mine, year=year)
        known = figures.of_campaigns(told, at=until)
        total = sum((known[each.pk].paid for each in told), ZERO)
        return _Content(told, total, offers.HEADER, offers.rows(told, year=year, at=until))
    listed = projects.projects(campaigns=mine, year=year, at=at)
    total = sum((each.raised for each in listed), ZERO)
    rows = projects.rows(listed, year=year, hides_owner=kind == Kind.PROJECTS_ESMA)
    return _Content([each.campaign for each in listed], total, projects.HEADER, rows)


def _refuse_incomplete(campaigns: Sequence[Campaign]) -> None:
    lacking = [each for each in campaigns if not each.offer_identifier]
    if lacking:
        names = ", ".join(each.title for each in lacking)
        raise Incomplete(
            _("These offers have no identifier yet: %(names)s.") % {"names": names},
            campaigns=[each.slug for each in lacking],
        )
