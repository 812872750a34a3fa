"""The story, from a first try in 2020 to reports in July 2026; each chapter stands in a module of its own.

Everything is told through the application's API by the person whose task it is, on the demo's own
days; a step that was told is not told again.
"""

import datetime as dt

from backend.core import clock
from backend.demo import (
    buying,
    first_try,
    living,
    next_offers,
    paying,
    people,
    portfolio,
    raising,
    reporting,
    rights,
    setbacks,
    summary,
    talking,
)
from backend.demo.offers import FIRST
from backend.demo.stage import Stage
from backend.demo.steps import Narrator

TRIED_ON, BEGINS_ON = dt.date(2020, 1, 13), dt.date(2026, 1, 12)


def tell(narrator: Narrator, stage: Stage) -> summary.Summary:
    """Tell what was not told yet and return the summary of the whole."""
    narrator.once("cast", "Gathering the cast", lambda: _begin(stage))
    first_try.tell(narrator, stage)
    narrator.once("founders", "2026: the founders pay in own money", lambda: _found(stage))
    pledges = raising.tell(narrator, stage)
    paying.tell(narrator, stage, pledges)
    buying.tell(narrator, stage, f"raised:{FIRST.slug}")
    living.move_in(narrator, stage)
    narrator.once("homes-news", "Investors are told of the homes", lambda: talking.of_first(stage))
    setbacks.find_help(narrator, stage)
    wishes = next_offers.prepare_second(narrator, stage)
    _june(narrator, stage, wishes, pledges)
    reporting.tell(narrator, stage)
    found: summary.Summary = narrator.once(
        "summary", "Adding up", lambda: summary.gather(FIRST.slug, narrator.seconds())
    )
    return found


def _june(narrator: Narrator, stage: Stage, wishes: raising.Ids, pledges: raising.Ids) -> None:
    """June: life in the homes, and the next campaigns."""
    portfolio.tell(narrator, stage, f"raised:{FIRST.slug}")
    setbacks.agree(narrator, stage)
    living.pay_again(narrator, stage)
    next_offers.open_second(narrator, stage, wishes, pledges)
    narrator.once("news", "News, and a question answered", lambda: talking.of_second(stage))
    setbacks.miss(narrator)
    next_offers.prepare_third(narrator, stage)
    setbacks.pay(narrator, stage, setbacks.HEALED_ON)
    living.follow_up(narrator, stage)
    setbacks.pay(narrator, stage, setbacks.PAID_OFF_ON)
    rights.tell(narrator, stage)


def _found(stage: Stage) -> bool:
    stage.go_to(BEGINS_ON)
    return paying.found(stage)


def _begin(stage: Stage) -> bool:
    """People into the database, accounts at the bank, one day for everyone."""
    people.gather(clock.shift_to(TRIED_ON))
    stage.outside.tell_time(clock.now())
    ibans = (people.RESTRICTED_IBAN, people.ORDINARY_IBAN)
    stage.outside.open_accounts([{"iban": iban, "holder": people.ISSUER} for iban in ibans])
    return True
