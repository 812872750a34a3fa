"""A small house for tests: a restricted and an ordinary bank account, raised money and own money.

Its verbs keep the bank's balance, so that every statement opens where the last one closed.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal

from backend.core.models import Organisation
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import accounts, funds
from backend.ledger.models import Account, Fund
from backend.treasury import (
    bank_accounts,
    expectations,
    reconciliation,
    references,
    statements,
)
from backend.treasury.expectations import ExpectationSpec, Met
from backend.treasury.models import (
    BankAccount,
    BankLine,
    BankStatement,
    Discrepancy,
    Expectation,
    ReconciliationRun,
)
from tests.treasury.files import DAY, IBAN, OTHER_IBAN, Move, paper

AT = dt.datetime(2026, 4, 2, 9, tzinfo=dt.UTC)
OWNER = "tests.owner"
IN, OUT = Expectation.Direction.IN, Expectation.Direction.OUT


@dataclass
class House:
    issuer: Organisation
    restricted: BankAccount
    ordinary: BankAccount
    raised: Fund
    own: Fund
    closings: dict[str, str] = field(default_factory=dict)
    uploads: int = 0

    @property
    def held(self) -> Account:
        return bank_accounts.sub_account(bank_account=self.restricted, fund=self.raised)

    @property
    def holding(self) -> Account:
        return bank_accounts.sub_account(bank_account=self.ordinary, fund=self.raised)

    @property
    def own_holding(self) -> Account:
        return bank_accounts.sub_account(bank_account=self.ordinary, fund=self.own)

    def payer(self, number: int) -> Account:
        return accounts.open_account(code=f"payer:{number}", kind="payer", fund=self.raised)

    def pledge(
        self, number: int, amount: str = "500.00", target: Account | None = None
    ) -> ExpectationSpec:
        """What a pledge expects: money in at the restricted account."""
        return ExpectationSpec(
            reference=references.creditor_reference(f"pledge:{number}"),
            direction=IN,
            amount=euro(amount),
            bank_account=self.restricted,
            source=self.payer(number),
            target=target or self.held,
            owner_kind=OWNER,
            owner_key=f"pledge:{number}",
            counterparty="Anna Verdi",
            due_on=DAY + dt.timedelta(days=10),
        )

    def expect(self, number: int = 1, amount: str = "500.00", **more: object) -> Expectation:
        spec = replace(self.pledge(number, amount), **more)  # type: ignore[arg-type]
        return expectations.open_one(spec=spec, at=AT)

    def expect_release(self, amount: str) -> Expectation:
        """Raised money moves from the restricted to the ordinary account."""
        funds.release(fund=self.raised, by=SYSTEM, at=AT)
        return self.expect(
            900, amount, source=self.held, target=self.holding, bank_account=self.ordinary
        )

    def bank(
        self, *moves: Move, at: BankAccount | None = None, until: dt.date = DAY
    ) -> list[BankStatement]:
        """The bank's next statement of an account, with these movements, handed in."""
        account = at or self.restricted
        self.uploads += 1
        moves = tuple(
            replace(move, bank_id=move.bank_id or f"B{self.uploads}-{number}")
            for number, move in enumerate(moves)
        )
        opening = self.closings.get(account.iban, "0.00")
        booked = (Decimal(move.amount) for move in moves if move.status == "BOOK")
        self.closings[account.iban] = str(Decimal(opening) + sum(booked))
        raw = paper(*moves, opening=opening, iban=account.iban, id=f"S-{self.uploads}", to_on=until)
        return statements.upload(raw=raw, by=SYSTEM, at=AT)

    def run(self, **more: object) -> ReconciliationRun:
        return reconciliation.run(by=SYSTEM, at=AT, **more)  # type: ignore[arg-type]

    def pay(self, number: int, amount: str = "500.00", **more: object) -> BankLine:
        """A transfer with a pledge's reference is on the next statement; what came of it is booked."""
        reference = references.creditor_reference(f"pledge:{number}")
        self.bank(Move(amount, text=f"quota {reference}", **more))  # type: ignore[arg-type]
        self.run()
        return BankLine.objects.latest("id")


def build(issuer: Organisation | None = None) -> House:
    """Open the accounts and funds."""
    issuer = issuer or Organisation.objects.create(name="Casa di prova", kind="issuer")
    raised = funds.open_fund(
        code="raised", name="Raised", organisation=issuer, is_restricted=True, is_held=True
    )
    own = funds.open_fund(
        code="own", name="Own", organisation=issuer, is_restricted=False, is_held=False
    )
    funds.allow(
        fund=raised,
        purposes=["acquisition.price", "insurance"],
        valid_from=dt.date(2026, 1, 1),
        by=SYSTEM,
        at=AT,
    )
    restricted = bank_accounts.open_bank_account(
        iban=IBAN, holder=issuer, name="Restricted", kind=BankAccount.Kind.RESTRICTED
    )
    ordinary = bank_accounts.open_bank_account(
        iban=OTHER_IBAN, holder=issuer, name="Ordinary", kind=BankAccount.Kind.ORDINARY
    )
    return House(issuer, restricted, ordinary, raised, own)


def waiting() -> dict[str, str]:
    """The discrepancies that wait, by kind, with their amounts."""
    found = Discrepancy.objects.waiting().order_by("id")
    return {one.kind: f"{one.amount.amount:.2f}" for one in found}


class Owner:
    """Somebody who opens expectations, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def on_met(self, met: Sequence[Met]) -> None:
        self.told += [(one.expectation.owner_key, f"{one.amount.amount:.2f}") for one in met]


@contextmanager
def owner_told() -> Iterator[Owner]:
    """Who is told when the house's expectations are met."""
    owner = Owner()
    expectations.register_owner(OWNER, owner.on_met)
    yield owner
    expectations.register_owner(OWNER, lambda met: None)


__all__ = ["AT", "IN", "OUT", "House", "Owner", "build", "owner_told", "waiting"]
