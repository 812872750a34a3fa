"""Whatever people, banks and jobs do in whatever order, no cent is lost: a machine that tries.

It uploads statements (also ones it handed in before), reconciles, explains by hand, takes back,
cancels, releases. The books must equal the bank after every step, and every check hold at the end.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from backend.core.errors import RuleBroken
from backend.core.models import Organisation
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import accounts, balances, checks
from backend.treasury import bank_accounts, expectations, lines, references, statements
from backend.treasury.models import Allocation, BankAccount, BankLine, Expectation
from tests import database
from tests.treasury import house as houses
from tests.treasury.files import Move, paper
from tests.treasury.house import AT, House

NUMBERS = st.integers(1, 4)
AMOUNTS = st.sampled_from(["0.01", "20.00", "250.00", "500.00", "750.00"])
WAYS = st.sampled_from(["in", "out"])
PLACES = st.sampled_from(["restricted", "ordinary"])
PURPOSES = st.sampled_from(["", "acquisition.price", "insurance", "works"])


class Days(RuleBasedStateMachine):
    """The small house over some days. What a rule refuses is refused, and nothing has changed."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.house: House = houses.build(Organisation.objects.create(name="Casa", kind="issuer"))
        self.files: list[bytes] = []

    def teardown(self) -> None:
        try:
            broken = [check for check in checks.run() if not check.ok]
            assert broken == []
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    @rule(number=NUMBERS, amount=AMOUNTS)
    def expect_a_pledge(self, number: int, amount: str) -> None:
        _try(lambda: self.house.expect(number, amount))

    @rule(number=NUMBERS, amount=AMOUNTS)
    def expect_a_price(self, number: int, amount: str) -> None:
        price = accounts.open_account(
            code=f"price:{number}", kind="use", fund=self.house.raised, purpose="acquisition.price"
        )
        _try(
            lambda: self.house.expect(
                100 + number,
                amount,
                bank_account=self.house.ordinary,
                direction="out",
                source=self.house.holding,
                target=price,
            )
        )

    @rule(
        number=st.sampled_from([1, 2, 3, 4, 101, 102, 103, 900, 999]),
        amount=AMOUNTS,
        way=WAYS,
        place=PLACES,
        twice=st.booleans(),
    )
    def a_statement_comes(
        self, number: int, amount: str, way: str, place: str, twice: bool
    ) -> None:
        account: BankAccount = getattr(self.house, place)
        opening = self.house.closings.get(account.iban, "0.00")
        signed = amount if way == "in" else f"-{amount}"
        text = f"quota {references.creditor_reference(f'pledge:{number}')}"
        self.house.uploads += 1
        name = f"S-{self.house.uploads}"
        moves = [Move(signed, text, bank_id=f"{name}-{each}") for each in range(1 + twice)]
        raw = paper(*moves, opening=opening, iban=account.iban, id=name)
        statements.upload(raw=raw, by=SYSTEM, at=AT)
        self.files.append(raw)
        self.house.closings[account.iban] = str(Decimal(opening) + len(moves) * Decimal(signed))

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def a_statement_comes_again(self, data: st.DataObject) -> None:
        before = BankLine.objects.count()
        raw = data.draw(st.sampled_from(self.files))
        statements.upload(raw=raw, by=SYSTEM, at=AT)
        assert BankLine.objects.count() == before

    @rule(dry=st.booleans())
    def reconcile(self, dry: bool) -> None:
        self.house.run(dry_run=dry)

    @rule(data=st.data(), purpose=PURPOSES, own=st.booleans(), amount=st.none() | AMOUNTS)
    def explain(self, data: st.DataObject, purpose: str, own: bool, amount: str | None) -> None:
        line = _some(data, BankLine)
        if line is None:
            return
        _try(
            lambda: lines.classify(
                line=line,
                fund=self.house.own if own else self.house.raised,
                purpose=purpose,
                payer="" if purpose else "Anna",
                amount=euro(amount) if amount else None,
                by=SYSTEM,
                at=AT,
                reason="so it was",
            )
        )

    @rule(data=st.data())
    def recognise(self, data: st.DataObject) -> None:
        line, expectation = _some(data, BankLine), _some(data, Expectation)
        if line is None or expectation is None:
            return
        _try(
            lambda: lines.accept(
                line=line, expectation=expectation, by=SYSTEM, at=AT, reason="hers"
            )
        )

    @rule(data=st.data())
    def offset(self, data: st.DataObject) -> None:
        came, went = _some(data, BankLine), _some(data, BankLine)
        if came is not None and went is not None:
            _try(lambda: lines.offset(came=came, went=went, by=SYSTEM, at=AT, reason="back"))

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        made = _some(data, Allocation)
        if made is not None:
            _try(lambda: lines.take_back(allocation=made, by=SYSTEM, at=AT, reason="wrong"))

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        found = _some(data, Expectation)
        if found is not None:
            _try(lambda: expectations.cancel(expectation=found, by=SYSTEM, at=AT))

    @rule(amount=AMOUNTS)
    def release(self, amount: str) -> None:
        _try(lambda: self.house.expect_release(amount))

    @invariant()
    def the_books_are_the_banks(self) -> None:
        database.check_deferred()
        for one in bank_accounts.standings(BankAccount.objects.all()):
            assert one.books.amount == Decimal(self.house.closings.get(one.account.iban, "0"))

    @invariant()
    def nothing_held_is_spent(self) -> None:
        self.house.raised.refresh_from_db()
        if self.house.raised.released_at is None:
            assert balances.balance(self.house.holding).amount == 0


def _try(act: Callable[[], object]) -> None:
    """Do what a rule may refuse, up to where its commit would be."""
    try:
        with transaction.atomic():
            act()
            database.check_deferred()
    except RuleBroken:
        return


def _some(data: st.DataObject, model: type[Model]) -> Any:
    """One of the rows there are, or None."""
    rows = model._default_manager.order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    return rows.get(pk=data.draw(st.sampled_from(ids))) if ids else None


@pytest.mark.thorough
@pytest.mark.django_db
class TestAnyOrder:
    def test_no_cent_is_lost(self) -> None:
        run_machine(
            Days,
            settings=settings(
                max_examples=8,
                stateful_step_count=18,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
