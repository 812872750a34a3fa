"""Guesses for the lines that wait at the desk: what `proposals` thinks of what is outstanding there.

Computed when somebody looks, so they are never stale; a few queries however many lines.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from djmoney.money import Money

from backend.core import clock
from backend.treasury import discrepancies, proposals
from backend.treasury.models import Allocation, BankAccount, BankLine, Expectation
from backend.treasury.proposals import Guess, Payer, Waiting

# The newest outstanding expectations that guesses are made from: a page must answer in a second.
MOST_LOOKED_AT = 5000


def of(lines: Iterable[BankLine]) -> dict[int, list[tuple[Expectation, Guess]]]:
    """The best guesses for each line (annotated with `allocated`).

    Looks at what is outstanding at the lines' accounts and has the amount of one of them, a
    reference like one of theirs, a counterparty of the line's name, or one whose dues its IBAN paid.
    """
    asked = list(lines)
    waiting = _waiting({line.account_id for line in asked})
    by_id = {one.pk: one for one in waiting}
    values = [_as_waiting(one) for one in waiting]
    payers = _payers(asked)
    return {
        line.pk: [
            (by_id[found.expectation], found)
            for found in proposals.guess(discrepancies.as_seen(line), payers[line.pk], values)
        ]
        for line in asked
    }


def _payers(lines: Sequence[BankLine]) -> dict[int, Payer]:
    """Who is on the other side of each line, and whose dues the same IBAN paid the same holder."""
    ibans = {line.counterparty_iban for line in lines} - {""}
    holders = BankAccount.objects.filter(pk__in={line.account_id for line in lines}).values(
        "holder"
    )
    before = Allocation.objects.filter(
        line__counterparty_iban__in=ibans,
        line__account__holder__in=holders,
        amount__gt=0,
        reversed_by=None,
    ).exclude(expectation__counterparty="")
    paid: dict[str, set[str]] = defaultdict(set)
    told = before.values_list("line__counterparty_iban", "expectation__counterparty").distinct()
    for iban, counterparty in told if ibans else ():
        if counterparty:
            paid[iban].add(counterparty)
    return {
        line.pk: Payer(
            line.counterparty_name, line.value_on, frozenset(paid[line.counterparty_iban])
        )
        for line in lines
    }


def _waiting(accounts: set[int]) -> list[Expectation]:
    rows = Expectation.objects.outstanding().filter(bank_account__in=accounts)
    return list(rows.order_by("-id")[:MOST_LOOKED_AT])


def _as_waiting(one: Expectation) -> Waiting:
    return Waiting(
        id=one.pk,
        key=one.key,
        account=one.bank_account_id,
        is_in=one.direction == Expectation.Direction.IN,
        left=one.amount - Money(one.received, one.amount.currency),
        counterparty=one.counterparty,
        due_on=one.due_on or clock.day_of(one.opened_at),
    )
