"""What stands in the way of a move of a campaign, computed before anyone tries it, as a list.

Floors above add what only they know with `register` (homes, reports). The moves are in `lifecycle`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import clock, states
from backend.core.money import ZERO
from backend.ledger import balances
from campaigns import checklist, checks, figures, interests, purses, rules, suspensions, windows
from campaigns.models import Campaign, CampaignDocument, Pledge
from campaigns.rules import closing, reflection, suspension
from investors import qualifications

State = Campaign.State


@dataclass(frozen=True)
class Blocker:
    """One reason why a move may not be made now."""

    code: str
    sentence: str | Promise


@dataclass(frozen=True)
class Condition:
    """What a success needs."""

    code: str
    sentence: str | Promise
    is_met: bool


Look = Callable[[Campaign, dt.datetime], list[Blocker]]


def found(*, campaign: Campaign, to: str, at: dt.datetime) -> list[Blocker]:
    """Say what stands in the way of a move, whether or not anyone tries it."""
    if not states.may_move(campaign, to):
        return [Blocker("state", _("This step is not possible from where the campaign is now."))]
    return [blocker for look in _LOOKS.get(to, ()) for blocker in look(campaign, at)]


def register(to: str, look: Look) -> None:
    """Have a floor above look too before a move; the same look is taken once."""
    looks = _LOOKS.setdefault(to, [])
    if look not in looks:
        looks.append(look)


def lacks(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """What publishing needs and is not there."""
    return [Blocker(item.code, item.label) for item in checklist.missing(campaign)]


def of_opening(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """The pre-campaign's pass test: the day, the interest, and nobody who may still change their mind
    because of a material change."""
    if campaign.state == State.SUSPENDED:
        return _of_resuming(campaign, State.OPEN, at)
    blockers = lacks(campaign, at)
    if campaign.opens_on and clock.day_of(at) < campaign.opens_on:
        blockers.append(Blocker("opens_on", _("The day of opening has not come.")))
    # The law of the day on which it opens in truth; an invented offer may be told of another year.
    if not campaign.is_synthetic and campaign.regime not in rules.possible_on(clock.day_of(at)):
        blockers.append(Blocker("regime", _("Its law is not in force any more on this day.")))
    if interests.standing(campaign).amount < campaign.pre_campaign_threshold:
        blockers.append(Blocker("threshold", _("The interest so far is below what you asked for.")))
    return blockers + _of_windows(campaign, at)


def of_ending(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """The issuer is bound until the deadline, or until the offer is full (R46, or its own terms)."""
    if campaign.state == State.SUSPENDED:
        return _of_resuming(campaign, State.COLLECTING, at)
    if not rules.regime(campaign.regime).owner_is_bound(running(campaign, at), at):
        return []
    return [Blocker("deadline", _("The deadline has not come and the offer is not full."))]


def running(campaign: Campaign, at: dt.datetime) -> reflection.Running:
    """The offer as it runs: until when it was announced, what it wants, what is promised."""
    assert campaign.deadline_on is not None, "no campaign opens without a deadline (checklist)"
    promised = figures.of_campaign(campaign, at=at).promised
    until = clock.end_of(campaign.deadline_on)
    return reflection.Running(until, campaign.target, campaign.maximum, promised)


def of_closing(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """What is still in motion; and of an offer that has its minimum, each condition not met."""
    blockers = in_motion(campaign, at)
    if not has_minimum(campaign):
        return blockers
    unmet = [each for each in conditions(campaign, at) if not each.is_met]
    return [*blockers, *(Blocker(each.code, each.sentence) for each in unmet), *_unjudged(campaign)]


def of_failing(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """An offer fails when nothing is in motion any more and a condition is not met."""
    if all(each.is_met for each in conditions(campaign, at)):
        return [Blocker("succeeds", _("Every condition is met: it closes as a success."))]
    return in_motion(campaign, at)


def in_motion(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """Closing waits for money under way and for people who may still change their mind."""
    waiting = figures.under_way(campaign, at=at)
    blockers = []
    if waiting.in_reflection:
        blockers.append(Blocker("reflection", _("Some pledges may still be revoked freely.")))
    if waiting.unpaid:
        blockers.append(Blocker("unpaid", _("Some pledges may still be paid in time.")))
    if waiting.unsettled:
        blockers.append(Blocker("unsettled", _("Some card payments have not reached the bank.")))
    return blockers + _of_windows(campaign, at)


def conditions(campaign: Campaign, at: dt.datetime) -> list[Condition]:
    """What must hold for a success, met or not, shown from the opening on."""
    words = _("Orders that are paid whole on the restricted account reach the minimum")
    found = [Condition("minimum", words, has_minimum(campaign))]
    if rules.regime(campaign.regime).professional_share:
        found.append(_of_professionals(campaign, at))
    return found


def has_minimum(campaign: Campaign) -> bool:
    """Whether the orders that would get shares reach the minimum; money that goes back reaches nothing."""
    return figures.counted(campaign) >= campaign.minimum


def of_use(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """Nobody says that the proceeds are in use: the bank shows it, or an opening that two apply."""
    return [Blocker("money", _("This follows from the money: a release, or what is taken over."))]


def of_reporting(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """The proceeds are spent once nothing of them is left on the issuer's account."""
    if balances.balance(purses.released(campaign)) > ZERO:
        return [Blocker("unspent", _("Part of the proceeds is not spent yet."))]
    if balances.balance(purses.spent_before(campaign)) > ZERO:
        return [Blocker("untold", _("It is not told for which homes money was spent before."))]
    return []


