"""Who is still with us half a year, a year, two years on (number 20 of 3.3): the windows as figures.

How a spell stands on a day is `sustainment`'s; here its windows become splits that may be told.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from properties.indicators import shapes, sustainment
from properties.indicators.facts import Facts, Outcome
from properties.indicators.shapes import About, Indicator, Result, Unit
from properties.indicators.sustainment import End, Spell

ENDS = (End.SUSTAINED, End.POSITIVE_MOVE, End.UNKNOWN, End.NEGATIVE_END)
"""The cells of sustainment and exits; who died or is in care is in none (3.2, HUD's rule)."""
UNSURE = ENDS.index(End.UNKNOWN)


def _sustained(months: int, picks: tuple[int, ...]) -> Callable[[Facts, date], Result]:
    def compute(facts: Facts, as_of: date) -> Result:
        ends = _cohort(facts, as_of, months).ends
        cells = {who: ENDS.index(end) for who, end in ends.items() if end in ENDS}
        found = shapes.split(cells, len(ENDS), picks=picks, unsure=UNSURE)
        # All whose day has come stand behind it, also those left out: the fewer would tell how many.
        return replace(found, counted=len(ends), lost=_lost(facts, as_of, months))

    return compute


def _lost(facts: Facts, as_of: date, months: int) -> int | None:
    """How many were with us at the end of the window before, and are so no longer at this one's."""
    windows = list(sustainment.WINDOWS)
    place = windows.index(months)
    if not place:
        return None
    before = _cohort(facts, as_of, windows[place - 1]).ends
    ends = _cohort(facts, as_of, months).ends
    stayed = [who for who in ends if before[who] is End.SUSTAINED]
    return sum(ends[who] is not End.SUSTAINED for who in stayed)


def _not_due(months: int) -> Callable[[Facts, date], Result]:
    def compute(facts: Facts, as_of: date) -> Result:
        return shapes.split(_ages(facts, as_of), len(sustainment.WINDOWS) + 1, picks=places)

    places = tuple(range(list(sustainment.WINDOWS).index(months) + 1))
    return compute


def _ages(facts: Facts, as_of: date) -> dict[int, int]:
    """By household the place of the first window whose day has not come; the last place: all have.

    One split for all windows: they lie in each other, and of two counts of which one holds the other
    the rest would be told, however few.
    """
    found: dict[int, int] = {}
    for place, months in enumerate(sustainment.WINDOWS):
        cohort = _cohort(facts, as_of, months)
        found.update(dict.fromkeys(cohort.ends, place + 1))
        found.update({who: place for who in cohort.not_due if who not in found})
    return found


def _cohort(facts: Facts, as_of: date, months: int) -> sustainment.Cohort:
    days = sustainment.WINDOWS[months]
    return facts.once(
        ("cohort", months, as_of),
        lambda: sustainment.cohort(spells(facts), told(facts, as_of), days=days, as_of=as_of),
    )


def spells(facts: Facts) -> dict[int, list[Spell]]:
    days = sustainment.GAP_DAYS if facts.gap_days is None else facts.gap_days
    return facts.once("spells", lambda: sustainment.spells(facts.stays, gap_days=days))


def told(facts: Facts, as_of: date) -> dict[int, list[Outcome]]:
    return facts.once(("told", as_of), lambda: _by_household(facts, as_of))


def _by_household(facts: Facts, as_of: date) -> dict[int, list[Outcome]]:
    found: dict[int, list[Outcome]] = defaultdict(list)
    for one in facts.outcomes:
        if one.on <= as_of:
            found[one.household].append(one)
    return found


def _rows(months: int) -> tuple[Indicator, ...]:
    names = {
        6: (_("Still housed with us after 6 months"), _("Housed well after 6 months")),
        12: (_("Still housed with us after 12 months"), _("Housed well after 12 months")),
        24: (_("Still housed with us after 24 months"), _("Housed well after 24 months")),
    }
    waiting = {
        6: _("Households whose 6 months are not over"),
        12: _("Households whose 12 months are not over"),
        24: _("Households whose 24 months are not over"),
    }
    stayed, well = names[months]
    return (
        Indicator(
            f"20.{months}a", f"sustained_{months}", "SPM 2, ARC", Unit.PERCENT,
            stayed,
            _("Of the households whose day has come: in a home of ours without a gap. Who died or is "
              "in care is left out; the bounds count who could not be asked as lost, or as well."),
            _sustained(months, (0,)), About.PEOPLE,
        ),
        Indicator(
            f"20.{months}b", f"housed_well_{months}", "SPM 2, ARC", Unit.PERCENT,
            well,
            _("The same, counting also who had moved on to a good home by that day."),
            _sustained(months, (0, 1)), About.PEOPLE,
        ),
        Indicator(
            f"20.{months}c", f"not_due_{months}", "-", Unit.HOUSEHOLDS,
            waiting[months],
            _("Households whose day has not come yet: they are in neither number."),
            _not_due(months), About.PEOPLE,
        ),
    )  # fmt: skip


EVIDENCE = _("Contracts, keys, and what was learnt at each follow-up, with its day.")
ROWS = tuple(row for months in sustainment.WINDOWS for row in _rows(months))
