"""Moves between states. A model that has states carries `state` and `MOVES`, the dict of allowed moves.

The update is conditional on the state it starts from, so of two who move at once one loses and is told.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Conflict
from backend.core.models import AuditEvent
from backend.core.users import Actor

Moves = dict[str, frozenset[str]]


class Stateful(Protocol):
    MOVES: ClassVar[Moves]
    state: Any
    pk: Any


M = TypeVar("M", bound=models.Model)


class WrongState(Conflict):
    code = "state.wrong"


def may_move(record: Stateful, to: str) -> bool:
    """Whether the dict of moves knows this step."""
    return to in record.MOVES.get(record.state, frozenset())


def move(*, record: M, to: str, by: Actor, at: dt.datetime, reason: str = "") -> M:
    """Move one record (see move_many)."""
    move_many(records=[record], to=to, by=by, at=at, reason=reason)
    return record


def move_many(
    *, records: Sequence[M], to: str, by: Actor, at: dt.datetime, reason: str = ""
) -> None:
    """Move records of one model to a state and write an audit row each, in one transaction.

    Raises WrongState, and moves none, when a move is not in the dict or somebody else moved first.
    """
    if not records:
        return
    model = type(records[0])
    with transaction.atomic():
        events = []
        for before, group in _by_state(records).items():
            _refuse_unknown(group, to)
            ids = [record.pk for record in group]
            won = model._default_manager.filter(pk__in=ids, state=before).update(state=to)
            if won != len(group):
                raise WrongState(
                    _("Somebody else changed this in the meantime. Look again."),
                    ids=ids,
                    to=to,
                )
            events += [_event(record, before, to, by, at, reason) for record in group]
        audit.write(events)
    for record in records:
        record.state = to  # type: ignore[attr-defined]  # a Stateful model; typed as Model for its manager


def _by_state(records: Sequence[M]) -> dict[str, list[M]]:
    groups: dict[str, list[M]] = {}
    for record in records:
        groups.setdefault(record.state, []).append(record)  # type: ignore[attr-defined]  # as above
    return groups


def _refuse_unknown(group: Sequence[Any], to: str) -> None:
    if not may_move(group[0], to):
        raise WrongState(
            _("This cannot go from “%(before)s” to “%(to)s”.")
            % {"before": group[0].state, "to": to},
            subject=audit.kind_of(group[0]),
            ids=[record.pk for record in group],
        )


def _event(
    record: models.Model, before: str, to: str, by: Actor, at: dt.datetime, reason: str
) -> AuditEvent:
    return AuditEvent(
        at=at,
        by=users.person(by),
        by_label=users.label(by),
        action="state.moved",
        subject_kind=audit.kind_of(record),
        subject_id=str(record.pk),
        state_before=before,
        state_after=to,
        reason=reason,
    )
