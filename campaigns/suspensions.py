"""An offer that stands still: why, what is being done, until when, and who is told (ECSPR art. 23(12)).

Thirty calendar days at most; an error in the sheet that is not corrected by then ends the offer
(`deadlines` does that by the calendar). The moves themselves are in `lifecycle`.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from backend.core import audit, clock
from backend.core.models import User
from backend.core.users import Actor
from backend.treasury import expectations
from campaigns import announcements, endings, interests, windows
from campaigns.announcements import Announcement, Reader
from campaigns.models import Campaign, Pledge, RevocationWindow, Suspension
from campaigns.rules import payment
from campaigns.rules import suspension as law

Kind = Suspension.Kind


@dataclass(frozen=True)
class Standstill:
    """Why an offer stops, and what is being done about it; both are told to everyone in it."""

    reason: str
    kind: str = Kind.OTHER
    steps: str = ""


def begin(
    *, campaign: Campaign, why: Standstill, interrupted: str, by: Actor, at: dt.datetime
) -> Suspension:
    """Note that an offer stands still and tell everyone in it; `interrupted` is the state it was in.

    An error that matters opens the right to revoke (art. 23(12)). Called in the move's transaction.
    """
    suspension = Suspension.objects.create(
        campaign=campaign,
        kind=why.kind,
        reason=why.reason,
        steps=why.steps,
        began_at=at,
        ends_before=law.end(at),
        interrupted=interrupted,
    )
    window = None
    if why.kind == Kind.MATERIAL_ERROR:
        cause = RevocationWindow.Cause.MATERIAL_ERROR
        window = windows.open_window(campaign=campaign, cause=cause, by=by, at=at)
    facts = {"suspension": suspension, "window": window}
    what = Announcement("offer_suspended", str(suspension.pk), facts)
    announcements.tell(campaign=campaign, what=what, at=at)
    return suspension


def end(*, campaign: Campaign, at: dt.datetime) -> Suspension | None:
    """Note that the standstill is over, whether the offer goes on or was given up."""
    suspension = standing(campaign)
    if suspension is not None:
        suspension.ended_at = at
        suspension.save(update_fields=["ended_at"])
    return suspension


def give_back_time(*, suspension: Suspension, by: Actor, at: dt.datetime) -> None:
    """Move the ends of the times to pay and to answer by the days on which nobody could do either; and
    the day from which finance looks for a transfer as late."""
    campaign, days = suspension.campaign, payment.days_still(suspension.began_at, at)
    if not days:
        return
    unpaid = campaign.pledges.standing().filter(pay_until__gt=suspension.began_at)
    running = list(unpaid.order_by("pk"))
    for pledge in running:
        assert pledge.pay_until is not None, "filtered above"
        pledge.pay_until = payment.after_standstill(
            pledge.pay_until, began_at=suspension.began_at, ended_at=at
        )
    Pledge.objects.bulk_update(running, ["pay_until"], batch_size=1000)
    due = {str(one.pk): clock.day_of(one.pay_until) for one in running if one.pay_until}
    expectations.postpone(owner_kind=endings.PLEDGE_OWNER, due_on=due)
    invited = interests.postpone(campaign=campaign, days=days)
    facts = {"days": days, "orders": len(running), "invitations": invited}
    audit.record(action="campaign.time_given_back", subject=campaign, by=by, at=at, facts=facts)


def remind(*, suspension: Suspension, occasion: str, at: dt.datetime) -> None:
    """Write to the issuer's managers that the standstill must end soon, once per occasion."""
    campaign = suspension.campaign
    people = User.objects.filter(organisation=campaign.issuer_id, is_active=True)
    managers = [person for person in people if person.may("campaign.edit")]
    readers = [Reader(each.email, each.get_full_name(), each.language) for each in managers]
    mark = f"{suspension.pk}:{occasion}"
    what = Announcement("suspension_reminder", mark, {"suspension": suspension})
    announcements.send(campaign=campaign, what=what, to=readers, at=at)


def standing(campaign: Campaign) -> Suspension | None:
    """The standstill that lasts, if any."""
    return campaign.suspensions.filter(ended_at=None).first()


def goal(campaign: Campaign, *, at: dt.datetime) -> Campaign.State:
    """Where an offer that stands still goes on: it takes pledges again, or collects what is late where
    its last day has passed or it had ended before."""
    suspension = standing(campaign)
    had_ended = suspension is not None and suspension.interrupted == Campaign.State.COLLECTING
    is_over = had_ended or campaign.is_over(at)
    return Campaign.State.COLLECTING if is_over else Campaign.State.OPEN


def is_corrected(suspension: Suspension) -> bool:
    """Whether the error was put right in time: a version of the sheet was published within the thirty
    days. A standstill for another reason has nothing to correct."""
    if suspension.kind != Kind.MATERIAL_ERROR:
        return True
    since = suspension.campaign.sheets.filter(published_at__gt=suspension.began_at)
    return since.filter(published_at__lt=law.end(suspension.began_at)).exists()


def all_standing() -> QuerySet[Suspension]:
    """Every standstill that lasts, the longest first."""
    lasting = Suspension.objects.filter(ended_at=None, campaign__state=Campaign.State.SUSPENDED)
    return lasting.select_related("campaign__issuer").order_by("began_at", "id")
