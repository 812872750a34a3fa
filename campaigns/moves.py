"""The moves that people ask for by name: which rule of `lifecycle` makes each, on page and API alike."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.core.errors import Refused
from backend.core.models import Approval, User
from campaigns import lifecycle
from campaigns.models import Campaign
from campaigns.suspensions import Kind, Standstill

State = Campaign.State


class NotAMove(Refused):
    code = "campaign.not_a_move"


@dataclass(frozen=True)
class Wanted:
    """A move that somebody asks for; `kind` and `steps` say more of a suspension."""

    to: str
    reason: str = ""
    kind: str = ""
    steps: str = ""


Way = Callable[[Campaign, Wanted, User, dt.datetime], Approval | Campaign]


def make(*, campaign: Campaign, wanted: Wanted, by: User, at: dt.datetime) -> Approval | Campaign:
    """Make the move that somebody asks for; an approval comes back where a second person decides.

    Raises NotAMove for a state that nobody moves to by hand.
    """
    way = _WAYS.get((campaign.state, wanted.to)) or _WAYS.get(("", wanted.to))
    if way is None:
        raise NotAMove(
            _("Nobody moves a campaign there by hand: a second person approves it."), to=wanted.to
        )
    return way(campaign, wanted, by, at)


def _suspend(campaign: Campaign, wanted: Wanted, by: User, at: dt.datetime) -> Campaign:
    why = Standstill(wanted.reason, wanted.kind or Kind.OTHER, wanted.steps)
    return lifecycle.suspend(campaign=campaign, why=why, by=by, at=at)


_WAYS: dict[tuple[str, str], Way] = {
    ("", State.IN_REVIEW): lambda c, w, by, at: lifecycle.submit(campaign=c, by=by, at=at),
    ("", State.NEEDS_WORK): lambda c, w, by, at: lifecycle.send_back(
        campaign=c, by=by, at=at, reason=w.reason
    ),
    ("", State.OPEN): lambda c, w, by, at: lifecycle.ask_to_open(campaign=c, by=by, at=at),
    (State.SUSPENDED, State.OPEN): lambda c, w, by, at: lifecycle.resume(
        campaign=c, by=by, at=at, reason=w.reason
    ),
    (State.SUSPENDED, State.COLLECTING): lambda c, w, by, at: lifecycle.resume(
        campaign=c, by=by, at=at, reason=w.reason
    ),
    ("", State.SUSPENDED): _suspend,
    ("", State.COLLECTING): lambda c, w, by, at: lifecycle.stop_taking_pledges(
        campaign=c, by=by, at=at
    ),
    ("", State.SUCCEEDED): lambda c, w, by, at: lifecycle.close(campaign=c, by=by, at=at),
    ("", State.FAILED): lambda c, w, by, at: lifecycle.fail(campaign=c, by=by, at=at),
    ("", State.CANCELLED): lambda c, w, by, at: lifecycle.cancel(
        campaign=c, by=by, at=at, reason=w.reason
    ),
    ("", State.REPORTING): lambda c, w, by, at: lifecycle.start_reporting(campaign=c, by=by, at=at),
    ("", State.CLOSED): lambda c, w, by, at: lifecycle.finish(campaign=c, by=by, at=at),
}
