"""Funds: open one, say what it may pay for, release what was held."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit
from backend.core.errors import Conflict
from backend.core.models import Organisation
from backend.core.users import Actor
from backend.ledger.models import Fund, FundPolicy


class NotHeld(Conflict):
    code = "fund.not_held"


def open_fund(
    *, code: str, name: str, organisation: Organisation, is_restricted: bool, is_held: bool
) -> Fund:
    """Open a fund, or return the one that has the code. Its nature never changes."""
    fund, _created = Fund.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "organisation": organisation,
            "is_restricted": is_restricted,
            "is_held": is_held,
        },
    )
    return fund


def allow(*, fund: Fund, purposes: Iterable[str], valid_from: dt.date) -> None:
    """Let a restricted fund pay for purposes from a day on. Safe to repeat."""
    policies = [
        FundPolicy(fund=fund, purpose=purpose, valid_from=valid_from)
        for purpose in sorted(purposes)
    ]
    FundPolicy.objects.bulk_create(policies, ignore_conflicts=True)


def allowed_purposes(*, fund: Fund, on: dt.date) -> frozenset[str]:
    """The purposes a restricted fund may pay for on a day."""
    in_force = fund.policies.filter(valid_from__lte=on).exclude(valid_to__lte=on)
    return frozenset(in_force.values_list("purpose", flat=True))


def release(*, fund: Fund, by: Actor, at: dt.datetime) -> Fund:
    """Let held money move to the issuer's own account from now on. Once, and for good."""
    with transaction.atomic():
        won = Fund.objects.filter(pk=fund.pk, is_held=True, released_at=None).update(released_at=at)
        if not won:
            raise NotHeld(_("This money is not held, or was released already."), fund=fund.code)
        fund.released_at = at
        audit.record(action="fund.released", subject=fund, by=by, at=at)
    return fund
