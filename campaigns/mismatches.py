"""A transfer that was somebody else's: what was taken for a pledge's payment is taken from it again.

Treasury took the match back and booked the counter-entry. The payment stays written; a return of the
same amount and instant stands against it, so that promised, paid and settled say what is true now.
"""

from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Conflict
from backend.core.money import as_text
from backend.core.users import Actor
from backend.treasury.expectations import Met
from campaigns import letters
from campaigns.models import Payment, Pledge, Refund


class AlreadyAllotted(Conflict):
    code = "payment.already_allotted"


class AlreadyGoingBack(Conflict):
    code = "payment.already_going_back"


def on_taken_back(met: Met, /, *, by: Actor, reason: str) -> None:
    """Count a payment by transfer no more, and tell the investor that it was another's.

    Raises AlreadyAllotted once there are shares for it, AlreadyGoingBack when it was asked back: then
    the remedy is a refund, not another reading of the line.
    """
    pledge = Pledge.objects.select_related("campaign", "investor").get(
        pk=Pledge.objects.select_for_update(no_key=True).get(pk=met.expectation.owner_key).pk
    )
    if pledge.state == Pledge.State.ALLOTTED:
        raise AlreadyAllotted(_("Shares were allotted for this payment."), pledge=pledge.pk)
    refund = Refund.objects.create(
        payment=_payment(met, pledge),
        amount=met.amount,
        reason=reason[:200],
        requested_by=users.label(by),
        requested_at=met.at,
        returned_at=met.at,
    )
    audit.record(action="payment.taken_back", subject=pledge, by=by, at=met.at, reason=reason)
    letters.to_pledger(
        pledge,
        "payment_taken_back",
        at=met.at,
        occasion=str(refund.pk),
        taken=as_text(met.amount, pledge.investor.language),
    )


def _payment(met: Met, pledge: Pledge) -> Payment:
    of_line = pledge.payments.filter(provider_id__startswith=f"line:{met.line.pk}:")
    untouched = of_line.filter(amount=met.amount, refunds=None)
    payment: Payment | None = untouched.order_by("id").first()
    if payment is None:
        raise AlreadyGoingBack(_("This payment is on its way back already."), pledge=pledge.pk)
    return payment
