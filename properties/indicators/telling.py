"""What an audience may see of a result, and when what it was told before still stands. Pure.

Thresholds and suppression are `disclosure`'s; here a result finds the right one.
"""

from collections.abc import Collection
from dataclasses import replace

from properties import disclosure
from properties.disclosure import WITHHELD, Audience, Shown, Telling
from properties.indicators.shapes import About, Indicator, Result, Unit

MONEY = (Unit.EUR, Unit.EUR_MONTH)
COUNTS = (Unit.PEOPLE, Unit.HOUSEHOLDS)
STEPS = {Unit.EUR: disclosure.SPARED_STEP, Unit.EUR_MONTH: 1_000}
"""Cents to which the ends of a range are told: of rents, tens of euro, as they are computed."""
AMOUNTS = (*MONEY, Unit.PERCENT)
"""Sums, means and rates of money: one who moves much would be told by what they move it."""
FEW_TIMES = 20
"""Of so many times k, two rates in steps of five leave more than k differences of their numbers."""
UNTOLD = (Telling.WITHHELD, Telling.FEWER_THAN)


def tell(indicator: Indicator, result: Result, audience: Audience) -> Shown:
    """What an audience may see; money and homes are not about people (but see P27)."""
    if not indicator.is_about_people:
        return _thing(indicator, result)
    sensitive = indicator.about is About.SENSITIVE
    if indicator.unit is Unit.DAYS:
        # A home that stood empty twice hides nobody twice.
        if result.size < audience.k:
            return WITHHELD
        return disclosure.waiting_time(result.each, result.value, audience=audience)
    if indicator.unit is Unit.MEAN_PEOPLE:
        return _size(result, audience)
    if result.cells:
        return _cell(indicator, result, audience, sensitive)
    if indicator.unit in COUNTS:
        return _sum_of(result, audience, sensitive)
    return _of_amounts(indicator, result)


def behind(indicator: Indicator, result: Result, audience: Audience) -> Shown:
    """How many homes or households an audience may know to stand behind a figure."""
    if not indicator.is_about_people:
        return disclosure.exact(result.size)
    sensitive = indicator.about is About.SENSITIVE
    return disclosure.members(result.size, audience=audience, sensitive=sensitive)


def settled(indicator: Indicator, now: Result, last: Result | None, audience: Audience) -> Result:
    """The result to tell from: what was told last stands until enough people moved (P6, P10).

    A figure that changes with one household tells of it. So at least k of those it rests on must
    have come, gone or changed, and every cell must have moved by k or not at all.
    """
    if last is None or not indicator.is_about_people:
        return now
    if not now.cells and tell(indicator, last, audience).telling in UNTOLD:
        return now  # nothing was told that a difference could be taken from
    k = audience.k_sensitive if indicator.about is About.SENSITIVE else audience.k
    if now.cells or indicator.unit in COUNTS:
        return now if is_far(now, last, k=k) else last
    moved = _moved(now, last)
    is_spread = indicator.unit not in AMOUNTS or disclosure.is_spread(moved)
    return now if len(moved) >= k and is_spread else last


def is_far(now: Result, last: Result, *, k: int) -> bool:
    """Whether k or more moved between two counts, and every cell by k or not at all.

    Of a split its cells alone say so: who comes, goes or changes moves no cell by more than one. So
    nobody need keep who stood in which.
    """
    steps = _steps(now, last)
    if any(0 < step < k for step in steps):
        return False
    return any(steps) if now.is_split else len(_moved(now, last)) >= k


def _moved(now: Result, last: Result) -> list[int]:
    """By how much each of those moved who came, went or changed."""
    before, after = last.contributions(), now.contributions()
    return [
        after.get(one, 0) - before.get(one, 0)
        for one in before.keys() | after.keys()
        if before.get(one) != after.get(one)
    ]


def _steps(now: Result, last: Result) -> list[int]:
    pairs = zip(now.cells or (now.value,), last.cells or (last.value,), strict=False)
    return [abs(after - before) for after, before in pairs]


def _thing(indicator: Indicator, result: Result) -> Shown:
    if indicator.unit is Unit.LIST:
        parts = tuple(zip(result.labels, result.cells, strict=True))
        return Shown(Telling.EXACT, value=result.value, parts=parts)
    if indicator.unit is Unit.PERCENT:
        return disclosure.exact(_percent(result.value, result.of)) if result.of else WITHHELD
    # Money, and what each fund paid of it.
    parts = tuple(zip(result.labels, result.cells, strict=True))
    return replace(disclosure.exact(result.value), parts=parts)


