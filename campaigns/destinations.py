"""Where the money of a refund goes: to the account that it came from, or to one that two people confirmed.

Choosing is pure; `of` reads what it needs for many refunds at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stdnum import iban as ibans

from backend.treasury.models import BankLine, CreditTransfer
from campaigns.models import Refund, ReturnAccount

# What a bank says when the account itself is the trouble (ISO 20022 external return reasons): the same
# account is not tried again. After another reason (a bank out of order, a wrong format) it may be.
BAD_ACCOUNT = frozenset(
    {"AC01", "AC03", "AC04", "AC06", "AC07", "AC13", "AC14", "AG01", "BE01", "BE05", "MD07", "RR04"}
)


@dataclass(frozen=True)
class Destination:
    """An account and whose it is."""

    name: str
    iban: str


def choose(
    origin: Destination | None, confirmed: Destination | None, dead: frozenset[str]
) -> Destination | None:
    """The confirmed account, else the one that the money came from; never one that sent it back."""
    for one in (confirmed, origin):
        if one is not None and one.iban not in dead:
            return one
    return None


def of(refunds: Sequence[Refund]) -> dict[int, Destination]:
    """The destination of each refund that has one, by the refund's id; four queries however many.

    Wants `payment__pledge__investor` loaded.
    """
    pledges = {refund.payment.pledge_id for refund in refunds}
    confirmed, origins, dead = _confirmed(pledges), _origins(refunds), _dead(pledges)
    found = {}
    for refund in refunds:
        pledge = refund.payment.pledge_id
        origin = origins.get(refund.payment_id)
        chosen = choose(origin, confirmed.get(pledge), _without(dead[pledge], origin))
        if chosen is not None:
            found[refund.pk] = chosen
    return found


def _confirmed(pledges: Iterable[int]) -> dict[int, Destination]:
    rows = ReturnAccount.objects.confirmed().filter(pledge__in=pledges).order_by("confirmed_at")
    return {
        row.pledge_id: Destination(row.holder, row.iban)
        for row in rows.only("pledge_id", "holder", "iban")
    }


def _origins(refunds: Sequence[Refund]) -> dict[int, Destination]:
    """The accounts that payments came from, by payment, where the bank wrote them."""
    lines = {refund.payment_id: line for refund in refunds if (line := refund.payment.bank_line_id)}
    names = {refund.payment_id: refund.payment.pledge.investor.name for refund in refunds}
    rows: Mapping[int, BankLine] = BankLine.objects.only(
        "counterparty_name", "counterparty_iban"
    ).in_bulk(list(set(lines.values())))
    return {
        payment: Destination(rows[line].counterparty_name or names[payment], iban)
        for payment, line in lines.items()
        if ibans.is_valid(iban := rows[line].counterparty_iban)
    }


def _dead(pledges: Iterable[int]) -> dict[int, set[str]]:
    """The accounts that sent money of a pledge back; "" where it was sent without an order of ours."""
    failed = Refund.objects.filter(payment__pledge__in=pledges, failure__in=BAD_ACCOUNT)
    rows = list(failed.exclude(reference="").values_list("payment__pledge", "reference"))
    ordered = CreditTransfer.objects.filter(end_to_end_id__in=[code for _pk, code in rows])
    sent_to = dict(ordered.order_by("id").values_list("end_to_end_id", "iban"))
    dead: dict[int, set[str]] = defaultdict(set)
    for pledge, reference in rows:
        dead[pledge].add(sent_to.get(reference, ""))
    return dead


def _without(dead: set[str], origin: Destination | None) -> frozenset[str]:
    """Money sent by hand went where it came from, so that is what did not take it."""
    return frozenset(origin.iban if origin and iban == "" else iban for iban in dead)
