"""Behind a figure: the homes or households that it counts, each of them that a person may see.

For those who work with them. What leaves the house is suppressed and frozen in snapshots. Of a trait
that is sensitive nothing is told here: of two days its sums would tell what one household answered.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import Forbidden, Missing
from backend.core.models import Organisation, User
from properties import figures, wording
from properties.indicators import BY_CODE, REGISTRY, Indicator, Result
from properties.indicators.shapes import About
from properties.models import Household, Unit

LIMIT = 500
"""How many are listed; the figure counts them all."""

OF_HOMES = frozenset({"void_days_median", "void_days_mean"})


class NoSuchIndicator(Missing):
    code = "indicator.not_found"


class NotListed(Forbidden):
    code = "indicator.not_listed"


@dataclass(frozen=True, slots=True)
class Live:
    """An indicator and what it comes to on a day, inside; None where published figures alone tell it."""

    indicator: Indicator
    result: Result | None

    @property
    def count(self) -> int | None:
        return len(self.result.members) if self.result else None

    @property
    def is_suppressed(self) -> bool:
        return self.result is None


@dataclass(frozen=True, slots=True)
class Member:
    """One home or household behind a figure, and what it put in."""

    kind: str
    id: int
    code: str
    contribution: int


def find(code: str) -> Indicator:
    """The indicator of a code. Raises NoSuchIndicator."""
    if code not in BY_CODE:
        raise NoSuchIndicator(_("There is no such indicator."), indicator=code)
    return BY_CODE[code]


def all_of(organisation: Organisation, *, as_of: dt.date) -> list[Live]:
    """Every indicator of an issuer as of a day; the facts are read once (P13, P24)."""
    facts = figures.facts(organisation, as_of=as_of)
    return [
        Live(each, each.compute(facts, as_of) if is_listed(each) else None) for each in REGISTRY
    ]


def behind(indicator: Indicator, *, person: User, as_of: dt.date) -> list[Member]:
    """Who or what a figure counts, by code; of households only those that the person may see.

    Raises NotListed for a sensitive trait: the place of each would be its answer (P13, P22).
    """
    if not is_listed(indicator):
        raise NotListed(
            _("Nobody is listed behind this figure: it would tell what each household answered."),
            indicator=indicator.code,
        )
    if person.organisation is None:
        return []
    facts = figures.facts(person.organisation, as_of=as_of)
    put_in = indicator.compute(facts, as_of).contributions()
    kind = kind_of(indicator)
    found = {
        "home": _homes,
        "household": _households,
    }[kind](person, list(put_in))
    rows = [Member(kind, pk, code, put_in[pk]) for pk, code in found.items()]
    return sorted(rows, key=lambda row: row.code)[:LIMIT]


def counted_over(figure: Mapping[str, Any]) -> str:
    """Over how many homes or households a view's figure is counted, as far as it may be told."""
    shown = figure["behind"]
    if shown is None or shown["value"] == 0:
        return ""
    return wording.behind(shown, kind_of(BY_CODE[figure["code"]]))


def is_listed(indicator: Indicator) -> bool:
    """Whether those behind an indicator may be named one by one."""
    return indicator.about is not About.SENSITIVE


def kind_of(indicator: Indicator) -> str:
    """Of what the members of an indicator are."""
    is_household = indicator.is_about_people and indicator.code not in OF_HOMES
    return "household" if is_household else "home"


def _homes(person: User, ids: list[int]) -> dict[int, str]:
    return dict(Unit.objects.visible_to(person).filter(pk__in=ids).values_list("pk", "code"))


def _households(person: User, ids: list[int]) -> dict[int, str]:
    return dict(Household.objects.visible_to(person).filter(pk__in=ids).values_list("pk", "code"))
