"""How lists of the API are narrowed and put in order: the same words everywhere, told in OpenAPI.

`?state=placed&state=confirmed` is one of several; `placed_from` and `placed_to` are days in Turin, both
counted; `ordering=-amount` is the largest first. A word that is none is refused, never overlooked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import DateTimeField, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from backend.core import clock
from backend.core.api import DayField

R = TypeVar("R", bound="QuerySet[Any]")


@dataclass(frozen=True)
class Filters:
    """By which fields a list is narrowed and ordered; `ends` come from their names.

    `choices` names fields with their values, `days` fields that hold a day or an instant, `order`
    fields that a list may be ordered by: each is a field of the model itself.
    """

    choices: tuple[tuple[str, Sequence[str]], ...] = ()
    days: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def parameters(self) -> list[OpenApiParameter]:
        """As they stand in the OpenAPI document."""
        chosen = [
            OpenApiParameter(name, str, enum=list(values), many=True, explode=True,
                             description="one of these; may be repeated")
            for name, values in self.choices
        ]  # fmt: skip
        days = [
            OpenApiParameter(f"{_stem(name)}_{end}", OpenApiTypes.DATE, description=words)
            for name in self.days
            for end, words in (("from", "on this day or later"), ("to", "on this day or earlier"))
        ]
        ways = [way for name in self.order for way in (name, f"-{name}")]
        ordering = OpenApiParameter(
            "ordering", str, enum=ways, description="- is the largest first"
        )
        return [*chosen, *days, *([ordering] if ways else [])]

    def narrow(self, rows: R, request: Request) -> R:
        """The rows that were asked for, in the order that was. Raises ValidationError (422)."""
        asked = request.query_params
        for name, values in self.choices:
            if wanted := asked.getlist(name):
                _refuse_others(name, wanted, values)
                rows = rows.filter(**{f"{name}__in": wanted})
        for name in self.days:
            rows = _within(rows, name, asked.get)
        if way := asked.get("ordering", ""):
            _refuse_others("ordering", [way.removeprefix("-")], self.order)
            rows = rows.order_by(way, "-pk" if way.startswith("-") else "pk")
        return rows


def _within(rows: R, name: str, asked: Callable[[str], str | None]) -> R:
    field = rows.model._meta.get_field(name)
    is_instant = isinstance(field, DateTimeField)
    first, last = (_day(f"{_stem(name)}_{end}", asked) for end in ("from", "to"))
    if first:
        rows = rows.filter(**{f"{name}__gte": clock.start_of(first) if is_instant else first})
    if last and is_instant:
        rows = rows.filter(**{f"{name}__lt": clock.end_of(last)})
    elif last:
        rows = rows.filter(**{f"{name}__lte": last})
    return rows


def _day(name: str, asked: Callable[[str], str | None]) -> Any:
    told = asked(name)
    if not told:
        return None
    try:
        return DayField().run_validation(told)
    except ValidationError as problem:
        raise ValidationError({name: problem.detail}) from problem


def _refuse_others(name: str, wanted: Sequence[str], known: Sequence[str]) -> None:
    if set(wanted) - set(known):
        words = _("Choose among: %(known)s.") % {"known": ", ".join(known)}
        raise ValidationError({name: [words]})


def _stem(name: str) -> str:
    return name.removesuffix("_at").removesuffix("_on")
