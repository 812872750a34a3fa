"""What changed between two frozen views, and why, for who reviews them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

View = Mapping[str, Any]


class Why(StrEnum):
    """The reason of a difference, the most telling first."""

    RESTATED = "restated"
    FORMULA = "formula"
    NEW = "new"
    NOW_TOLD = "now_told"
    NO_LONGER_TOLD = "no_longer_told"
    EVENTS = "events"


@dataclass(frozen=True)
class Difference:
    """A figure that is shown otherwise than before; `then` is None where it was not there."""

    code: str
    now: View
    then: View | None
    why: Why


def of(now: View, before: View | None, *, is_restated: bool = False) -> dict[str, Difference]:
    """The figures of a view that changed since an earlier one, by code."""
    then = {each["code"]: each["shown"] for each in (before or {}).get("indicators", ())}
    other_formulas = before is not None and before["formulas"] != now["formulas"]
    return {
        each["code"]: Difference(
            each["code"],
            each["shown"],
            then.get(each["code"]),
            _why(each["shown"], then.get(each["code"]), is_restated, other_formulas),
        )
        for each in now["indicators"]
        if each["shown"] != then.get(each["code"])
    }


def _why(now: View, then: View | None, is_restated: bool, other_formulas: bool) -> Why:
    if then is None:
        return Why.NEW
    if is_restated or other_formulas:
        return Why.RESTATED if is_restated else Why.FORMULA
    was, is_now = then["telling"] == "exact", now["telling"] == "exact"
    if was != is_now:
        return Why.NOW_TOLD if is_now else Why.NO_LONGER_TOLD
    return Why.EVENTS


def new_groups(now: View, before: View | None) -> list[View]:
    """Groups of homes told of since, and those that are told of again because they were sold."""
    known = {
        (each["campaign"], group["number"], group.get("sold", False))
        for each in (before or {}).get("raises", ())
        for group in each["groups"]
    }
    return [
        group
        for each in now["raises"]
        for group in each["groups"]
        if (each["campaign"], group["number"], group.get("sold", False)) not in known
    ]


def new_setbacks(now: View, before: View | None) -> dict[str, int]:
    """What went wrong with purchases since, by kind."""
    then = (before or {}).get("setbacks", {})
    grown = {kind: count - then.get(kind, 0) for kind, count in now["setbacks"].items()}
    return {kind: count for kind, count in grown.items() if count > 0}
