"""What became of ordered transfers: executed, sent back, or still waited for. Derived, never stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.money import ZERO
from backend.treasury import returned_payments
from backend.treasury.models import CreditTransfer, Expectation

ORDERED, EXECUTED, RETURNED, ENDED = "ordered", "executed", "returned", "ended"
OUTCOMES: dict[str, str | Promise] = {
    ORDERED: _("with the bank"),
    EXECUTED: _("executed"),
    RETURNED: _("sent back"),
    ENDED: _("not executed"),
}


@dataclass(frozen=True)
class Tally:
    """How many transfers, and how much, had each outcome."""

    counts: dict[str, int]
    sums: dict[str, Money]


def outcomes(transfers: Iterable[CreditTransfer]) -> dict[int, str]:
    """The outcome of each transfer by its id; two queries however many."""
    rows = list(transfers)
    ids = [row.expectation_id for row in rows]
    made = {
        one.pk: one.received >= one.amount.amount
        for one in Expectation.objects.filter(pk__in=ids).with_received()
    }
    back = Expectation.objects.filter(
        owner_kind=returned_payments.OWNER, owner_key__in=[str(pk) for pk in ids]
    )
    returned = {int(key) for key in back.values_list("owner_key", flat=True)}
    return {row.pk: _outcome(row, made[row.expectation_id], returned) for row in rows}


def tally(transfers: Iterable[CreditTransfer]) -> Tally:
    """The outcomes of transfers, counted and summed."""
    rows = list(transfers)
    found = outcomes(rows)
    sums = dict.fromkeys(OUTCOMES, ZERO)
    for row in rows:
        sums[found[row.pk]] += row.amount
    return Tally(dict(Counter(found.values())), sums)


def _outcome(row: CreditTransfer, is_made: bool, returned: set[int]) -> str:
    if row.expectation_id in returned:
        return RETURNED
    if is_made:
        return EXECUTED
    return ENDED if row.ended_at else ORDERED
