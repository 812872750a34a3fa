"""Interests before the opening: express, amend, withdraw; invited when the campaign opens.

An interest becomes a pledge only by an act of its owner (`pledges.place` with the interest). An
invitation that nobody answers by its day lapses; terms that changed are confirmed again.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, notices, states
from backend.core.errors import Conflict, Missing, Refused
from backend.core.models import User
from backend.core.money import ZERO, as_text, said
from backend.core.users import SYSTEM, Actor
from campaigns.changes import Change
from campaigns.models import Campaign, Interest
from campaigns.models.interest import InterestQuerySet

TOKEN_BYTES = 24
REMIND_DAYS = 3


class NotTakingInterests(Conflict):
    code = "interest.not_taken"


class ExpressedAlready(Conflict):
    code = "interest.expressed_already"


class TooLittle(Refused):
    code = "interest.too_little"


class UnknownToken(Missing):
    code = "interest.unknown"


class NotYourAddress(Conflict):
    code = "interest.not_your_address"


@dataclass(frozen=True)
class Wish:
    """What a visitor types: an address, an amount, and a name if they like."""

    email: str
    amount: Money
    name: str = ""
    language: str = "it"


@dataclass(frozen=True)
class Standing:
    """The interest that stands for a campaign."""

    amount: Money
    people: int


def express(*, campaign: Campaign, wish: Wish, by: Actor = SYSTEM, at: dt.datetime) -> Interest:
    """Leave an interest: not binding, no account, nothing to pay. A mail brings its own page.

    Raises NotTakingInterests outside the pre-campaign, TooLittle below the smallest order,
    ExpressedAlready for an address that has one.
    """
    if campaign.state != Campaign.State.PRE_CAMPAIGN:
        raise NotTakingInterests(_("This campaign takes no interests now."), campaign=campaign.slug)
    _refuse_too_little(campaign, wish.amount)
    try:
        with transaction.atomic():
            interest = Interest.objects.create(
                campaign=campaign,
                token=secrets.token_urlsafe(TOKEN_BYTES),
                email=wish.email,
                name=wish.name,
                amount=wish.amount,
                language=wish.language,
                terms_version=campaign.terms_version,
                expressed_at=at,
                is_synthetic=campaign.is_synthetic,
            )
    except IntegrityError as problem:
        raise ExpressedAlready(
            _("There is an interest for this address already: its link is in your mail."),
            field="email",
        ) from problem
    audit.record(action="interest.expressed", subject=interest, by=by, at=at)
    _tell([interest], "interest_expressed", at)
    return interest


def amend(*, interest: Interest, amount: Money, by: Actor = SYSTEM, at: dt.datetime) -> Interest:
    """Change the amount of an interest; its place in the queue stays, and so does its invitation."""
    _refuse_too_little(interest.campaign, amount)
    _refuse_ended(interest)
    is_invited = interest.state == Interest.State.INVITED
    to = Interest.State.INVITED if is_invited else Interest.State.AMENDED
    with transaction.atomic():
        states.move(record=interest, to=to, by=by, at=at, reason="another amount")
        interest.amount = amount
        interest.save(update_fields=["amount", "amount_currency"])
    return interest


def withdraw(*, interest: Interest, by: Actor = SYSTEM, at: dt.datetime) -> Interest:
    """Take an interest back. No reason is asked (ECSPR art. 22(2))."""
    return states.move(record=interest, to=Interest.State.WITHDRAWN, by=by, at=at)


def take_up(*, interest: Interest, by: Actor = SYSTEM, at: dt.datetime) -> Interest:
    """Put back an interest that was withdrawn by mistake; its place in the queue stays.

    Raises NotTakingInterests when it would be too late to leave one, or to answer its invitation;
    ExpressedAlready when another was left with its address since.
    """
    is_invited = interest.answer_before is not None
    runs = Campaign.State.OPEN if is_invited else Campaign.State.PRE_CAMPAIGN
    is_late = interest.answer_before is not None and interest.answer_before <= at
    if interest.campaign.state != runs or is_late:
        raise NotTakingInterests(_("This campaign takes no interests now."))
    to = Interest.State.INVITED if is_invited else Interest.State.EXPRESSED
    try:
        with transaction.atomic():
            return states.move(record=interest, to=to, by=by, at=at, reason="withdrawn by mistake")
    except IntegrityError as problem:
        raise ExpressedAlready(
            _("There is an interest for this address already: its link is in your mail.")
        ) from problem


def confirm_terms(*, interest: Interest, by: Actor = SYSTEM, at: dt.datetime) -> Interest:
    """Confirm that one read the terms as they are now; the place in the queue stays."""
    _refuse_ended(interest)
    with transaction.atomic():
        interest.terms_version = interest.campaign.terms_version
        interest.save(update_fields=["terms_version"])
        facts = {"terms_version": interest.terms_version}
        audit.record(action="interest.confirmed", subject=interest, by=by, at=at, facts=facts)
    return interest


def invite_all(*, campaign: Campaign, by: Actor, at: dt.datetime) -> int:
    """Invite everyone whose interest stands, in queue order, when the campaign opens.

    Each has the campaign's days to answer, until the deadline at most.
    """
    waiting = campaign.interests.filter(
        state__in=(Interest.State.EXPRESSED, Interest.State.AMENDED)
    )
    found = list(waiting.select_related("campaign").in_queue())
    states.move_many(records=found, to=Interest.State.INVITED, by=by, at=at)
    until = answer_before(campaign, at)
    Interest.objects.filter(pk__in=[each.pk for each in found]).update(answer_before=until)
    for interest in found:
        interest.answer_before = until
    _tell(found, "interest_invited", at)
    return len(found)


def answer_before(campaign: Campaign, invited_at: dt.datetime) -> dt.datetime:
    """The instant at which an unanswered invitation lapses: 24:00 of the last day, in Turin."""
    return _until(
        campaign, clock.days_after(clock.end_of(clock.day_of(invited_at)), campaign.interest_days)
    )


def postpone(*, campaign: Campaign, days: int) -> int:
    """Give everyone who is invited so many days more to answer, until the deadline at most."""
    found = list(campaign.interests.filter(state=Interest.State.INVITED).select_related("campaign"))
    for interest in found:
        assert interest.answer_before is not None, "an invitation has its day"
        interest.answer_before = _until(campaign, clock.days_after(interest.answer_before, days))
    return Interest.objects.bulk_update(found, ["answer_before"])


def remind_all(*, at: dt.datetime) -> int:
    """Remind once of each invitation that lapses within three days."""
    soon = at + dt.timedelta(days=REMIND_DAYS)
    rows = _unanswered().filter(reminded_at=None, answer_before__gt=at, answer_before__lte=soon)
    found = list(rows.select_related("campaign").in_queue())
    with transaction.atomic():
        Interest.objects.filter(pk__in=[each.pk for each in found]).update(reminded_at=at)
        _tell(found, "interest_reminder", at)
    return len(found)


def lapse_unanswered(*, at: dt.datetime) -> int:
    """Let invitations lapse whose day has passed: silence is no consent. Safe to repeat."""
    found = list(_unanswered().filter(answer_before__lte=at).select_related("campaign"))
    with transaction.atomic():
        states.move_many(
            records=found,
            to=Interest.State.LAPSED,
            by=SYSTEM,
            at=at,
            reason="the invitation was not answered in time",
        )
        _tell(found, "interest_lapsed", at)
    return len(found)


def lapse_all(*, campaign: Campaign, by: Actor, at: dt.datetime, reason: str) -> int:
    """Let the interests that were not converted lapse; silence is no consent."""
    found = list(campaign.interests.live())
    states.move_many(records=found, to=Interest.State.LAPSED, by=by, at=at, reason=reason)
    return len(found)


def convert(*, interest: Interest, by: Actor, at: dt.datetime) -> Interest:
    """Mark an interest as used by a pledge, once (called by pledges.place)."""
    return states.move(record=interest, to=Interest.State.CONVERTED, by=by, at=at)


def tell_of_new_terms(*, campaign: Campaign, change: Change, at: dt.datetime) -> None:
    """Write to everyone with an interest which terms are new, and that they are to be confirmed again."""
    told = list(campaign.interests.live().select_related("campaign"))
    _tell(told, "terms_changed", at, change=change)


def claim(*, interest: Interest, user: User, at: dt.datetime) -> int:
    """Attach to an account the interests of its address, by the link that the mail brought there.

    Whoever holds the link reads that address's mail: so the address is proven, and every other
    interest left with it comes along. Safe to repeat; returns how many were attached. Raises
    NotYourAddress when the account has another address, and UnknownToken when another account has it.
    """
    if interest.email.casefold() != user.email.casefold():
        raise NotYourAddress(
            _("This interest was left with another address than that of your account.")
        )
    if interest.claimed_by_id not in (None, user.pk):
        raise UnknownToken(_("There is no such interest."))
    found = claim_all(user=user, at=at)
    interest.claimed_by = user
    return found


def claim_all(*, user: User, at: dt.datetime) -> int:
    """Attach to an account what was left with its address, which is proven to be its holder's: by
    the mailed link that opened the account, or one of an interest."""
    with transaction.atomic():
        unclaimed = Interest.objects.filter(email__iexact=user.email, claimed_by=None)
        found = list(unclaimed.select_for_update())
        Interest.objects.filter(pk__in=[each.pk for each in found]).update(claimed_by=user)
        for each in found:
            audit.record(action="interest.claimed", subject=each, by=user, at=at)
    return len(found)


def forget(*, user: User, at: dt.datetime) -> None:
    """Withdraw what an account's interests left open, and take address and name from all of them; also
    of those that its address left and nobody claimed."""
    theirs = Q(claimed_by=user) | Q(claimed_by=None, email__iexact=user.email)
    own = list(Interest.objects.filter(theirs))
    live = [each for each in own if each.state in Interest.LIVE]
    states.move_many(records=live, to=Interest.State.WITHDRAWN, by=user, at=at, reason="erased")
    for each in own:
        Interest.objects.filter(pk=each.pk).update(
            email=f"erased-{each.pk}@invalid.example",
            name="",
            token=secrets.token_urlsafe(TOKEN_BYTES),
        )


def by_token(token: str) -> Interest:
    """The interest of a token. Raises UnknownToken (404)."""
    found = Interest.objects.select_related("campaign__issuer").filter(token=token).first()
    if found is None:
        raise UnknownToken(_("There is no such interest."))
    return found


def must_confirm_terms(interest: Interest) -> bool:
    """Whether the terms changed since the interest was expressed."""
    return interest.terms_version != interest.campaign.terms_version


def standing(campaign: Campaign) -> Standing:
    """The sum and number of the interests that stand."""
    sums = campaign.interests.live().aggregate(total=Sum("amount"), people=Count("id"))
    return Standing(Money(sums["total"], "EUR") if sums["total"] else ZERO, sums["people"])


def _unanswered() -> InterestQuerySet:
    """Invitations that can be answered: not those of an offer that stands still."""
    invited = Interest.objects.filter(state=Interest.State.INVITED)
    return invited.exclude(campaign__state=Campaign.State.SUSPENDED)


def _until(campaign: Campaign, end: dt.datetime) -> dt.datetime:
    """An end that is not after the offer's own."""
    return min(end, clock.end_of(campaign.deadline_on)) if campaign.deadline_on else end


def _refuse_ended(interest: Interest) -> None:
    if interest.state not in Interest.LIVE:
        raise states.WrongState(_("This interest can no longer be changed."), state=interest.state)


def _refuse_too_little(campaign: Campaign, amount: Money) -> None:
    least = campaign.price_per_share * campaign.min_shares
    if str(amount.currency) != "EUR" or amount < least:
        raise TooLittle(
            _("The smallest amount is %(amount)s.") % {"amount": said(least)},
            field="amount",
            least=str(least.amount),
        )


def _tell(found: Sequence[Interest], template: str, at: dt.datetime, **told: Any) -> None:
    notices.send_many(notices=[_notice(interest, template, told) for interest in found], at=at)


def _notice(interest: Interest, template: str, told: dict[str, Any]) -> notices.NewNotice:
    context: dict[str, Any] = {
        "interest": interest,
        "campaign": interest.campaign,
        "amount": as_text(interest.amount, interest.language),
        "site": settings.SITE_URL,
        **told,
    }
    version = interest.campaign.terms_version
    return notices.NewNotice(
        key=f"{template}:{interest.pk}:{version}",
        to=interest.email,
        language=interest.language,
        template=template,
        context=context,
    )
