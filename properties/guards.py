"""What must hold before a purchase moves on: the guards of housing.md 3.7, by the state that is reached.

No void offer leaves the house, no price beyond what a second person approved, no balance that the bank
does not show. The moves themselves are made in `acquisitions`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, clock
from backend.core.errors import Conflict, Refused
from backend.core.money import ZERO, said
from backend.ledger.models import Purpose
from properties import auctions, contests, costs, lettings, signatures
from properties.households import refuse_future
from properties.models import Acquisition
from properties.models.routes import AT_COURT, FIRST_STATE, Route


class NotApproved(Conflict):
    code = "acquisition.not_approved"


class OfferTooLow(Refused):
    code = "acquisition.offer_too_low"


class OfferTooHigh(Refused):
    code = "acquisition.offer_too_high"


class DepositTooSmall(Refused):
    code = "acquisition.deposit_too_small"


class TooLate(Refused):
    code = "acquisition.too_late"


class TooEarly(Refused):
    code = "acquisition.too_early"


class Incomplete(Refused):
    code = "acquisition.incomplete"


class BalanceNotPaid(Conflict):
    code = "acquisition.balance_not_paid"


class NoDeposit(Conflict):
    code = "acquisition.no_deposit"


class OutBid(Refused):
    code = "acquisition.out_bid"


class LivedIn(Conflict):
    code = "acquisition.lived_in"


class BackInTime(Refused):
    code = "acquisition.back_in_time"


class MustBeAwarded(Refused):
    code = "acquisition.must_be_awarded"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A move to a state: the day it happened, the amount and the paper that belong to it."""

    to: str
    on: dt.date
    amount: Money | None = None
    document: str = ""
    balance_due_on: dt.date | None = None
    term_ends_on: dt.date | None = None
    bids_as: str = ""
    is_not_debtor: bool = False
    witness: str = ""
    other_witness: str = ""


def hold(acquisition: Acquisition, step: Step) -> None:
    """Raise what speaks against reaching the state of a step."""
    refuse_one_witness(step)
    if guard := GUARDS.get(step.to):
        guard(acquisition, step)


def refuse_one_witness(step: Step) -> None:
    """Raise NoWitnesses where a single witness is named: of a past deed none may be known."""
    if step.witness or step.other_witness:
        signatures.refuse_one_witness(witness=step.witness, other_witness=step.other_witness)


def refuse_bad_day(acquisition: Acquisition, step: Step, at: dt.datetime) -> None:
    """Raise InTheFuture for a day that has not come, BackInTime for one before the step before.

    The first step is of the day on which somebody wrote the home down: what came before stands.
    """
    refuse_future(step.on, at)
    done = acquisition.steps.exclude(state=FIRST_STATE[acquisition.route])
    last = done.order_by("pk").last()
    if last is not None and step.on < last.on:
        raise BackInTime(_("The step before was on a later day."), field="on")


def refuse_past(
    *, sale_on: dt.date | None, offer_due_at: dt.datetime | None, at: dt.datetime
) -> None:
    """Raise TooLate for an auction that is over already: nobody can try for that home any more."""
    if sale_on and sale_on < clock.day_of(at):
        raise TooLate(_("The day of the auction has passed."), field="sale_on")
    if offer_due_at and offer_due_at < at:
        raise TooLate(_("The day for offers has passed."), field="offer_due_at")


def refuse_unapproved(acquisition: Acquisition) -> None:
    """Raise NotApproved unless a second person approved the purchase."""
    if not approvals.is_approved(action=costs.APPROVAL, subject=acquisition):
        raise NotApproved(_("A second person must approve this purchase first."), field="to")


def _guard_offer(acquisition: Acquisition, step: Step) -> None:
    """No void offer is sent: late, under 75 % of the base, deposit under 10 % of the offer, by nobody."""
    refuse_unapproved(acquisition)
    if acquisition.route in AT_COURT:
        signatures.refuse_bidder(
            bids_as=step.bids_as, is_not_debtor=step.is_not_debtor, document=step.document
        )
    if step.amount is None and acquisition.route != Route.COURT_INCREASE:
        raise Incomplete(_("Say how much is offered."), field="amount")
    ends_on = acquisition.offer_due_at and clock.day_of(acquisition.offer_due_at)
    if any(day and step.on > day for day in (ends_on, acquisition.sale_on)):
        raise TooLate(_("The day for offers has passed: this offer would be void."), field="on")
    _guard_price(acquisition, step)
    if acquisition.route == Route.COURT_AUCTION and step.amount is not None:
        _guard_bid(acquisition, step.amount)
    if acquisition.route == Route.COURT_INCREASE:
        _refuse_small_deposit(acquisition)


