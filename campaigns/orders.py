"""An order before it is a pledge: what is still missing, what it warns of, what refuses it.

Nothing here writes. Placing it is in `pledges`, the pure rules of suitability in `investors`.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.errors import Conflict, Refused
from backend.core.money import ZERO, cents, said
from campaigns import reading, rules
from campaigns.models import Campaign, Interest
from campaigns.rules.interface import Protection
from campaigns.sheets import translation_requests
from investors import assessments, qualifications, suitability
from investors.models import Investor
from investors.suitability import Need
from investors.warnings import Told

# A platform's file may come after the offer was suspended or ended.
MIRRORS = (Campaign.State.OPEN, Campaign.State.SUSPENDED, Campaign.State.COLLECTING)


class CampaignNotOpen(Conflict):
    code = "pledge.campaign_not_open"


class TakenElsewhere(Conflict):
    code = "pledge.taken_elsewhere"


class BelowMinimum(Refused):
    code = "pledge.below_minimum"


class NotAStep(Refused):
    code = "pledge.not_a_step"


class NotWhole(Refused):
    code = "pledge.not_whole"


class OverMaximum(Conflict):
    code = "pledge.over_maximum"


class NotReady(Refused):
    """Something must be given first; `facts["missing"]` lists codes and sentences."""

    code = "pledge.not_ready"


class TermsChanged(Conflict):
    code = "pledge.terms_changed"


class NotThisInterest(Refused):
    code = "pledge.not_this_interest"


@dataclass(frozen=True)
class Order:
    """What an investor wants: whole shares, their acknowledgement of the warnings, and perhaps an
    interest to convert; `confirms_terms` where the terms changed since that was left.

    `added_to` counts the shares of an order that this one makes larger: what is smallest and what is a
    step is judged of both. `ordered_at` is when a platform took it, where that was not here.
    `sheet_version` is the information sheet that was read, `warnings_read` the digest of the warnings
    (`reading`); an order that a platform took names neither.
    """

    campaign: Campaign
    investor: Investor
    shares: int
    is_acknowledged: bool = False
    interest: Interest | None = None
    confirms_terms: bool = False
    added_to: int = 0
    ordered_at: dt.datetime | None = None
    sheet_version: int | None = None
    warnings_read: str = ""


@dataclass(frozen=True)
class Look:
    """An order beside what is known of its investor, before it is written."""

    standing: suitability.Standing
    order: suitability.Order
    warnings: list[Told]


def check(*, order: Order, campaign: Campaign, at: dt.datetime) -> Look:
    """Refuse an order that cannot be placed in the campaign as it stands; else say what was seen.

    Raises CampaignNotOpen, TakenElsewhere (by the platform that this mirrors), BelowMinimum,
    NotAStep, OverMaximum (more than the whole offer), NotReady
    (with the list of what is missing), NotThisInterest, TermsChanged, SheetUnread, SheetReplaced,
    WarningsUnread, TranslationPending, AdviceNotShown.
    """
    refuse_impossible(order, campaign, at)
    look = _look(order, at)
    _refuse_unready(order, look, at)
    _refuse_interest(order, campaign)
    reading.refuse_unread_sheet(campaign=campaign, read=order.sheet_version)
    reading.refuse_unwarned(told=look.warnings, read=order.warnings_read)
    translation_requests.refuse_unanswered(campaign=campaign, email=order.investor.email)
    return look


def check_mirrored(*, order: Order, campaign: Campaign, at: dt.datetime) -> None:
    """Refuse an order of a platform that this campaign cannot have had.

    Whether the investor was fit for it was the platform's to ask. Raises CampaignNotOpen (before the
    opening, after the deadline, or in days to come), BelowMinimum, NotAStep, OverMaximum, NotReady.
    """
    ordered_at = order.ordered_at or at
    is_late = campaign.is_over(ordered_at)
    if campaign.state not in MIRRORS or is_late or ordered_at > at:
        raise CampaignNotOpen(
            _("The campaign took no pledges at the time of this order."), campaign=campaign.slug
        )
    refuse_count(campaign, order.shares + order.added_to)
    refuse_mixed(order)


def missing(*, order: Order, at: dt.datetime) -> list[Need]:
    """What must still be given before the order can be placed, as a list for the page."""
    look = _look(order, at)
    return _protection(order).missing(standing=look.standing, order=look.order, at=at)


def warnings(*, order: Order, at: dt.datetime) -> list[Told]:
    """The warnings that the order calls for, with the amounts that they name."""
    return _look(order, at).warnings


def end_of_reflection(
    *, campaign: Campaign, investor: Investor | None, at: dt.datetime
) -> dt.datetime:
    """Until when an order placed now could be taken back; `at` itself for an investor who gave up that
    protection."""
    kinds = qualifications.in_force([investor.pk], at=at) if investor else {}
    return rules.end_of_reflection(
        code=campaign.regime,
        placed_at=at,
        promised_days=campaign.reflection_days,
        kinds=kinds.get(investor.pk, set()) if investor else set(),
    )


def shares_for(*, campaign: Campaign, amount: Money) -> int:
    """How many shares an amount buys. Raises NotWhole, naming the two amounts beside it."""
    price = campaign.price_per_share
    shares, rest = divmod(cents(amount), cents(price))
    if rest or str(amount.currency) != str(price.currency):
        raise NotWhole(
            _("Shares cost %(price)s each: choose %(less)s or %(more)s.")
            % {
                "price": said(price),
                "less": said(price * shares),
                "more": said(price * (shares + 1)),
            },
            field="amount",
        )
    return shares


def refuse_impossible(order: Order, campaign: Campaign, at: dt.datetime) -> None:
    """Refuse an order that the offer cannot take from this investor, whatever else they may give.

    Raises CampaignNotOpen, TakenElsewhere, BelowMinimum, NotAStep, OverMaximum, NotReady.
    """
    _refuse_closed(campaign, at)
    refuse_elsewhere(campaign)
    refuse_count(campaign, order.shares + order.added_to)
    refuse_mixed(order)


def _refuse_closed(campaign: Campaign, at: dt.datetime) -> None:
    if campaign.state != Campaign.State.OPEN or campaign.is_over(at):
        raise CampaignNotOpen(_("This campaign takes no pledges now."), campaign=campaign.slug)


def refuse_elsewhere(campaign: Campaign) -> None:
    """Refuse an act on orders that a platform takes. Raises TakenElsewhere."""
    if campaign.mode == Campaign.Mode.MIRROR:
        raise TakenElsewhere(
            _("Orders for this offer are taken by its platform."),
            platform=campaign.platform.name if campaign.platform else "",
        )


def refuse_count(campaign: Campaign, shares: int) -> None:
    """Refuse a number of shares that the terms do not allow as one order.

    Raises BelowMinimum, NotAStep, OverMaximum.
    """
    if shares < campaign.min_shares:
        raise BelowMinimum(
            _("The smallest order is %(shares)s shares (%(amount)s).")
            % {
                "shares": campaign.min_shares,
                "amount": said(campaign.price_per_share * campaign.min_shares),
            },
            field="shares",
        )
    if (shares - campaign.min_shares) % campaign.share_step:
        raise NotAStep(
            _("Above the smallest order, shares are taken in steps of %(step)s.")
            % {"step": campaign.share_step},
            field="shares",
        )
    if shares > campaign.max_shares:
        raise OverMaximum(_("This is more than the whole offer."), field="shares")


def _refuse_unready(order: Order, look: Look, at: dt.datetime) -> None:
    needs = _protection(order).missing(standing=look.standing, order=look.order, at=at)
    if needs:
        listed = [{"code": need.code, "sentence": str(need.sentence)} for need in needs]
        raise NotReady(" ".join(str(need.sentence) for need in needs), missing=listed)


def refuse_mixed(order: Order) -> None:
    """Refuse an invented person in a real offer and the other way about. Raises NotReady."""
    if order.investor.is_synthetic != order.campaign.is_synthetic:
        raise NotReady(_("Invented and real people and campaigns are kept apart."), missing=[])


def _look(order: Order, at: dt.datetime) -> Look:
    """Warnings look at the sum of a person's orders in the offer (R45, the safer reading)."""
    others = order.campaign.pledges.live().filter(investor=order.investor)
    before = others.aggregate(sum=Sum("amount"))["sum"]
    total = order.campaign.price_per_share * order.shares + (
        Money(before, "EUR") if before else ZERO
    )
    seen = suitability.Order(total=total, is_acknowledged=order.is_acknowledged)
    standing = assessments.standing(order.investor, at=at)
    kinds = _protection(order).warnings(standing=standing, order=seen)
    told = [Told(kind, suitability.amounts(kind, standing=standing, order=seen)) for kind in kinds]
    return Look(standing, seen, told)


def _protection(order: Order) -> Protection:
    """What the law of the offer asks of who orders (R28-R45, I5)."""
    return rules.regime(order.campaign.regime).protection


def _refuse_interest(order: Order, campaign: Campaign) -> None:
    interest = order.interest
    if interest is None:
        return
    if interest.campaign_id != campaign.pk or interest.state != Interest.State.INVITED:
        raise NotThisInterest(_("This interest cannot be turned into this pledge."))
    if interest.terms_version != campaign.terms_version and not order.confirms_terms:
        raise TermsChanged(
            _("The terms changed since you left your interest: please read and confirm them."),
            seen=interest.terms_version,
            now=campaign.terms_version,
        )