def of_finishing(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    """A campaign is put away when all held money went back and a final report is public."""
    blockers = []
    if balances.balance(purses.held(campaign)) > ZERO:
        blockers.append(Blocker("held", _("Money that is held must go back to its payers first.")))
    if not campaign.documents.filter(kind=CampaignDocument.Kind.FINAL_REPORT).exists():
        blockers.append(Blocker("final_report", _("Publish the final report first.")))
    return blockers


def professionals(campaign: Campaign, at: dt.datetime) -> closing.Subscribed:
    """The shares that paid pledges hold, and those of professional investors among them (I1)."""
    paid = _paid(campaign)
    counted = qualifications.professional((pledge.investor_id for pledge in paid), at=at)
    return closing.Subscribed(
        target_shares=int(campaign.target.amount // campaign.price_per_share.amount),
        max_shares=campaign.max_shares,
        placed_shares=sum(pledge.shares for pledge in paid),
        professional_shares=sum(p.shares for p in paid if p.investor_id in counted),
        has_certified_accounts=campaign.has_certified_accounts,
    )


def _paid(campaign: Campaign) -> list[Pledge]:
    placed = campaign.pledges.filter(state__in=(Pledge.State.PLACED, Pledge.State.CONFIRMED))
    return figures.fully_paid(list(placed.select_related("investor")))


def _of_professionals(campaign: Campaign, at: dt.datetime) -> Condition:
    subscribed = professionals(campaign, at)
    sentence = _("Professional investors hold %(have)s shares of at least %(need)s (%(share)s %%)")
    words = sentence % {
        "have": subscribed.professional_shares,
        "need": closing.needed(subscribed),
        "share": closing.share(subscribed),
    }
    return Condition("professional_share", words, closing.may_close(subscribed))


def _unjudged(campaign: Campaign) -> list[Blocker]:
    """Orders that nobody judged (I5): no condition of the offer, so it neither succeeds nor fails by it."""
    waiting = sum(1 for each in checks.large_orders(campaign) if not each.may_stand)
    if not waiting:
        return []
    words = _("%(count)s large orders wait for the check whether they are appropriate.")
    return [Blocker("order_checks", words % {"count": waiting})]


def _of_resuming(campaign: Campaign, to: str, at: dt.datetime) -> list[Blocker]:
    """An error that matters is corrected first; after thirty days nothing but cancelling is left. Whether
    it then takes pledges or collects is the calendar's to say."""
    if to != suspensions.goal(campaign, at=at):
        return [
            Blocker("over", _("Its last day has passed: it goes on without taking pledges."))
            if to == State.OPEN
            else Blocker("stands_still", _("It stands still: let it go on first."))
        ]
    standing = suspensions.standing(campaign)
    if standing is None or suspensions.is_corrected(standing):
        return []
    if suspension.must_cancel(standing.began_at, at):
        return [Blocker("too_long", _("It stood still for more than thirty days: cancel it."))]
    return [Blocker("correction", _("Publish the corrected information sheet first."))]


def _of_windows(campaign: Campaign, at: dt.datetime) -> list[Blocker]:
    if not windows.is_open(campaign, at=at):
        return []
    return [Blocker("window", _("After a material change people may still revoke for some days."))]


def looks() -> dict[str, list[Look]]:
    """Who looks before each move, with those that floors above registered."""
    return {str(goal): list(judges) for goal, judges in _LOOKS.items()}


_LOOKS: dict[str, list[Look]] = {
    State.IN_REVIEW: [lacks],
    State.PRE_CAMPAIGN: [lacks],
    State.OPEN: [of_opening],
    State.COLLECTING: [of_ending],
    State.SUCCEEDED: [of_closing],
    State.FAILED: [of_failing],
    State.IN_USE: [of_use],
    State.REPORTING: [of_reporting],
    State.CLOSED: [of_finishing],
}
