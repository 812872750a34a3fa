"""A step of a purchase, and what must hold of any step: its day, its amount, a second person's yes."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, clock
from backend.core.errors import Conflict, Refused
from properties import costs, signatures
from properties.households import refuse_future
from properties.models import Acquisition
from properties.models.routes import FIRST_STATE


class NotApproved(Conflict):
    code = "acquisition.not_approved"


class OfferTooHigh(Refused):
    code = "acquisition.offer_too_high"


class TooLate(Refused):
    code = "acquisition.too_late"


class TooEarly(Refused):
    code = "acquisition.too_early"


class Incomplete(Refused):
    code = "acquisition.incomplete"


class BackInTime(Refused):
    code = "acquisition.back_in_time"


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


def guard_price(acquisition: Acquisition, step: Step) -> None:
    if step.amount and acquisition.max_price and step.amount > acquisition.max_price:
        raise OfferTooHigh(_("This is more than was approved."), field="amount")


def told(step: Step) -> Money:
    if step.amount is None:
        raise Incomplete(_("Say which price was reached."), field="amount")
    return step.amount


def offered(acquisition: Acquisition) -> Money | None:
    offer = acquisition.steps.filter(state="OFFER_FILED").last()
    return offer.amount if offer else None
