"""Erase what names an investor, as far as nothing keeps it. Until when the law keeps what is said above.

Facts stay: tests, checks, acknowledgements and money are append-only; without the name they are
nobody's. `backend.reporting.erasure` decides when, because it knows the pledges.
"""

import datetime as dt

from django.db import transaction

from backend.core import audit, users
from backend.core.models import User
from backend.core.users import Actor
from investors.models import Erasure, Investor, LossComponents, Qualification

ERASED = "—"


def ask(*, investor: Investor, user: User, by: Actor, at: dt.datetime) -> Erasure:
    """Note that the person wants it erased, and let go at once what no law keeps. Safe to repeat."""
    with transaction.atomic():
        asked, is_new = Erasure.objects.get_or_create(
            investor=investor, defaults={"asked_by": user, "asked_at": at}
        )
        if is_new:
            LossComponents.objects.filter(simulation__investor=investor).delete()
            Investor.objects.filter(pk=investor.pk).update(shown_as=Investor.ShownAs.ANONYMOUS)
            audit.record(action="erasure.asked", subject=investor, by=by, at=at)
    return asked


def carry_out(*, erasure: Erasure, by: Actor, at: dt.datetime) -> Erasure:
    """Take name, codes, addresses and claims from the investor; nobody acts for it any more."""
    if erasure.done_at is not None:
        return erasure
    with transaction.atomic():
        Investor.objects.filter(pk=erasure.investor_id).update(**_nameless(at))
        rows = Qualification.objects.filter(investor=erasure.investor_id)
        rows.update(claim={}, evidence=ERASED)
        erasure.investor.representations.filter(ended_at=None).update(ended_at=at)
        erasure.investor.representations.update(evidence="")
        Erasure.objects.filter(pk=erasure.pk).update(done_at=at)
        audit.record(
            action="erasure.done",
            subject=erasure.investor,
            by=by,
            at=at,
            facts={"asked": erasure.asked_at.isoformat(), "by": users.label(by)},
        )
    erasure.done_at = at
    return erasure


def _nameless(at: dt.datetime) -> dict[str, object]:
    return {
        "name": ERASED,
        "tax_code": "",
        "tax_code_print": None,
        "foreign_tax_number": "",
        "foreign_tax_print": None,
        "born_on": None,
        "email": "erased@invalid.example",
        "iban": "",
        "shown_as": Investor.ShownAs.ANONYMOUS,
        "erased_at": at,
    }
