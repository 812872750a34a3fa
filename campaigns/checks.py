"""Checks of owners and of large orders: written down as the platform or bank made them, the newest counts.

What a check must show is pure (`rules.owners`, `rules.appropriateness`); nothing here judges.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, users
from backend.core.errors import Refused
from backend.core.users import Actor
from campaigns import rules
from campaigns.models import Campaign, OrderCheck, OwnerCheck, Pledge
from campaigns.rules import appropriateness, owners
from investors.models import Investor


class BadCheck(Refused):
    code = "check.bad"


@dataclass(frozen=True)
class OwnerFinding:
    """What somebody found about the owner of an offer, and by which papers."""

    checked_by: str
    checked_on: dt.date
    evidence: str
    is_consumer: bool | None = None
    has_clean_record: bool | None = None
    is_in_listed_country: bool | None = None
    shareholding_percent: Decimal = Decimal(0)
    is_manager: bool = False
    is_employee: bool = False
    is_controlled: bool = False
    exit_years: int | None = None
    publishes_agreements: bool | None = None


@dataclass(frozen=True)
class OrderFinding:
    """What somebody found about one order."""

    checked_by: str
    checked_on: dt.date
    is_appropriate: bool
    was_warned: bool = False


@dataclass(frozen=True)
class Large:
    """An order that needs a check, and its newest one if there is any."""

    pledge: Pledge
    check: OrderCheck | None

    @property
    def may_stand(self) -> bool:
        """Whether its check lets the offer close (I5.judged)."""
        found = self.check
        judged = appropriateness.Judged(found.is_appropriate, found.was_warned) if found else None
        return appropriateness.may_stand(judged)


def record_owner(
    *, campaign: Campaign, found: OwnerFinding, by: Actor, at: dt.datetime
) -> OwnerCheck:
    """Write down a check of the owner. Raises BadCheck on a day to come, nobody, or a strange part."""
    _refuse_bad(found.checked_by, found.checked_on, at)
    if not 0 <= found.shareholding_percent <= 100:
        raise BadCheck(_("A part is between 0 and 100 %."), field="shareholding_percent")
    with transaction.atomic():
        row = OwnerCheck.objects.create(
            campaign=campaign, recorded_at=at, by_label=users.label(by), **vars(found)
        )
        facts = {"checked_by": row.checked_by, "checked_on": row.checked_on.isoformat()}
        audit.record(action="owner.checked", subject=campaign, by=by, at=at, facts=facts)
    return row


def record_orders(
    *, pledges: Sequence[Pledge], found: OrderFinding, by: Actor, at: dt.datetime
) -> list[OrderCheck]:
    """Write down what a bank found of some orders alike (Reg. Consob 18592/2013, art. 17).

    Raises BadCheck, also where somebody was warned of an order that is appropriate.
    """
    _refuse_bad(found.checked_by, found.checked_on, at)
    if found.is_appropriate and found.was_warned:
        raise BadCheck(_("Nobody is warned of an appropriate order."), field="was_warned")
    with transaction.atomic():
        rows = OrderCheck.objects.bulk_create(
            OrderCheck(pledge=each, recorded_at=at, by_label=users.label(by), **vars(found))
            for each in pledges
        )
        audit.record_many(action="pledge.checked", subjects=pledges, by=by, at=at)
    return rows


def of_owner(campaign: Campaign) -> OwnerCheck | None:
    """The newest check of the owner."""
    return campaign.owner_checks.order_by("-id").first()


def diligence(check: OwnerCheck | None) -> owners.DueDiligence:
    """A check as the rule sees it (R6)."""
    if check is None:
        return owners.DueDiligence()
    return owners.DueDiligence(check.has_clean_record, check.is_in_listed_country, check.checked_on)


def ties(check: OwnerCheck) -> owners.Ties:
    """The owner's ties to the platform as the rule sees them (R7)."""
    return owners.Ties(
        check.shareholding_percent, check.is_manager, check.is_employee, check.is_controlled
    )


def is_owner_fit(campaign: Campaign) -> bool:
    """Whether the newest check shows all that R1, R6 and R7 ask for."""
    check = of_owner(campaign)
    return (
        check is not None
        and check.is_consumer is not None
        and owners.may_raise(is_consumer=check.is_consumer)
        and not owners.lacks_of_diligence(diligence(check))
        and not owners.is_too_close(ties(check))
    )


def large_orders(campaign: Campaign) -> list[Large]:
    """The standing orders of an offer that need a check (I5), in queue order; none where its law asks
    for none. Three queries."""
    if not rules.regime(campaign.regime).judges_orders:
        return []
    standing = campaign.pledges.standing().select_related("investor")
    found = [each for each in standing.in_queue() if each.placed_at is not None]
    sums = _of_the_years(found)
    large = [each for each in found if _needs_check(each, sums)]
    checks = OrderCheck.objects.filter(pledge__in=large).order_by("id")
    newest = {check.pledge_id: check for check in checks}
    return [Large(each, newest.get(each.pk)) for each in large]


def _needs_check(pledge: Pledge, sums: dict[tuple[int, int], Money]) -> bool:
    return appropriateness.needs_check(
        order=pledge.amount,
        of_the_year=sums[_key(pledge)],
        is_person=pledge.investor.kind == Investor.Kind.PERSON,
    )


def _key(pledge: Pledge) -> tuple[int, int]:
    assert pledge.placed_at is not None, "a standing pledge has its instant"
    return pledge.investor_id, clock.day_of(pledge.placed_at).year


def _of_the_years(found: Sequence[Pledge]) -> dict[tuple[int, int], Money]:
    """What the same investors ordered in the same years under the same regime, by both."""
    regime = found[0].campaign.regime if found else ""
    rows = Pledge.objects.standing().filter(
        investor__in={each.investor_id for each in found}, campaign__regime=regime
    )
    summed = rows.values_list("investor", "placed_at__year").annotate(sum=Sum("amount")).order_by()
    return {(investor, year): Money(amount, "EUR") for investor, year, amount in summed}


def _refuse_bad(checked_by: str, on: dt.date, at: dt.datetime) -> None:
    if on > clock.day_of(at):
        raise BadCheck(_("A check was made on a day that has come."), field="checked_on")
    if not checked_by.strip():
        raise BadCheck(_("Say who checked."), field="checked_by")
