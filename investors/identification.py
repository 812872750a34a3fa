"""Whether an investor's identity is known (D.Lgs. 231/2007): mirrored, and what it blocks.

The platform or the bank checks; here stands what it found. Missing or expired blocks the allotment,
never the record: money that came is still booked and shown.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Refused
from backend.core.users import Actor
from investors.models import IdentityCheck, Investor, Representation
from investors.suitability import Need

MAY_RECORD = "investor.check"


class BadCheck(Refused):
    code = "identity.bad_check"


@dataclass(frozen=True)
class Finding:
    """What somebody who is bound to check found: by whom, on which day, until when it holds."""

    checked_by: str
    checked_on: dt.date
    valid_until: dt.date
    evidence: str = ""
    is_identified: bool = True


def record(*, investor: Investor, finding: Finding, by: Actor, at: dt.datetime) -> IdentityCheck:
    """Write down a check; the newest counts. Raises BadCheck on days that cannot be."""
    users.require(by, MAY_RECORD)
    _refuse_impossible(finding, clock.day_of(at))
    with transaction.atomic():
        check = IdentityCheck.objects.create(
            investor=investor,
            is_identified=finding.is_identified,
            checked_by=finding.checked_by,
            checked_on=finding.checked_on,
            valid_until=finding.valid_until,
            evidence=finding.evidence,
            recorded_by=users.person(by),
            recorded_at=at,
        )
        audit.record(
            action="identity.checked",
            subject=investor,
            by=by,
            at=at,
            facts={"identified": finding.is_identified, "until": str(finding.valid_until)},
        )
    return check


def is_identified(check: IdentityCheck | None, *, at: dt.datetime) -> bool:
    """Whether the newest check counts at an instant: found good, and its last day not over. Pure."""
    if check is None or not check.is_identified:
        return False
    return check.checked_on <= clock.day_of(at) <= check.valid_until


def blockers(investors: Iterable[Investor], *, at: dt.datetime) -> dict[int, list[Need]]:
    """Per investor what blocks an allotment; who is not in the answer is not blocked. Two queries.

    A body needs, besides its check, somebody who acts for it as legal representative.
    """
    asked = list(investors)
    newest = newest_checks(asked)
    represented = _represented(asked)
    found: dict[int, list[Need]] = defaultdict(list)
    for investor in asked:
        if need := _lack(newest.get(investor.pk), at):
            found[investor.pk].append(need)
        if investor.kind == Investor.Kind.ENTITY and investor.pk not in represented:
            found[investor.pk].append(
                Need("legal_representative", _("Nobody is known as its legal representative."))
            )
    return dict(found)


def newest_checks(investors: Iterable[Investor]) -> dict[int, IdentityCheck]:
    """The newest check of each investor that has one. One query."""
    rows = IdentityCheck.objects.filter(investor__in=[investor.pk for investor in investors])
    newest = rows.order_by("investor", "-recorded_at", "-id").distinct("investor")
    return {check.investor_id: check for check in newest}


def _lack(check: IdentityCheck | None, at: dt.datetime) -> Need | None:
    if is_identified(check, at=at):
        return None
    if check is None:
        return Need("identity_missing", _("The identity was not checked yet."))
    if not check.is_identified:
        return Need("identity_refused", _("The last check did not establish the identity."))
    return Need("identity_expired", _("The check of the identity has expired."))


def _represented(investors: Iterable[Investor]) -> set[int]:
    bodies = [each.pk for each in investors if each.kind == Investor.Kind.ENTITY]
    if not bodies:
        return set()
    legal = Representation.objects.filter(
        investor__in=bodies, kind=Representation.Kind.LEGAL, ended_at=None
    )
    return set(legal.values_list("investor_id", flat=True))


def _refuse_impossible(finding: Finding, today: dt.date) -> None:
    if finding.checked_on > today:
        raise BadCheck(_("A check was made on a day that has come."), field="checked_on")
    if finding.valid_until < finding.checked_on:
        raise BadCheck(_("A check is valid from its day on, not before."), field="valid_until")
    if not finding.checked_by.strip():
        raise BadCheck(_("Say who checked."), field="checked_by")
