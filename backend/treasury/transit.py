"""Money between two of our own bank accounts: two lines, on two statements, perhaps days apart.

Such an expectation is two halves with one reference: money out into an account "in transit" of the
same fund, then money in from there. Each half undoes the suspense of its own line, so the books equal
both banks on every day between; the owner is told once, when the money has arrived.
"""

from dataclasses import replace

from backend.ledger import accounts
from backend.ledger.accounts import AccountSpec
from backend.ledger.models import Account
from backend.treasury.models import BankAccount, Expectation
from backend.treasury.specs import ExpectationSpec

IN, OUT = Expectation.Direction.IN, Expectation.Direction.OUT
OWNER = "treasury.transit"

# At which bank account a ledger account has its money, for those that have it at one.
Places = dict[int, BankAccount]


def is_transfer(spec: ExpectationSpec, places: Places) -> bool:
    return spec.source.pk in places and spec.target.pk in places


def leaving(spec: ExpectationSpec, places: Places) -> ExpectationSpec:
    return replace(
        spec,
        direction=OUT,
        bank_account=places[spec.source.pk],
        target=_transit(spec.source),
        owner_kind=OWNER,
    )


def arriving(spec: ExpectationSpec, places: Places) -> ExpectationSpec:
    return replace(
        spec,
        direction=IN,
        bank_account=places[spec.target.pk],
        source=_transit(spec.source),
    )


def _transit(source: Account) -> Account:
    """Money of the source's fund that left one bank and has not reached the other; of the same
    kind.
    """
    fund = source.fund
    assert fund is not None, "money at a bank belongs to a fund"
    code = f"transit:{source.kind}:{fund.code}"
    return accounts.open_many([AccountSpec(code, source.kind, fund, currency=source.currency)])[0]
