"""Who was shown who an investor is: tax code, birth, account. Every showing to others leaves a trace.

The rows are those of the log of access (core's trail keeps them two years); what one sees of oneself,
and of whom one acts for, is no such showing (backend/decisions/investors-are-sealed.md).
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Model, QuerySet

from backend.core import audit, roles
from backend.core.models import AuditEvent, User
from investors.models import Investor

ACTION = audit.SHOWN


def note(*, investors: Iterable[Investor], place: str, by: User, at: dt.datetime) -> None:
    """Write down that a person was shown who some investors are, a row each in one statement; `place` is
    where. Nothing of those for whom they act."""
    shown = list(investors)
    if not shown or not roles.may(by, "investor.view"):
        return
    own = set(Investor.objects.acted_for_by(by).values_list("pk", flat=True))
    others = [each for each in shown if each.pk not in own]
    audit.record_many(
        action=ACTION, subjects=others, by=by, at=at, facts_of=lambda _one: {"place": place}
    )


def note_list(*, subject: Model, people: int, place: str, by: User, at: dt.datetime) -> None:
    """Write down that a person was handed a whole list of investors, in one row about its subject."""
    facts = {"place": place, "people": people}
    audit.record(action=ACTION, subject=subject, by=by, at=at, facts=facts)


def of(investor: Investor) -> QuerySet[AuditEvent]:
    """Who was shown who an investor is, the newest first."""
    return audit.history(investor).filter(action=ACTION).order_by("-id")
