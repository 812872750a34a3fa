"""What must hold of an offer and of a bid (housing.md 3.7 A): no void one leaves the house.

Late, under three quarters of the base, with less than a tenth down, beyond what was approved, by nobody.
"""

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock
from backend.core.errors import Refused
from backend.core.money import ZERO, said
from backend.ledger.models import Purpose
from properties import auctions, costs, signatures
from properties.guards.steps import Incomplete, Step, TooLate, guard_price, refuse_unapproved, told
from properties.models import Acquisition
from properties.models.routes import AT_COURT, Route


class OfferTooLow(Refused):
    code = "acquisition.offer_too_low"


class DepositTooSmall(Refused):
    code = "acquisition.deposit_too_small"


def guard_offer(acquisition: Acquisition, step: Step) -> None:
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
    guard_price(acquisition, step)
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


def guard_provisional(acquisition: Acquisition, step: Step) -> None:
    """Our bid was the last one: above the base price by the least raise, as every bid (c.p.c. 581)."""
    reached = told(step)
    guard_price(acquisition, step)
    least = (acquisition.base_price or ZERO) + (acquisition.least_raise or ZERO)
    if reached < least:
        raise OfferTooLow(
            _("A bid is at least %(least)s (c.p.c. 581).") % {"least": said(least)},
            field="amount",
        )


def guard_outbid(acquisition: Acquisition, step: Step) -> None:
    told(step)


def guard_raise(acquisition: Acquisition, step: Step) -> None:
    """A fifth more, twice the deposit, within ten days of the auction (c.p.c. 584)."""
    offer = told(step)
    guard_price(acquisition, step)
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
