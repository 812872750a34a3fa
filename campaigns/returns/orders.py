"""Order the refunds of a campaign at the bank, as many as have an account to go to.

Safe to repeat and to go on with after any fault: what stands in an order is left out of the next one,
and the database refuses a second order of the same refund.
"""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backend.core import transactions
from backend.core.models import User
from backend.treasury import payment_orders, references
from backend.treasury.models import CreditTransfer, Expectation, PaymentOrder
from backend.treasury.models.payment_order import PaymentOrderQuerySet
from backend.treasury.payment_orders import NewOrder, Payee
from campaigns import destinations, purses, refunds
from campaigns.destinations import Destination
from campaigns.models import Campaign, Refund


@transactions.repeated
def draft(
    *,
    campaign: Campaign,
    execute_on: dt.date,
    schema: str = PaymentOrder.Schema.V09,
    by: User,
    at: dt.datetime,
) -> PaymentOrder:
    """Order what waits, up to the bank's limit, and ask a second person.

    Raises NothingToPay when nothing that has an account waits.
    """
    waiting = list(unordered(campaign))
    found = destinations.of(waiting)
    able = [refund for refund in waiting if refund.pk in found][: payment_orders.MOST_TRANSFERS]
    expected = _expected(able)
    new = NewOrder(
        bank_account=purses.restricted_account(campaign),
        title=_("Refunds of “%(campaign)s”") % {"campaign": campaign.title_it},
        payees=[_payee(refund, expected[refund.pk], found[refund.pk]) for refund in able],
        execute_on=execute_on,
        subject=subject_of(campaign),
        schema=schema,
    )
    return payment_orders.draft(new=new, by=by, at=at)


def of_campaign(campaign: Campaign) -> PaymentOrderQuerySet:
    """The orders of a campaign's refunds, newest first."""
    rows: PaymentOrderQuerySet = PaymentOrder.objects.filter(subject=subject_of(campaign))
    return rows.order_by("-id")


def unordered(campaign: Campaign) -> QuerySet[Refund]:
    """Refunds by bank that are owed and stand in no live order, the oldest first."""
    live = CreditTransfer.objects.filter(ended_at=None, order__subject=subject_of(campaign))
    owed = Refund.objects.filter(
        payment__pledge__campaign=campaign, returned_at=None, failed_at=None
    ).exclude(reference="")
    rows = owed.exclude(reference__in=live.values("end_to_end_id"))
    related = rows.select_related("payment__pledge__investor", "payment__pledge__campaign")
    return related.order_by("id")


def subject_of(campaign: Campaign) -> str:
    return f"refunds:campaign:{campaign.pk}"


def _expected(found: list[Refund]) -> dict[int, Expectation]:
    rows = Expectation.objects.filter(
        owner_kind=refunds.REFUND_OWNER, owner_key__in=[str(refund.pk) for refund in found]
    )
    return {int(row.owner_key): row for row in rows}


def _payee(refund: Refund, expectation: Expectation, to: Destination) -> Payee:
    """The reference first, readable: a bank that sends it back repeats what it was given."""
    pledge = refund.payment.pledge
    shown = references.shown(refund.reference)
    text = f"{shown} Restituzione {pledge.campaign.title_it}"
    return Payee(expectation, to.name, to.iban, text)
