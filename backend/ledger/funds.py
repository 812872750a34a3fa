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


class OpenedOtherwise(Conflict):
    code = "fund.opened_otherwise"


def open_fund(
    *, code: str, name: str, organisation: Organisation, is_restricted: bool, is_held: bool
) -> Fund:
    """Open a fund, or return the one that has the code. Its nature never changes.

    Raises OpenedOtherwise when the code is taken by a fund of another nature or organisation.
    """
    fund, _created = Fund.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "organisation": organisation,
            "is_restricted": is_restricted,
            "is_held": is_held,
        },
    )
    nature = (fund.organisation_id, fund.is_restricted, fund.is_held)
    if nature != (organisation.pk, is_restricted, is_held):
        raise OpenedOtherwise(_("There is another fund with this code."), fund=code)
    return fund


def allow(
    *,
    fund: Fund,
    purposes: Iterable[str],
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Let a restricted fund pay for purposes from a day on, to the day before `valid_to`. Repeatable.

    It is written to the audit trail; a check of the books finds a policy that was set otherwise.
    """
    known = fund.policies.filter(valid_from=valid_from).values_list("purpose", flat=True)
    new = sorted(set(purposes) - set(known))
    if not new:
        return
    with transaction.atomic():
        FundPolicy.objects.bulk_create(
            FundPolicy(fund=fund, purpose=purpose, valid_from=valid_from, valid_to=valid_to)
            for purpose in new
        )
        facts = {"purposes": new, "valid_from": valid_from.isoformat()}
        audit.record(action="fund.policy_set", subject=fund, by=by, at=at, facts=facts)


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