def _size(result: Result, audience: Audience) -> Shown:
    """A mean of two counts is told when both are: it would tell the one by the other."""
    both = (sum(result.each), len(result.each))
    counts = [disclosure.count(value, audience=audience) for value in both]
    told = all(one.telling is Telling.EXACT for one in counts)
    return disclosure.exact(result.value) if told else WITHHELD


def _sum_of(result: Result, audience: Audience, sensitive: bool) -> Shown:
    """A count; where households put in more than one each, it must come from k of them."""
    givers = sum(each != 0 for each in result.each) if result.each else result.size
    shown = disclosure.count(result.value, audience=audience, sensitive=sensitive)
    k = audience.k_sensitive if sensitive else audience.k
    return WITHHELD if shown.telling is Telling.EXACT and givers < k else shown


def _cell(indicator: Indicator, result: Result, audience: Audience, sensitive: bool) -> Shown:
    k = audience.k_sensitive if sensitive else audience.k
    # Five people evicted may be one family: what few households put in is hidden like a few.
    few = {place for place, givers in enumerate(result.givers) if givers < k}
    total, shown = disclosure.parts(result.cells, audience=audience, sensitive=sensitive, never=few)
    picked = [shown[place] for place in result.picks]
    is_told = all(one.telling is Telling.EXACT for one in picked)
    if indicator.unit is Unit.LIST:
        return _places(result, audience, total)
    if indicator.unit in COUNTS:
        if total.telling is not Telling.EXACT:
            return total
        return disclosure.exact(result.value) if is_told else WITHHELD
    if indicator.unit is Unit.SCORE:
        told = all(one.telling is Telling.EXACT for one in shown)
        return disclosure.exact(result.value) if told else WITHHELD
    return _rate(result, audience, shown, is_told and total.telling is Telling.EXACT)


def _places(result: Result, audience: Audience, total: Shown) -> Shown:
    """Each place that may be told, with the total; a place that is not picked is always hidden."""
    never = set(range(len(result.cells))) - set(result.picks)
    shown = _told_apart(result.cells, audience, never)
    hidden = [place for place, one in enumerate(shown) if one.value is None]
    told = [place for place in range(len(shown)) if place not in hidden]
    # Who knows where homes stand knows the empty places: they hide nobody, so two others must be hidden.
    if told and sum(bool(result.cells[place]) for place in hidden) == 1:
        smallest = min(told, key=lambda place: result.cells[place])
        shown = _told_apart(result.cells, audience, never | {smallest})
    parts = tuple(
        (label, one.value)
        for label, one in zip(result.labels, shown, strict=True)
        if one.value is not None
    )
    return replace(total, parts=parts) if total.telling is Telling.EXACT else total


def _told_apart(
    cells: tuple[int, ...], audience: Audience, never: Collection[int]
) -> tuple[Shown, ...]:
    _total, shown = disclosure.parts(cells, audience=audience, never=never)
    return shown


def _rate(result: Result, audience: Audience, shown: tuple[Shown, ...], is_told: bool) -> Shown:
    of = result.of or 0
    if of < disclosure.RATE_DENOMINATOR:
        return WITHHELD
    if not is_told or _tells_of_few_lost(result, audience):
        # Two hidden rates of one split would narrow each other: only that of one cell is a band.
        lone = len(result.picks) == 1
        return disclosure.band(result.value, of, audience=audience) if lone else WITHHELD
    value = disclosure.percent(result.value, of)
    unsure = result.unsure
    if unsure is None or result.high is None or shown[unsure].telling is not Telling.EXACT:
        return disclosure.exact(value)
    best = disclosure.percent(result.high, of if result.high_of is None else result.high_of)
    return Shown(Telling.EXACT, value=value, low=value, high=best)


def _tells_of_few_lost(result: Result, audience: Audience) -> bool:
    """Whether beside the window before, told now or when the same were due, it would tell how few were
    lost since; of many a rate is too coarse for that."""
    lost, few = result.lost or 0, FEW_TIMES * audience.k
    return 0 < lost < audience.k and (result.of or 0) < few


def _of_amounts(indicator: Indicator, result: Result) -> Shown:
    """Sums and means of money, and rates made of them."""
    if not disclosure.is_safe_amount(result.each):
        return WITHHELD
    if indicator.unit is Unit.PERCENT:
        return disclosure.exact(_percent(result.value, result.of)) if result.of else WITHHELD
    if result.high is not None:
        return disclosure.wide_band(result.value, result.high, step=STEPS[indicator.unit])
    return disclosure.exact(result.value)


def _percent(value: int, of: int | None) -> int:
    return round(100 * value / of) if of else 0
