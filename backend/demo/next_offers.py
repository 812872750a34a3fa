"""Chapter: the road goes on: a second campaign opens, a third is being prepared, for visitors to join."""

import datetime as dt
from typing import Any

from backend.demo import raising
from backend.demo.client import side_by_side
from backend.demo.offers import SECOND, THIRD
from backend.demo.paying import pay_by_card
from backend.demo.people import Backer, backers
from backend.demo.raising import Ids
from backend.demo.stage import Stage
from backend.demo.steps import Narrator

SECOND_SHOWN_ON = dt.date(2026, 5, 18)
THIRD_SHOWN_ON = dt.date(2026, 6, 22)
# Tommaso of the cast is the second of the backers: he has money in two campaigns.
IN_SECOND = slice(1, 13)
FOR_THIRD = slice(9, 21)


def prepare_second(narrator: Narrator, stage: Stage) -> Ids:
    """Write and publish it; some people of the first leave an interest."""

    def prepare() -> Ids:
        stage.go_to(SECOND_SHOWN_ON)
        raising.write(stage, SECOND)
        raising.publish(stage, SECOND)
        return raising.leave_interests(stage, SECOND, SECOND_SHOWN_ON, backers()[IN_SECOND])

    tokens: Ids = narrator.once("second", "A second campaign is announced", prepare)
    return tokens


def open_second(narrator: Narrator, stage: Stage, tokens: Ids, earlier: Ids) -> None:
    """Open it; some who pledged earlier do so at once, and some of these pay."""

    def begin() -> bool:
        raising.open_offer(stage, SECOND)

        def convert(backer: Backer) -> dict[str, Any]:
            order = {
                "investor": earlier[str(backer.number)]["investor"],
                "shares": raising.shares_of(backer),
                "interest_token": tokens[str(backer.number)],
            }
            return raising.pledge(stage, SECOND, backer, order)

        people = backers()[IN_SECOND][::2]
        pledges = side_by_side(convert, people)
        pay_by_card(stage, SECOND, list(zip(people, pledges, strict=True))[:5])
        return True

    narrator.once("second-open", "It opens", begin)


def prepare_third(narrator: Narrator, stage: Stage) -> None:
    """Write and publish it: it stands in pre-campaign when the curtain opens."""

    def prepare() -> bool:
        stage.go_to(THIRD_SHOWN_ON)
        raising.write(stage, THIRD)
        raising.publish(stage, THIRD)
        raising.leave_interests(stage, THIRD, THIRD_SHOWN_ON, backers()[FOR_THIRD])
        return True

    narrator.once("third", "A third one is being prepared", prepare)
