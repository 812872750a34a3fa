"""What must hold before a purchase moves on: the guards of housing.md 3.7, by the state that is reached.

No void offer leaves the house, no price beyond what a second person approved, no balance that the bank
does not show. The moves themselves are made in `acquisitions`.
"""

from collections.abc import Callable

from properties.guards import awards, bids, titles
from properties.guards.awards import BalanceNotPaid, MustBeAwarded, NoDeposit, OutBid
from properties.guards.bids import DepositTooSmall, OfferTooLow
from properties.guards.steps import (
    BackInTime,
    Incomplete,
    NotApproved,
    OfferTooHigh,
    Step,
    TooEarly,
    TooLate,
    guard_price,
    refuse_bad_day,
    refuse_one_witness,
    refuse_past,
    refuse_unapproved,
)
from properties.guards.titles import LivedIn, refuse_open_terms
from properties.models import Acquisition

__all__ = [
    "BackInTime",
    "BalanceNotPaid",
    "DepositTooSmall",
    "Incomplete",
    "LivedIn",
    "MustBeAwarded",
    "NoDeposit",
    "NotApproved",
    "OfferTooHigh",
    "OfferTooLow",
    "OutBid",
    "Step",
    "TooEarly",
    "TooLate",
    "hold",
    "refuse_bad_day",
    "refuse_one_witness",
    "refuse_open_terms",
    "refuse_past",
    "refuse_unapproved",
]


def hold(acquisition: Acquisition, step: Step) -> None:
    """Raise what speaks against reaching the state of a step."""
    refuse_one_witness(step)
    if guard := GUARDS.get(step.to):
        guard(acquisition, step)


Guard = Callable[[Acquisition, Step], None]
GUARDS: dict[str, Guard] = {
    "AWARDED": awards.guard_award,
    "PROVISIONALLY_AWARDED": bids.guard_provisional,
    "OUTBID": bids.guard_outbid,
    "LOST": awards.guard_lost,
    "RAISED": bids.guard_raise,
    "ACCEPTED": guard_price,
    "PRELIMINARY": guard_price,
    "OFFER_FILED": bids.guard_offer,
    "OFFER": bids.guard_offer,
    "BALANCE_DUE": awards.guard_balance_due,
    "BALANCE_PAID": awards.guard_balance_paid,
    "DEFAULTED": awards.guard_default,
    "MANDATE_SIGNED": titles.guard_mandate,
    "RETURNED": titles.guard_return,
    "NOTARY_DEED": titles.guard_title,
    "DEED": titles.guard_title,
}
