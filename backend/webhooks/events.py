"""What others may be told of: states that a kind of record moves into, and acts that owners name.

Each app registers its own (`register`, in its wiring). Most events are audit rows of such records, so
no rule tells the world anything itself; what follows from money alone is told by `tell`. Homes' people
are no source: nobody outside hears of a household.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from backend.core import audit, jobs, tones
from backend.core.models import AuditEvent
from backend.webhooks.models import Delivery, Event, Webhook

JOB = "webhook.deliver"
MOVED = "state.moved"
ALL = "*"


@dataclass(frozen=True)
class Source:
    """A kind of record that others may follow: `pledge`, whose it is, and by what it is known.

    `organisation` and `names` are paths of the ORM; `acts` are audit actions, or told by the owner.
    """

    model: type[Model]
    noun: str
    organisation: str
    names: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, str | Promise] = field(default_factory=dict)

    @cached_property
    def types(self) -> dict[str, str | Promise]:
        """The types of its events with their words: each state that is moved into, and the acts."""
        moves: Mapping[str, frozenset[str]] = getattr(self.model, "MOVES", {})
        reached = sorted({str(state) for after in moves.values() for state in after})
        states = {self.type_of(state): self._word(state) for state in reached}
        return {**states, **self.acts}

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    def type_of(self, state: str) -> str:
        return f"{self.noun}.{state.lower()}"

    def _word(self, state: str) -> str | Promise:
        choices = dict(self.model._meta.get_field("state").flatchoices)  # type: ignore[union-attr]
        return choices.get(state) or tones.label_of(state)


@dataclass(frozen=True)
class Happened:
    """Something to be told once, by its key; `state` and `before` where it was a move."""

    source: Source
    type: str
    pk: int
    key: str
    state: str = ""
    before: str = ""


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    """Let others follow records of these kinds."""
    _sources.update({source.model._meta.label_lower: source for source in sources})


def sources() -> list[Source]:
    """All kinds that may be followed, by name."""
    return sorted(_sources.values(), key=lambda source: source.noun)


def types() -> dict[str, str | Promise]:
    """Every type of event, with its words."""
    return {name: words for source in sources() for name, words in source.types.items()}


def patterns() -> set[str]:
    """What a webhook may ask for: a type, all of a noun (`pledge.*`), or everything (`*`)."""
    return {ALL, *types(), *(f"{source.noun}.*" for source in sources())}


def heard_as(name: str) -> set[str]:
    """The patterns under which a type of event is heard. Pure."""
    return {ALL, name, f"{name.split('.')[0]}.*"}


def follow(rows: Sequence[AuditEvent]) -> None:
    """Tell of audit rows that were just written, in their transaction (core.audit calls it)."""
    happened = [one for row in rows for one in _of_row(row)]
    if happened:
        tell(happened, at=rows[0].at)


def tell(happened: Sequence[Happened], *, at: dt.datetime) -> None:
    """Have whoever asked for it told after the commit; told again under a key it is no news."""
    heard = {name for one in happened for name in heard_as(one.type)}
    hooks = list(Webhook.objects.filter(disabled_at=None, events__overlap=sorted(heard)))
    if hooks:
        deliver(hooks, _new_events(happened, hooks, at), at=at)


def happened(record: Model, act: str, *, key: str) -> Happened:
    """An act of a record, for `tell`."""
    return Happened(_sources[audit.kind_of(record)], act, record.pk, key)


def deliver(hooks: Sequence[Webhook], events: Sequence[Event], *, at: dt.datetime) -> None:
    """Put events on their way to those of the webhooks that hear them."""
    rows = [
        Delivery(webhook=hook, event=event, next_try_at=at)
        for event in events
        for hook in hooks
        if hook.organisation_id == event.organisation_id and _hears(hook, event)
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        wake()


def wake() -> None:
    """Have what is due sent once the present transaction has committed."""
    jobs.wake(JOB)


def _hears(hook: Webhook, event: Event) -> bool:
    return bool(heard_as(event.type) & set(hook.events)) or event.type.startswith("webhook.")


def _of_row(row: AuditEvent) -> Iterator[Happened]:
    source = _sources.get(row.subject_kind)
    if source is None:
        return
    is_move = row.action == MOVED
    name = source.type_of(row.state_after) if is_move else row.action
    if name in source.types:
        state = row.state_after if is_move else ""
        key = f"audit:{row.pk}"
        yield Happened(source, name, int(row.subject_id), key, state, row.state_before)


def _new_events(
    happened: Sequence[Happened], hooks: Sequence[Webhook], at: dt.datetime
) -> list[Event]:
    """The events whose organisation has somebody told, kept once."""
    wanted = {hook.organisation_id for hook in hooks}
    rows = [
        Event(key=one.key, organisation_id=known["organisation"], type=one.type, at=at, data=data)
        for source in {one.source.noun: one.source for one in happened}.values()
        for one, known, data in _told(source, [each for each in happened if each.source is source])
        if known["organisation"] in wanted
    ]
    Event.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Event.objects.filter(key__in=[row.key for row in rows]).order_by("pk"))


def _told(
    source: Source, happened: Sequence[Happened]
) -> Iterator[tuple[Happened, dict[str, Any], dict[str, Any]]]:
    paths = {"organisation": source.organisation, **source.names}
    rows = source.model._default_manager.filter(pk__in={one.pk for one in happened})
    known = {
        row[0]: dict(zip(paths, row[1:], strict=True))
        for row in rows.values_list("pk", *paths.values())
    }
    for one in happened:
        if one.pk in known:
            names = {name: _plain(known[one.pk][name]) for name in source.names}
            yield one, known[one.pk], {"id": one.pk, **names, **_states(one)}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def _states(one: Happened) -> dict[str, str]:
    if not one.state:
        return {}
    return {"state": one.state, "previous_state": one.before}
