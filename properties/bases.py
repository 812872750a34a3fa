"""What each audience's figure rests on: the result of the day, or the one it was told of last.

Pure, over results and what was frozen of them; when a result may be told anew is `indicators.settled`'s.
"""

from collections.abc import Mapping
from typing import Any

from properties import disclosure, indicators
from properties.disclosure import AUDIENCES, Audience
from properties.indicators import Indicator, Result

Bases = dict[str, Result]
"""By audience what a figure rests on."""


def of(
    indicator: Indicator,
    inside: Result,
    abroad: Result,
    last: Mapping[str, Result | None],
    told: Mapping[str, Bases],
) -> Bases:
    """What each audience's figure rests on, given what it rested on when it was told last. Pure.

    The city first, for it reads what all read: the others are told what it was told, or the difference
    of two days would be left between its figure and theirs (P6). `told` are those of the figures before
    this one: a quotient of two is made of them.
    """
    if indicator.quotient:
        over, under = (told[code] for code in indicator.quotient)
        return {name: indicators.quotient(over[name], under[name]) for name in over}
    city = disclosure.CITY.name
    found = {city: indicators.settled(indicator, inside, last.get(city), disclosure.CITY)}
    fresh = found[city] if indicator.is_about_people else abroad
    for each in AUDIENCES:
        if each.name not in found:
            found[each.name] = indicators.settled(indicator, fresh, last.get(each.name), each)
    return found


def told_last(last: Mapping[str, Any], code: str, audience: Audience) -> Result | None:
    """What an audience's figure rested on when it was last published, if it was."""
    for each in last.get("indicators", ()):
        if each["code"] == code and "basis" in each:
            return _result(each["basis"].get(audience.name, each["inside"]))
    return None


def kept(result: Result, inside: Result) -> Result:
    """What is frozen: of a split its cells, and not who stood in which.

    What a household answered goes when its time is over (P18), and nothing reaches into what is frozen.
    """
    return result.without_members() if inside.is_split else result


def _result(frozen: Mapping[str, Any]) -> Result:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list | tuple) else value
        for name, value in frozen.items()
    }
    return Result(**values)
