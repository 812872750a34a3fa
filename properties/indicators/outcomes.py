"""What became of people: kept, sustained, left well, came back (numbers 19 to 23 of 3.3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from properties.indicators import shapes, sustainment, windows
from properties.indicators.facts import Facts, Outcome, Stay
from properties.indicators.people import housed
from properties.indicators.shapes import About, Indicator, Result, Unit
from properties.indicators.sustainment import End, Spell

RETURNS = ((0, 180), (181, 365), (366, 730))
"""Days after a good exit: the windows of HUD SPM 2."""

LOOK_BACK_DAYS = 730


def _begun(facts: Facts, as_of: date) -> list[Stay]:
    return [stay for stay in facts.stays if stay.starts_on <= as_of]


def kept_the_home(facts: Facts, as_of: date) -> Result:
    """Of the households found in a home when it was bought, and closed: those that kept it.

    Closed is who was asked since, or has left it, asked or not. The newest word counts (HUD W5.1 = 1
    for every code that begins with KEPT); who died or is in care is in no rate (3.2).
    """
    last = {stay.household: stay for stay in _begun(facts, as_of) if stay.is_kept}
    told = windows.told(facts, as_of)
    since = {who: _since(facts)[who] for who in last}
    words = {who: [one for one in told.get(who, ()) if one.on >= since[who]] for who in last}
    kept = {who: _kept(stay, words[who], as_of) for who, stay in last.items()}
    cells = {who: KEPT.index(end) for who, end in kept.items() if end in KEPT}
    return shapes.split(cells, len(KEPT), unsure=KEPT.index(End.UNKNOWN))


KEPT = (End.SUSTAINED, End.NEGATIVE_END, End.UNKNOWN)
"""The cells of number 19: kept it, lost or left it, asked in vain."""


def _kept(stay: Stay, words: list[Outcome], as_of: date) -> End | None:
    """How it stands with a home that was to be kept; None where nobody was asked yet."""
    newest = max(words, key=lambda one: one.on, default=None)
    if newest and sustainment.judged(newest) is End.EXCLUDED:
        return End.EXCLUDED
    if not stay.is_on(as_of):
        return End.NEGATIVE_END
    if newest is None:
        return None
    if newest.code == "UNKNOWN":
        return End.UNKNOWN
    return End.SUSTAINED if newest.code.startswith("KEPT_") else End.NEGATIVE_END


def _since(facts: Facts) -> dict[int, date]:
    """By household the first day that it lived in a home of ours."""
    return facts.once("since", lambda: _first_days(facts))


def _first_days(facts: Facts) -> dict[int, date]:
    first: dict[int, date] = {}
    for stay in facts.stays:
        first[stay.household] = min(first.get(stay.household, stay.starts_on), stay.starts_on)
    return first


def exits(facts: Facts, as_of: date) -> dict[int, tuple[Spell, End]]:
    """By household its last spell that is over, and how it ended as far as is known."""
    return facts.once(("exits", as_of), lambda: _exits(facts, as_of))


def _exits(facts: Facts, as_of: date) -> dict[int, tuple[Spell, End]]:
    told = windows.told(facts, as_of)
    found = {}
    for who, spells in windows.spells(facts).items():
        over = [one for one in spells if one.ends_on is not None and one.ends_on <= as_of]
        if over:
            found[who] = (over[-1], _judged(over[-1], told.get(who, [])))
    return found


def _judged(spell: Spell, told: list[Outcome]) -> End:
    """What is first known after leaving: what comes later is a return, not the exit."""
    if spell.ends_on is None:
        return End.SUSTAINED
    after = [one for one in told if one.on >= spell.ends_on]
    if after:
        return sustainment.judged(min(after, key=lambda one: one.on))
    return sustainment.last_word(spell, spell.ends_on, told)


def positive_exits(facts: Facts, as_of: date) -> Result:
    """Who could not be asked left badly in the worst case, and is out of the best one (3.2)."""
    cells = {
        who: windows.ENDS.index(end)
        for who, (_spell, end) in exits(facts, as_of).items()
        if end in windows.ENDS
    }
    picked = windows.ENDS.index(End.POSITIVE_MOVE)
    told = shapes.split(cells, len(windows.ENDS), picks=(picked,), unsure=windows.UNSURE)
    known = len(cells) - told.cells[windows.UNSURE]
    return replace(told, high=told.value, high_of=known) if known else told


def _returns(window: int) -> Callable[[Facts, date], Result]:
    def compute(facts: Facts, as_of: date) -> Result:
        told = windows.told(facts, as_of)
        cells = {
            who: _window(left_on, told.get(who, []))
            for who, left_on in _good_exits(facts, as_of).items()
        }
        return shapes.split(cells, len(RETURNS) + 1, picks=(window,))

    return compute


def _good_exits(facts: Facts, as_of: date) -> dict[int, date]:
    """By household the day of its first good exit two years ago or earlier.

    Whether it came back to us since changes nothing of it: that may be the return itself.
    """
    return facts.once(("good_exits", as_of), lambda: _first_good_exits(facts, as_of))


def _first_good_exits(facts: Facts, as_of: date) -> dict[int, date]:
    told, long_ago = windows.told(facts, as_of), as_of - timedelta(days=LOOK_BACK_DAYS)
    found: dict[int, date] = {}
    for who, spells in windows.spells(facts).items():
        left = (one for one in spells if one.ends_on is not None and one.ends_on <= long_ago)
        for spell in left:
            if spell.ends_on and _judged(spell, told.get(who, [])) is End.POSITIVE_MOVE:
                found.setdefault(who, spell.ends_on)
    return found


def _window(left_on: date, told: list[Outcome]) -> int:
    """The place of the window in which somebody is without a home again; the last place is never."""
    days = sorted(
        (one.on - left_on).days
        for one in told
        if one.code in ("HOMELESS", "TEMP_ACCOM") and one.on >= left_on
    )
    places = (
        place for place, (first, last) in enumerate(RETURNS) if days and first <= days[0] <= last
    )
    return next(places, len(RETURNS))


def evicted(facts: Facts, as_of: date) -> Result:
    """People of evicted households, of the people housed. Each puts in its people, below zero if not.

    Evicted since they first lived with us: what another landlord did before is not ours.
    """
    people, since = housed(facts, as_of), _since(facts)
    out = {
        one.household
        for one in facts.evictions
        if one.household in people and since[one.household] <= one.on <= as_of
    }
    members = tuple(sorted(people))
    each = tuple(people[who] if who in out else -people[who] for who in members)
    cells = (sum(n for n in each if n > 0), -sum(n for n in each if n < 0))
    givers = (len(out), len(people) - len(out))
    return Result(cells[0], of=sum(cells), members=members, each=each, cells=cells, givers=givers)


EVIDENCE = windows.EVIDENCE

ROWS = (
    Indicator(
        "19", "kept_the_home", "HUD W5.1", Unit.PERCENT,
        _("Kept their home"),
        _("Of the households living in a home when it was bought that were asked since or have left it: "
          "those who kept it. Who died or is in care is left out; the bound counts who could not be "
          "found as well."),
        kept_the_home, About.PEOPLE,
    ),
    Indicator(
        "21", "positive_exits", "HUD APR Q23c", Unit.PERCENT,
        _("Left for a good home"),
        _("Of the households that left and are neither dead nor in care: those who left for a good "
          "home. The bounds count who could not be asked as badly, or leave them out."),
        positive_exits, About.PEOPLE,
    ),
    Indicator(
        "22a", "returned_180", "HUD SPM 2", Unit.PERCENT,
        _("Without a home again within 180 days"),
        _("Of the households that left for a good home two years ago or earlier."),
        _returns(0), About.PEOPLE,
    ),
    Indicator(
        "22b", "returned_365", "HUD SPM 2", Unit.PERCENT,
        _("Without a home again after 181 to 365 days"),
        _("Of the households that left for a good home two years ago or earlier."),
        _returns(1), About.PEOPLE,
    ),
    Indicator(
        "22c", "returned_730", "HUD SPM 2", Unit.PERCENT,
        _("Without a home again after 366 to 730 days"),
        _("Of the households that left for a good home two years ago or earlier."),
        _returns(2), About.PEOPLE,
    ),
    Indicator(
        "23", "evicted", "IRIS PI6303", Unit.PERCENT,
        _("Evicted"),
        _("People removed by enforcement since they lived with us, of the people housed."),
        evicted, About.PEOPLE,
    ),
)  # fmt: skip
