"""What was told of homes before some figures are frozen: groups, homes counted, the figures they follow.

Figures of a day follow those of the same day or earlier, though others were published since: a
restatement of the first quarter that knew the groups of the second would tell, by the difference, the
price of what was bought between them (housing.md P6, P27). What later days told stays apart instead.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from backend.core.models import Organisation
from properties import groups
from properties.groups import Told
from properties.models import Snapshot


@dataclass(frozen=True)
class Before:
    """What new figures must agree with; `later` are homes that only figures of later days told of."""

    last: Mapping[str, Any] = field(default_factory=dict)
    last_handed_in: Mapping[str, Any] = field(default_factory=dict)
    """The same for the city, which reads figures before they are published."""
    groups: Mapping[int, list[Told]] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    later: frozenset[int] = frozenset()

    def of(self, is_city: bool) -> Mapping[str, Any]:
        """The figures that a reader saw last."""
        return self.last_handed_in if is_city else self.last


@dataclass(frozen=True)
class Publication:
    """Of published figures the day, the groups of each fund, and the homes counted."""

    as_of: dt.date
    raises: Iterable[Mapping[str, Any]]
    homes: frozenset[int]


def before(organisation: Organisation, *, as_of: dt.date) -> Before:
    """All that was published of an issuer, as the figures of a day must know it."""
    published = Snapshot.objects.filter(organisation=organisation, state=Snapshot.State.PUBLISHED)
    rows = published.order_by("published_at", "pk").values_list(
        "as_of", "data__raises", "data__homes_told"
    )
    last = published.filter(as_of__lte=as_of).order_by("as_of", "version").last()
    handed_in = Snapshot.objects.filter(organisation=organisation, as_of__lte=as_of).exclude(
        state=Snapshot.State.DRAFT
    )
    newest = handed_in.order_by("as_of", "version").last()
    found = [Publication(day, raises or (), frozenset(homes or ())) for day, raises, homes in rows]
    return replace(
        gathered(found, as_of=as_of),
        last=last.data if last else {},
        last_handed_in=newest.data if newest else {},
    )


def gathered(published: Iterable[Publication], *, as_of: dt.date) -> Before:
    """The same of values: groups in the order in which they were told, each once."""
    kept: dict[int, dict[frozenset[int], Told]] = {}
    counted: set[int] = set()
    elsewhere: set[int] = set()
    for one in published:
        (counted if one.as_of <= as_of else elsewhere).update(one.homes)
        for fund, told in _groups(one):
            if told.until <= as_of:
                kept.setdefault(fund, {}).setdefault(told.homes, told)
            else:
                elsewhere |= told.homes
    grouped = {home for told in kept.values() for homes in told for home in homes}
    return Before(
        groups={fund: _numbered(told.values()) for fund, told in kept.items()},
        counted=frozenset(counted),
        later=frozenset(elsewhere - counted - grouped),
    )


def _groups(one: Publication) -> Iterable[tuple[int, Told]]:
    for each in one.raises:
        for told in groups.from_json(each["groups"]):
            yield each["fund"], told


def _numbered(told: Iterable[Told]) -> list[Told]:
    return [Told(number, one.homes, one.until) for number, one in enumerate(told, start=1)]
