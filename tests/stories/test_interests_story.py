"""Forty interests, and a use of funds that changes before the opening: all must confirm again.

"Exclusively to the acquisition of real estate" became "purchase and management" (domain/seeds.md).
Told through the API, up to the opening and the first pledges.
"""

import datetime as dt

import pytest

from backend.core import clock
from backend.core.models import Notice
from campaigns.models import Pledge
from tests.stories.road import Road
from worker import tasks

pytestmark = pytest.mark.money
PEOPLE = 40
CONFIRMED = 30
WITHDRAWN = 4


class TestUseOfFundsChanges:
    def test_everyone_is_told_confirms_or_lapses(self, road: Road) -> None:
        slug = road.write_campaign(target=50_000, minimum=10_000)
        tokens = [
            road.leave_interest(slug, f"person-{number}@example.org", 500 + 250 * (number % 3))
            for number in range(PEOPLE)
        ]
        self._change_the_use(road, slug)
        self._answer(road, tokens)
        self._open(road, slug)
        self._only_an_act_converts(road, slug, tokens)
        self._silence_lapses(road, tokens)

    def _change_the_use(self, road: Road, slug: str) -> None:
        owner = road.cast.owner
        changed = {"use_of_funds": "purchase_and_management"}
        after = road.ask(owner, "PATCH", f"campaigns/{slug}/", changed)
        road.settle()

        assert after["terms_version"] == 2
        told = Notice.objects.filter(template="terms_changed", sent_at__isnull=False)
        assert told.count() == PEOPLE
        versions = road.get(None, f"campaigns/{slug}/sheet/versions/")["results"]
        assert [each["version"] for each in versions] == [2, 1]
        new, old = ({row["value"] for row in each["terms"]} for each in versions)
        assert new - old, "each version says the use of funds of its own day"

    def _answer(self, road: Road, tokens: list[str]) -> None:
        """Most confirm, some go, some say nothing."""
        for token in tokens[:CONFIRMED]:
            assert road.get(None, f"interests/{token}/")["must_confirm_terms"]
            road.post(None, f"interests/{token}/confirm/")
        for token in tokens[-WITHDRAWN:]:
            road.ask(None, "DELETE", f"interests/{token}/")

    def _open(self, road: Road, slug: str) -> None:
        """Not before everybody had their days to think again."""
        road.go_to(dt.date(2026, 1, 14))
        listed = road.get(road.cast.owner, f"campaigns/{slug}/checklist/")
        assert {each["code"] for each in listed["moves"]["open"]} == {"opens_on", "window"}
        road.go_to(dt.date(2026, 2, 2))
        road.open_campaign(slug)

        invited = Notice.objects.filter(template="interest_invited")
        assert invited.count() == PEOPLE - WITHDRAWN
        assert road.get(None, f"campaigns/{slug}/")["state"] == "open"

    def _only_an_act_converts(self, road: Road, slug: str, tokens: list[str]) -> None:
        """With the place of the interest; who did not confirm the new terms is asked first."""
        standing = road.get(None, f"campaigns/{slug}/")["figures"]
        assert (standing["pledges"], standing["interests"]) == (0, PEOPLE - WITHDRAWN)
        user = road.cast.investor
        order = {"investor": road.introduce(user, 1), "shares": 2}

        with pytest.raises(AssertionError, match=r"pledge\.terms_changed"):
            road.pledge(user, slug, order | {"interest_token": tokens[CONFIRMED]})
        placed = road.pledge(user, slug, order | {"interest_token": tokens[0]})

        interest = road.get(None, f"interests/{tokens[0]}/")
        assert interest["state"] == "converted"
        assert Pledge.objects.get(pk=placed["id"]).queued_at == dt.datetime.fromisoformat(
            interest["expressed_at"]
        )

    def _silence_lapses(self, road: Road, tokens: list[str]) -> None:
        until = road.get(None, f"interests/{tokens[1]}/")["answer_before"]
        road.go_to(clock.day_of(dt.datetime.fromisoformat(until)))
        tasks.watch_interests()

        states = [road.get(None, f"interests/{token}/")["state"] for token in tokens]
        assert states.count("lapsed") == PEOPLE - WITHDRAWN - 1
        assert states.count("withdrawn") == WITHDRAWN
