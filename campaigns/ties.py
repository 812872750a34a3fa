"""What ties an investor to an issuer beside our offers, written down as somebody stated it.

The newest statement counts. A certificate for the tax relief that no longer holds by it is withdrawn.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Refused
from backend.core.models import Organisation
from backend.core.money import ZERO
from backend.core.users import Actor
from campaigns import certificates
from campaigns.models import IssuerTie
from investors.models import Investor


class BadTie(Refused):
    code = "issuer_tie.bad"


@dataclass(frozen=True)
class Tie:
    """Capital held beside our offers (nominal), part of the votes, and what was invoiced, with proof."""

    evidence: str
    other_capital: Money = ZERO
    votes_percent: Decimal | None = None
    invoiced: Money = ZERO


def record(
    *, issuer: Organisation, investor: Investor, told: Tie, by: Actor, at: dt.datetime
) -> IssuerTie:
    """Write down a statement, and hold the investor's certificates to it (I10). Raises BadTie."""
    if told.other_capital < ZERO or told.invoiced < ZERO:
        raise BadTie(_("A sum is not below zero."))
    if told.votes_percent is not None and not 0 <= told.votes_percent <= 100:
        raise BadTie(_("A part is between 0 and 100 %."), field="votes_percent")
    with transaction.atomic():
        row = IssuerTie.objects.create(
            issuer=issuer,
            investor=investor,
            recorded_at=at,
            by_label=users.label(by),
            **vars(told),
        )
        facts = {"issuer": issuer.pk, "invoiced": str(told.invoiced.amount)}
        audit.record(action="issuer.tie_recorded", subject=investor, by=by, at=at, facts=facts)
        certificates.follow_tie(issuer=issuer, investor=investor, by=by, at=at)
    return row
