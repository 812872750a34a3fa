"""What is to be done about an intent, from how it stands with us and at the provider. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from djmoney.money import Money

from campaigns.models import PaymentIntent, ProviderFinding
from campaigns.stripe_gateway import IntentTold

State = PaymentIntent.State
Kind = ProviderFinding.Kind


class Act(StrEnum):
    """What follows for us."""

    NOTHING = "nothing"
    BOOK = "book"
    # The provider has not written its fee yet: it is asked again.
    WAIT = "wait"
    FIND = "find"
    MOVE = "move"


@dataclass(frozen=True)
class Ours:
    """Our own record of an intent."""

    state: str
    amount: Money


@dataclass(frozen=True)
class Decision:
    """An act, with the kind of finding or the state that it leads to."""

    act: Act
    what: str = ""


NOTHING = Decision(Act.NOTHING)


def decide(ours: Ours | None, told: IntentTold) -> Decision:
    """Money that came is booked whatever state we thought of, or is a finding; never an overwrite."""
    if ours is not None and ours.state == State.SUCCEEDED:
        return NOTHING
    if told.has_succeeded:
        return _of_money(ours, told)
    if ours is None:
        return NOTHING
    return _of_state(ours, told.status)


def _of_money(ours: Ours | None, told: IntentTold) -> Decision:
    if ours is None:
        return Decision(Act.FIND, Kind.UNKNOWN)
    if told.amount.currency != ours.amount.currency:
        return Decision(Act.FIND, Kind.CURRENCY)
    if told.amount != ours.amount:
        return Decision(Act.FIND, Kind.AMOUNT)
    return Decision(Act.WAIT) if told.fee is None else Decision(Act.BOOK)


def _of_state(ours: Ours, status: str) -> Decision:
    is_open = ours.state in PaymentIntent.OPEN
    if status == "canceled" and is_open:
        return Decision(Act.MOVE, State.CANCELED)
    if status == "processing" and ours.state in (State.WANTED, State.CREATED):
        return Decision(Act.MOVE, State.PROCESSING)
    if status == "requires_payment_method" and ours.state == State.PROCESSING:
        return Decision(Act.MOVE, State.CREATED)
    return NOTHING
