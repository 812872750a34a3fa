"""The story, from an idea in January to reports in July; each chapter stands in a module of its own.

Everything is told through the application's API by the person whose task it is, on the demo's own
days; a step that was told is not told again.
"""

import datetime as dt

from backend.core import clock
from backend.demo import people, raising, summary
from backend.demo.offers import FIRST
from backend.demo.stage import Stage
from backend.demo.steps import Narrator

BEGINS_ON = dt.date(2026, 1, 12)


def tell(narrator: Narrator, stage: Stage) -> summary.Summary:
    """Tell what was not told yet and return the summary of the whole."""
    narrator.once("cast", "Gathering the cast", _begin)
    pledges = raising.tell(narrator, stage)
    found: summary.Summary = narrator.once(
        "summary", "Adding up", lambda: summary.gather(FIRST.slug, narrator.seconds())
    )
    return found


def _begin() -> bool:
    people.gather(clock.shift_to(BEGINS_ON))
    return True