def _guard_bid(acquisition: Acquisition, offer: Money) -> None:
    if acquisition.base_price and offer < auctions.lowest_offer(acquisition.base_price):
        raise OfferTooLow(
            _("An offer more than a quarter under the base price is void (c.p.c. 571)."),
            field="amount",
        )
    deposit = costs.committed(acquisition, Purpose.DEPOSIT)
    if deposit < max(auctions.least_deposit(offer), acquisition.deposit_asked or ZERO):
        raise DepositTooSmall(
            _("The deposit must be at least a tenth of the offer (c.p.c. 571): commit it first."),
            field="amount",
        )


def _refuse_small_deposit(acquisition: Acquisition, *, times: int = 1) -> None:
    """With increase the notice names the deposit, a tenth of the base price at most (c.p.c. 576)."""
    base = acquisition.base_price or ZERO
    asked = acquisition.deposit_asked or auctions.least_deposit(base)
    if costs.committed(acquisition, Purpose.DEPOSIT) < asked * times:
        raise DepositTooSmall(
            _("The deposit must be %(asked)s: commit it first.") % {"asked": said(asked * times)},
            field="amount",
        )


def _guard_provisional(acquisition: Acquisition, step: Step) -> None:
    """Our bid was the last one: above the base price by the least raise, as every bid (c.p.c. 581)."""
    reached = _told(step)
    _guard_price(acquisition, step)
    least = (acquisition.base_price or ZERO) + (acquisition.least_raise or ZERO)
    if reached < least:
        raise OfferTooLow(
            _("A bid is at least %(least)s (c.p.c. 581).") % {"least": said(least)},
            field="amount",
        )


def _guard_outbid(acquisition: Acquisition, step: Step) -> None:
    _told(step)


def _guard_raise(acquisition: Acquisition, step: Step) -> None:
    """A fifth more, twice the deposit, within ten days of the auction (c.p.c. 584)."""
    offer = _told(step)
    _guard_price(acquisition, step)
    outbid = acquisition.steps.filter(state="OUTBID").last()
    assert outbid is not None, "only who was outbid raises"
    if step.on > outbid.on + auctions.RAISE_DAYS:
        raise TooLate(_("The ten days for a raise have passed (c.p.c. 584)."), field="on")
    if outbid.amount and offer < auctions.least_to_raise(outbid.amount):
        raise OfferTooLow(
            _("A raise is at least %(least)s, a fifth above the price reached (c.p.c. 584).")
            % {"least": said(auctions.least_to_raise(outbid.amount))},
            field="amount",
        )
    _refuse_small_deposit(acquisition, times=2)


def _guard_final(acquisition: Acquisition, step: Step) -> None:
    """With increase: at the price of our bid after ten days without a raise, or of the contest."""
    price = _told(step)
    _guard_price(acquisition, step)
    ours = acquisition.steps.filter(state="PROVISIONALLY_AWARDED").last()
    if acquisition.state != "PROVISIONALLY_AWARDED" or ours is None:
        return
    if step.on <= ours.on + auctions.RAISE_DAYS:
        raise TooEarly(_("For ten days anybody may raise the price (c.p.c. 584)."), field="on")
    if price != ours.amount:
        raise OutBid(_("Nobody raised it: the price is that of our bid."), field="amount")


def _told(step: Step) -> Money:
    if step.amount is None:
        raise Incomplete(_("Say which price was reached."), field="amount")
    return step.amount


