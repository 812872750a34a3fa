"""What must hold of what the court decides on our offer: an award, a loss, the balance, a default."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import Conflict, Refused
from backend.ledger.models import Purpose
from properties import auctions, contests, costs
from properties.guards.steps import Incomplete, Step, TooEarly, TooLate, guard_price, offered, told
from properties.models import Acquisition
from properties.models.routes import Route


class BalanceNotPaid(Conflict):
    code = "acquisition.balance_not_paid"


class NoDeposit(Conflict):
    code = "acquisition.no_deposit"


class OutBid(Refused):
    code = "acquisition.out_bid"


class MustBeAwarded(Refused):
    code = "acquisition.must_be_awarded"


def guard_award(acquisition: Acquisition, step: Step) -> None:
    """An auction is won with a deposit, at a price that was approved; banks may show it days later."""
    if acquisition.route == Route.COURT_INCREASE:
        _guard_final(acquisition, step)
        return
    price = told(step)
    guard_price(acquisition, step)
    offer = offered(acquisition)
    if offer and costs.committed(acquisition, Purpose.DEPOSIT) < auctions.least_deposit(offer):
        raise NoDeposit(
            _("No deposit went with this offer: without one it is void (c.p.c. 571)."),
            field="to",
        )
    best = max((row.price for rank, row in contests.ranking(acquisition) if rank), default=None)
    if best and price < best:
        raise OutBid(_("An offer in the envelopes is higher than this price."), field="amount")


def _guard_final(acquisition: Acquisition, step: Step) -> None:
    """With increase: at the price of our bid after ten days without a raise, or of the contest."""
    price = told(step)
    guard_price(acquisition, step)
    ours = acquisition.steps.filter(state="PROVISIONALLY_AWARDED").last()
    if acquisition.state != "PROVISIONALLY_AWARDED" or ours is None:
        return
    if step.on <= ours.on + auctions.RAISE_DAYS:
        raise TooEarly(_("For ten days anybody may raise the price (c.p.c. 584)."), field="on")
    if price != ours.amount:
        raise OutBid(_("Nobody raised it: the price is that of our bid."), field="amount")


def guard_lost(acquisition: Acquisition, step: Step) -> None:
    """A single offer of the base price or more is accepted without question (c.p.c. 572)."""
    offer, base = offered(acquisition), acquisition.base_price
    if acquisition.state == "SINGLE_OFFER" and offer and base and offer >= base:
        raise MustBeAwarded(
            _("A single offer of the base price or more is accepted (c.p.c. 572)."), field="to"
        )


def guard_balance_due(acquisition: Acquisition, step: Step) -> None:
    if step.balance_due_on is None and acquisition.balance_due_on is None:
        raise Incomplete(_("The order of the sale names the day for the balance."), field="on")


def guard_balance_paid(acquisition: Acquisition, step: Step) -> None:
    """The bank says whether it was paid, not we; a balance after its day is a default."""
    if acquisition.balance_due_on and step.on > acquisition.balance_due_on:
        raise TooLate(_("The day for the balance has passed."), field="on")
    price = contests.price_won(acquisition)
    if costs.paid(acquisition, Purpose.DEPOSIT, Purpose.PRICE) < price:
        raise BalanceNotPaid(_("The bank does not show the whole price yet."), field="to")


def guard_default(acquisition: Acquisition, step: Step) -> None:
    """Who may still pay has not defaulted: the day of the order must be over (c.p.c. 587)."""
    until = acquisition.balance_due_on
    if until is None or step.on <= until:
        raise TooEarly(_("The day for the balance has not passed yet."), field="on")
