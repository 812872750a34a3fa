"""Does the provider's balance equal our books? Looked at, kept, and never taken for granted.

    at the provider = in our clearing accounts - on its way to the bank

A payout leaves the provider's balance when it sets out and our clearing accounts when the bank shows
it; in between it is on its way. Who could not be asked proves nothing: "not proven", with the reason.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from djmoney.money import Money

from backend.core import audit, users
from backend.core.money import cents, from_cents
from backend.core.users import Actor
from campaigns import stripe_gateway
from campaigns.models import ProviderProof
from campaigns.provider import movements, pulls
from campaigns.provider.movements import Difference
from campaigns.stripe_gateway import BalanceTold, ProviderUnreachable

Outcome = ProviderProof.Outcome

CLEARING = """
    SELECT coalesce(sum(b.amount), 0) FROM ledger_balance b JOIN ledger_account a ON a.id = b.account_id
    WHERE a.kind = 'clearing' AND a.code LIKE 'campaign:%%:clearing'
"""
SENT_OUT = """
    SELECT coalesce(-sum(net), 0) FROM campaigns_movement
    WHERE kind IN ('payout', 'payout_failure', 'payout_cancel') AND net_currency = 'EUR'
"""
ARRIVED = """
    SELECT coalesce(sum(a.amount), 0) FROM treasury_allocation a
    JOIN treasury_expectation e ON e.id = a.expectation_id WHERE e.owner_kind = 'campaigns.payout'
"""


@dataclass(frozen=True)
class Books:
    """Our side: what the ledger says is with the provider, and what of it is on its way."""

    clearing: Money
    in_transit: Money

    @property
    def expected(self) -> Money:
        return self.clearing - self.in_transit


@dataclass(frozen=True)
class Comparison:
    """The two sides beside each other; `unnamed` is what no item explains."""

    difference: Money
    unnamed: Money

    @property
    def is_equal(self) -> bool:
        return not self.difference.amount


def prove(*, by: Actor, at: dt.datetime) -> ProviderProof:
    """Fetch what moved, ask for the balance, compare, keep the answer. Safe to repeat.

    Nothing is raised when the provider cannot be reached: that is an answer, too.
    """
    try:
        seen = _look(at)
        if seen.compared.unnamed.amount:
            # What happened between one question and the next is no difference: ask once more.
            seen = _look(at)
    except ProviderUnreachable as problem:
        return _not_proven(problem, by, at)
    balance, books, items, compared = seen.balance, seen.books, seen.items, seen.compared
    told_items = [_item(one) for one in items] + _oddities(balance, compared)
    is_proven = compared.is_equal and not told_items
    return _keep(
        ProviderProof(
            outcome=Outcome.PROVEN if is_proven else Outcome.DIFFERENT,
            provider=balance.euro.amount,
            books=books.clearing.amount,
            in_transit=books.in_transit.amount,
            items=told_items,
        ),
        by,
        at,
    )


@dataclass(frozen=True)
class _Look:
    """Both sides, as seen within a moment of each other."""

    balance: BalanceTold
    books: Books
    items: list[Difference]
    compared: Comparison


def _look(at: dt.datetime) -> _Look:
    told = list(stripe_gateway.movements_since(movements.cursor()))
    pulls.take_movements(told, at=at)
    balance, items, books = stripe_gateway.balance(), movements.differences(), books_now()
    return _Look(balance, books, items, compare(balance, books, items))


def compare(balance: BalanceTold, books: Books, items: Sequence[Difference]) -> Comparison:
    """Set the two sides beside each other. Pure."""
    difference = balance.euro - books.expected
    named = sum(one.cents if one.side == "there" else -one.cents for one in items)
    return Comparison(difference, difference - from_cents(named))


def books_now() -> Books:
    """Our side as it stands now; three sums."""
    clearing, sent, arrived = (_sum(sql) for sql in (CLEARING, SENT_OUT, ARRIVED))
    return Books(clearing, sent - arrived)


def last_proven() -> ProviderProof | None:
    """The last look that found both sides equal."""
    return (
        ProviderProof.objects.filter(outcome=Outcome.PROVEN).order_by("-looked_at", "-id").first()
    )


def latest() -> ProviderProof | None:
    """The last look, whatever it found."""
    return ProviderProof.objects.order_by("-looked_at", "-id").first()


def _not_proven(problem: ProviderUnreachable, by: Actor, at: dt.datetime) -> ProviderProof:
    books = books_now()
    why = f"{problem.facts.get('why', '')} {problem}".strip()
    return _keep(
        ProviderProof(
            outcome=Outcome.NOT_PROVEN,
            provider=None,
            books=books.clearing.amount,
            in_transit=books.in_transit.amount,
            reason=why[:300],
        ),
        by,
        at,
    )


def _keep(proof: ProviderProof, by: Actor, at: dt.datetime) -> ProviderProof:
    proof.looked_at, proof.by_label = at, users.label(by)
    with transaction.atomic():
        proof.save(force_insert=True)
        facts = {"outcome": proof.outcome, "differences": len(proof.items)}
        audit.record(action="provider.proved", subject=proof, by=by, at=at, facts=facts)
    return proof


def _item(one: Difference) -> dict[str, Any]:
    return {
        "side": one.side,
        "id": one.provider_id,
        "kind": one.kind,
        "about": one.about,
        "net": str(from_cents(one.cents).amount),
        "since": one.since.isoformat(),
    }


def _oddities(balance: BalanceTold, compared: Comparison) -> list[dict[str, Any]]:
    """What no movement names: a rest that nothing explains, money in other currencies."""
    found = [
        {"side": "there", "id": "", "kind": "currency", "about": str(other.currency),
         "net": str(other.amount), "since": ""}
        for other in balance.others
    ]  # fmt: skip
    if cents(compared.unnamed):
        rest = str(compared.unnamed.amount)
        found.append(
            {"side": "there", "id": "", "kind": "unnamed", "about": "", "net": rest, "since": ""}
        )
    return found


def _sum(sql: str) -> Money:
    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        return Money(cursor.fetchone()[0], "EUR")