def _guard_award(acquisition: Acquisition, step: Step) -> None:
    """An auction is won with a deposit, at a price that was approved; banks may show it days later."""
    if acquisition.route == Route.COURT_INCREASE:
        _guard_final(acquisition, step)
        return
    price = _told(step)
    _guard_price(acquisition, step)
    offer = _offered(acquisition)
    if offer and costs.committed(acquisition, Purpose.DEPOSIT) < auctions.least_deposit(offer):
        raise NoDeposit(
            _("No deposit went with this offer: without one it is void (c.p.c. 571)."),
            field="to",
        )
    best = max((row.price for rank, row in contests.ranking(acquisition) if rank), default=None)
    if best and price < best:
        raise OutBid(_("An offer in the envelopes is higher than this price."), field="amount")


def _guard_lost(acquisition: Acquisition, step: Step) -> None:
    """A single offer of the base price or more is accepted without question (c.p.c. 572)."""
    offer, base = _offered(acquisition), acquisition.base_price
    if acquisition.state == "SINGLE_OFFER" and offer and base and offer >= base:
        raise MustBeAwarded(
            _("A single offer of the base price or more is accepted (c.p.c. 572)."), field="to"
        )


def _guard_mandate(acquisition: Acquisition, step: Step) -> None:
    refuse_unapproved(acquisition)
    refuse_open_terms(step)


def refuse_open_terms(step: Step) -> None:
    """Refuse a mandate without a term, or that does not say what rent its owner is guaranteed."""
    if step.amount is None:
        raise Incomplete(_("Say which rent the owner is guaranteed."), field="amount")
    if step.term_ends_on is None or step.term_ends_on <= step.on:
        raise Incomplete(_("Say until when the mandate runs."), field="term_ends_on")


def _guard_return(acquisition: Acquisition, step: Step) -> None:
    if lettings.is_lived_in(acquisition.unit, step.on):
        raise LivedIn(_("People live here: find them a home first, and say when they left."))


def _guard_balance_due(acquisition: Acquisition, step: Step) -> None:
    if step.balance_due_on is None and acquisition.balance_due_on is None:
        raise Incomplete(_("The order of the sale names the day for the balance."), field="on")


def _guard_balance_paid(acquisition: Acquisition, step: Step) -> None:
    """The bank says whether it was paid, not we; a balance after its day is a default."""
    if acquisition.balance_due_on and step.on > acquisition.balance_due_on:
        raise TooLate(_("The day for the balance has passed."), field="on")
    price = contests.price_won(acquisition)
    if costs.paid(acquisition, Purpose.DEPOSIT, Purpose.PRICE) < price:
        raise BalanceNotPaid(_("The bank does not show the whole price yet."), field="to")


def _guard_default(acquisition: Acquisition, step: Step) -> None:
    """Who may still pay has not defaulted: the day of the order must be over (c.p.c. 587)."""
    until = acquisition.balance_due_on
    if until is None or step.on <= until:
        raise TooEarly(_("The day for the balance has not passed yet."), field="on")


def _guard_price(acquisition: Acquisition, step: Step) -> None:
    if step.amount and acquisition.max_price and step.amount > acquisition.max_price:
        raise OfferTooHigh(_("This is more than was approved."), field="amount")


def _guard_title(acquisition: Acquisition, step: Step) -> None:
    """A gift is made by public deed before two witnesses, or it is none (c.c. 782)."""
    refuse_unapproved(acquisition)
    if acquisition.route == Route.DONATION:
        signatures.refuse_gift(
            document=step.document, witness=step.witness, other_witness=step.other_witness
        )
    _guard_price(acquisition, step)


def _offered(acquisition: Acquisition) -> Money | None:
    offer = acquisition.steps.filter(state="OFFER_FILED").last()
    return offer.amount if offer else None


Guard = Callable[[Acquisition, Step], None]
GUARDS: dict[str, Guard] = {
    "AWARDED": _guard_award,
    "PROVISIONALLY_AWARDED": _guard_provisional,
    "OUTBID": _guard_outbid,
    "LOST": _guard_lost,
    "RAISED": _guard_raise,
    "ACCEPTED": _guard_price,
    "PRELIMINARY": _guard_price,
    "OFFER_FILED": _guard_offer,
    "OFFER": _guard_offer,
    "BALANCE_DUE": _guard_balance_due,
    "BALANCE_PAID": _guard_balance_paid,
    "DEFAULTED": _guard_default,
    "MANDATE_SIGNED": _guard_mandate,
    "RETURNED": _guard_return,
    "NOTARY_DEED": _guard_title,
    "DEED": _guard_title,
}
