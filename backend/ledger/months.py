"""Close months of an organisation's books: nothing is posted into them any more, whoever asks.

One person asks, another approves; what stands in the way is listed first. A closed month is never
opened again: what is corrected is corrected in the open one (backend/decisions/months-stay-closed.md).
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import approvals, audit, clock, users
from backend.core.errors import Conflict, Missing, Refused
from backend.core.models import Approval, Organisation, User
from backend.core.users import Actor
from backend.ledger import checks
from backend.ledger.models import Account, Books, Entry, Month

CLOSE = "month.close"


class NotTheNext(Refused):
    code = "month.not_the_next"


class NotOver(Refused):
    code = "month.not_over"


class InTheWay(Conflict):
    """`facts["obstacles"]` says what must be done before."""

    code = "month.in_the_way"


class AlreadyClosed(Conflict):
    code = "month.already_closed"


class NoBooks(Missing):
    code = "month.no_books"


@dataclass(frozen=True)
class Obstacle:
    """What must be done before a month can be closed, in a sentence, and where (a page's name)."""

    sentence: str
    page: str = ""


Finder = Callable[[Organisation, dt.date], list[Obstacle]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Add what a floor above finds in the way of closing until a day."""
    _finders.append(finder)


def ask_to_close(
    *, organisation: Organisation, first_day: dt.date, by: Actor, at: dt.datetime
) -> Approval:
    """Ask for a month to be closed; another person decides. Safe to repeat while it waits.

    Raises NotTheNext, NotOver, AlreadyClosed, InTheWay.
    """
    users.require(by, CLOSE)
    with transaction.atomic():
        month, _is_new = Month.objects.get_or_create(
            organisation=organisation, first_day=first_day.replace(day=1)
        )
        _refuse_unready(month, at)
        approval = approvals.request(action=CLOSE, subject=month, by=by, at=at)
        audit.record(action="month.close_asked", subject=month, by=by, at=at)
    return approval


def close(month: Month, /, *, by: Actor, at: dt.datetime) -> Month:
    """Close a month that another person asked for; what stood in it is kept as a digest.

    Who posts meanwhile is before it or is refused. Raises as ask_to_close does.
    """
    with transaction.atomic():
        Books.objects.select_for_update().get(organisation_id=month.organisation_id)
        month.refresh_from_db()
        _refuse_unready(month, at)
        month.closed_at, month.closed_by_label = at, users.label(by)
        try:
            with transaction.atomic():
                month.save(update_fields=["closed_at", "closed_by_label"])
        except IntegrityError as problem:
            raise _not_the_next() from problem
        month.refresh_from_db()
        facts = {"transfers": month.transfers, "digest": month.digest}
        audit.record(action="month.closed", subject=month, by=by, at=at, facts=facts)
    return month


def obstacles(*, organisation: Organisation, until: dt.date) -> list[Obstacle]:
    """All that stands in the way of closing until a day: books that do not hold, open work."""
    found = [
        Obstacle(_("The books do not hold: %(check)s.") % {"check": _(check.name)}, "books-check")
        for check in checks.run()
        if not check.ok
    ]
    return found + [one for find in _finders for one in find(organisation, until)]


def books_of(person: User) -> Organisation:
    """The organisation whose books a person works on. Raises NoBooks for who is of none."""
    if person.organisation is None:
        raise NoBooks(_("You work for no organisation, so there are no books of yours."))
    return person.organisation


def next_to_close(organisation: Organisation) -> dt.date | None:
    """The first day of the month to be closed next; None while nothing is booked."""
    books = Books.objects.filter(organisation=organisation).first()
    if books is None:
        return None
    if books.closed_until is not None:
        return books.closed_until + dt.timedelta(days=1)
    first = _entries_of(organisation).aggregate(first=Min("on"))["first"]
    return first.replace(day=1) if first else None


def closed_until(organisations: Iterable[int]) -> dict[int, dt.date]:
    """Until which day the books of organisations (by id) are closed; the open ones are left out."""
    found = Books.objects.filter(organisation_id__in=set(organisations), closed_until__isnull=False)
    return {row.organisation_id: row.closed_until for row in found if row.closed_until}


def open_day(
    day: dt.date, *, organisation: int, closed: dict[int, dt.date] | None = None
) -> dt.date:
    """The day itself, or the first open one where its month is closed: what is learnt late is booked
    there. For many days give `closed` (see closed_until), read once."""
    found = closed_until([organisation]) if closed is None else closed
    last = found.get(organisation)
    return day if last is None or day > last else last + dt.timedelta(days=1)


def _refuse_unready(month: Month, at: dt.datetime) -> None:
    if month.closed_at is not None:
        raise AlreadyClosed(_("This month is closed already."), month=month.pk)
    if month.last_day >= clock.day_of(at):
        raise NotOver(_("A month is closed when it is over."), month=month.pk)
    if month.first_day != next_to_close(month.organisation):
        raise _not_the_next()
    found = obstacles(organisation=month.organisation, until=month.last_day)
    if found:
        sentences = " ".join(one.sentence for one in found)
        raise InTheWay(
            _("The month cannot be closed yet. %(why)s") % {"why": sentences},
            obstacles=[one.sentence for one in found],
        )


def _not_the_next() -> NotTheNext:
    return NotTheNext(gettext_lazy("Months are closed in order: close the one before it first."))


def _entries_of(organisation: Organisation) -> QuerySet[Entry]:
    accounts = Account.objects.filter(organisation=organisation).values("pk")
    return Entry.objects.filter(transfers__source__in=accounts)
