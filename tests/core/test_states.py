"""Moves between states: conditional, audited, all or none."""

import datetime as dt

import pytest

from backend.core import audit, states
from backend.core.users import SYSTEM
from campaigns.models import Campaign
from tests.cast import Cast
from tests.properties import scene

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """One in use, as the scene of the homes' tests leaves it."""
    return scene.make(cast, pledged=["500.00"]).campaign


class TestMove:
    def test_writes_the_state_and_an_audit_row(self, campaign: Campaign) -> None:
        states.move(record=campaign, to="reporting", by=SYSTEM, at=AT, reason="all spent")

        event = audit.history(campaign).latest("id")
        assert Campaign.objects.get().state == "reporting"
        assert (event.state_before, event.state_after) == ("in_use", "reporting")
        assert (event.reason, event.by_label) == ("all spent", "system")

    def test_refuses_a_step_that_the_dict_does_not_know(self, campaign: Campaign) -> None:
        with pytest.raises(states.WrongState):
            states.move(record=campaign, to="draft", by=SYSTEM, at=AT)

    def test_lets_one_of_two_win(self, campaign: Campaign) -> None:
        theirs = Campaign.objects.get(pk=campaign.pk)
        states.move(record=campaign, to="reporting", by=SYSTEM, at=AT)

        with pytest.raises(states.WrongState):
            states.move(record=theirs, to="reporting", by=SYSTEM, at=AT)

        moved = audit.history(campaign).filter(state_after="reporting")
        assert moved.count() == 1
