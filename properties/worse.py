"""What went worse than planned, in sentences: purchases, homes that stand idle, people, targets missed.

Said of what a view tells and of nothing else. What may not be told is named as such, with the reason:
silence would read as if nothing had gone wrong (housing.md 3.13 and P2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from properties import wording
from properties.disclosure import Telling
from properties.years import Aim

Figure = Mapping[str, Any]
Figures = Mapping[str, Figure]
AT_MOST = frozenset(
    {"void_days_median", "void_days_mean", "time_to_home", "evicted", "arrears_ratio", "overburdened",
     "returned_180", "returned_365", "returned_730", "rent_asked", "housing_spending"}
)  # fmt: skip
"""Figures of which less is better: who is above the target of one missed it."""


@dataclass(frozen=True)
class Loss:
    """What a rate says went wrong for people; `is_rest`: what the rate of those who fared well leaves."""

    code: str
    said: Promise | str
    named: Promise | str
    is_rest: bool = False


LOSSES = (
    Loss(
        "kept_the_home",
        _("Households that did not keep the home they lived in when we bought it: %(rate)s."),
        _("households that did not keep their home"), is_rest=True,
    ),
    Loss(
        "positive_exits",
        _("Households that left us, and not for a good home as far as is known: %(rate)s."),
        _("departures to no good home"), is_rest=True,
    ),
    Loss(
        "returned_180",
        _("Households that left for a good home and had none again within 180 days: %(rate)s."),
        _("returns to homelessness"),
    ),
    Loss(
        "returned_365",
        _("Households that left for a good home and had none again after 181 to 365 days: %(rate)s."),
        _("returns to homelessness"),
    ),
    Loss(
        "returned_730",
        _("Households that left for a good home and had none again after 366 to 730 days: %(rate)s."),
        _("returns to homelessness"),
    ),
    Loss("evicted", _("People evicted, of those we housed: %(rate)s."), _("evictions")),
    Loss(
        "plans_kept", _("Repayment plans that are not kept: %(rate)s."),
        _("broken repayment plans"), is_rest=True,
    ),
    Loss("arrears_ratio", _("Rent owed, of a year's rent: %(rate)s."), _("rent owed")),
)  # fmt: skip


def of_purchases(counts: Mapping[str, int]) -> list[str]:
    """Purchases that went wrong, a sentence for each kind."""
    return [wording.setback(kind, count) for kind, count in sorted(counts.items())]


def of_homes(figures: Figures) -> list[str]:
    """Homes that were bought and cannot be lived in yet."""
    acquired, available = (
        figures[code]["shown"]["value"] or 0 for code in ("units_acquired", "units_available")
    )
    idle = acquired - available
    if idle <= 0:
        return []
    sentence = ngettext(
        "%(count)s home that we bought cannot be lived in yet.",
        "%(count)s homes that we bought cannot be lived in yet.",
        idle,
    )
    return [sentence % {"count": idle}]


def of_people(figures: Figures) -> list[str]:
    """What went wrong for people, a sentence for each rate that may be told, and one for all others."""
    told, untold = [], []
    for loss in LOSSES:
        figure = figures.get(loss.code)
        if figure is None:
            continue
        shown = figure["shown"]
        if shown["telling"] not in (Telling.EXACT, Telling.BAND):
            untold.append(str(loss.named))
        elif rate := _rate(loss, shown):
            told.append(str(loss.said) % {"rate": wording.shown({**figure, "shown": rate})})
    return [*told, *_not_told(untold)]


def of_targets(aimed: Iterable[tuple[Figure, Aim]]) -> list[str]:
    """Targets of the year that were missed or given up, and those of which it may not be told."""
    return [sentence for figure, aim in aimed if (sentence := _aimed(figure, aim))]


def _rate(loss: Loss, shown: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The rate of those who fared badly, as far as it is told; None where it is told that there are none."""
    rate = {**shown, **_rest(shown)} if loss.is_rest else shown
    is_none = rate["telling"] == Telling.EXACT and not (rate["value"] or rate["high"])
    return None if is_none else rate


def _rest(shown: Mapping[str, Any]) -> dict[str, int | None]:
    """What a rate leaves of a hundred: its best is the rest's least."""
    if shown["telling"] == Telling.BAND:
        return {"low": 100 - shown["high"], "high": 100 - shown["low"]}
    best = shown["value"] if shown["high"] is None else shown["high"]
    return {"value": 100 - best, "high": 100 - shown["value"]}


def _not_told(things: Iterable[str]) -> list[str]:
    """One sentence that is the same of none and of few: anything else would tell which it is."""
    listed = ", ".join(dict.fromkeys(things))
    if not listed:
        return []
    sentence = gettext(
        "Not told, because somebody could be recognised by a small number, which does not mean that "
        "there were none: %(things)s."
    )
    return [sentence % {"things": listed}]


def _aimed(figure: Figure, aim: Aim) -> str:
    if aim.value is None:
        return _given_up(figure, aim)
    is_missed = misses(figure, aim.value)
    if is_missed is False:
        return ""
    said = {"name": figure["name"], "said": wording.against(figure, aim.value)}
    if is_missed is None:
        return (
            gettext("Whether this target was reached may not be told: %(name)s, %(said)s.") % said
        )
    return gettext("A target was missed: %(name)s, %(said)s.") % said


def _given_up(figure: Figure, aim: Aim) -> str:
    return gettext("A target was given up on %(day)s: %(name)s, %(target)s.") % {
        "day": wording.day(aim.set_on),
        "name": figure["name"],
        "target": wording.aim(figure, aim.first or 0),
    }


def misses(figure: Figure, target: int) -> bool | None:
    """Whether what is told of a figure is short of its target, or above one that is a most.

    Of a range, the part that is certain counts; None where what is told decides nothing.
    """
    least, most = _range(figure["shown"])
    if figure["code"] in AT_MOST:
        return _decided(
            is_missed=least is not None and least > target,
            is_met=most is not None and most <= target,
        )
    return _decided(
        is_missed=most is not None and most < target,
        is_met=least is not None and least >= target,
    )


def _decided(*, is_missed: bool, is_met: bool) -> bool | None:
    return is_missed if is_missed or is_met else None


def _range(shown: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The least and the most that a figure can be, as far as it is told."""
    match shown["telling"]:
        case Telling.EXACT:
            value: int = shown["value"]
            return value, value
        case Telling.FEWER_THAN:
            return 0, shown["high"] - 1
        case Telling.BAND:
            return shown["low"], shown["high"]
        case _:
            return None, None
