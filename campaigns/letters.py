"""Letters to investors about their pledges: one per pledge and occasion, in their language."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from backend.core import notices
from backend.core.money import as_text
from backend.treasury import references
from campaigns.figures import PledgeFigures
from campaigns.models import CertificateWithdrawal, Payment, Pledge


def to_pledgers(pledges: Sequence[Pledge], template: str, *, at: dt.datetime) -> None:
    """Write to the investors of pledges; a letter that was written is not written again.

    Of an investor that a platform told us of there may be no address: nothing is written.
    """
    found = [_letter(pledge, template, {}) for pledge in pledges if pledge.investor.email]
    notices.send_many(notices=found, at=at)


def to_pledger(
    pledge: Pledge, template: str, *, at: dt.datetime, occasion: str = "", **facts: Any
) -> None:
    """Write to the investor of a pledge; `occasion` tells apart what may happen more than once."""
    if pledge.investor.email:
        notices.send(notice=_letter(pledge, template, facts, occasion), at=at)


def of_payments(payments: Sequence[tuple[Payment, PledgeFigures]], *, at: dt.datetime) -> None:
    """Tell the investors that their money arrived, and where their pledge stands with it."""
    letters = [
        _letter(
            payment.pledge,
            "payment_received",
            {
                "payment": payment,
                "standing": standing,
                "received": as_text(payment.amount, payment.pledge.investor.language),
            },
            str(payment.pk),
        )
        for payment, standing in payments
        if payment.pledge.investor.email
    ]
    notices.send_many(notices=letters, at=at)


def _letter(
    pledge: Pledge, template: str, facts: dict[str, Any], occasion: str = ""
) -> notices.NewNotice:
    return notices.NewNotice(
        key=":".join(part for part in (template, str(pledge.pk), occasion) if part),
        to=pledge.investor.email,
        language=pledge.investor.language,
        template=template,
        context={
            "pledge": pledge,
            "campaign": pledge.campaign,
            "investor": pledge.investor,
            "amount": as_text(pledge.amount, pledge.investor.language),
            "reference": references.shown(pledge.reference),
            "site": settings.SITE_URL,
            **facts,
        },
    )


def of_withdrawal(gone: CertificateWithdrawal, *, at: dt.datetime) -> None:
    """Tell who holds a proof that it does not stand any more, once, and why."""
    proof = gone.certificate
    pledge = proof.allotment.pledge
    holder = proof.owner
    if not holder.email:
        return
    context = {
        "proof": proof,
        "gone": gone,
        "investor": holder,
        "campaign": pledge.campaign,
        "page": f"/profile/{holder.pk}/statement/",
        "site": settings.SITE_URL,
    }
    letter = notices.NewNotice(
        key=f"certificate_withdrawn:{proof.pk}",
        to=holder.email,
        language=holder.language,
        template="certificate_withdrawn",
        context=context,
    )
    notices.send(notice=letter, at=at)
