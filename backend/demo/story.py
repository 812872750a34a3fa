"""The story, from an idea in January to reports in July; each chapter stands in a module of its own.

Everything is told through the application's API by the person whose task it is, on the demo's own
days; a step that was told is not told again.
"""

import datetime as dt

from backend.core import clock
from backend.demo import people, summary
from backend.demo.stage import Stage
from backend.demo.steps import Narrator

BEGINS_ON = dt.date(2026, 1, 12)
CAMPAIGN = "mattone-1"


def tell(narrator: Narrator, stage: Stage) -> summary.Summary:
    """Tell what was not told yet and return the summary of the whole."""
    narrator.once("cast", "Gathering the cast", lambda: _begin())
    return narrator.once(
        "summary", "Adding up", lambda: summary.gather(CAMPAIGN, narrator.seconds())
    )


def _begin() -> bool:
    people.gather(clock.shift_to(BEGINS_ON))
    return True
