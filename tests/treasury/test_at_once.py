"""Two at once, on real connections: nothing is booked twice, nobody waits in a circle."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from backend.core.money import euro
from backend.ledger import balances, checks
from backend.treasury import expectations, lines, reconciliation, statements
from backend.treasury.models import Allocation, BankLine, BankStatement
from tests.cast import Cast
from tests.threads import at_once
from tests.treasury.files import Move, paper
from tests.treasury.house import AT, SYSTEM, House, Owner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(new_cast: Cast) -> Cast:
    return new_cast


@pytest.fixture
def house(new_house: House) -> House:
    return new_house


@pytest.fixture(autouse=True)
def books_hold() -> Iterator[None]:
    yield
    assert [check for check in checks.run() if not check.ok] == []


class TestAtOnce:
    def test_two_runs_book_each_line_once(self, house: House, owner: Owner) -> None:
        for number in range(30):
            house.expect(number)
        house.bank(*(Move("500.00", house.pledge(n).reference) for n in range(30)))

        raised = at_once(house.run, house.run, house.run)

        assert raised == [None, None, None]
        assert Allocation.objects.count() == len(owner.told) == 30
        assert balances.balance(house.held) == euro("15000")

    def test_two_uploads_of_one_file_book_it_once(self, house: House) -> None:
        raw = paper(Move("500.00"), Move("20.00"))

        def upload() -> list[BankStatement]:
            return statements.upload(raw=raw, by=SYSTEM, at=AT)

        assert at_once(upload, upload, upload) == [None, None, None]
        assert (BankStatement.objects.count(), BankLine.objects.count()) == (1, 2)

    def test_a_run_and_an_upload_take_turns(self, house: House, owner: Owner) -> None:
        house.expect(1)
        house.bank(Move("500.00", house.pledge(1).reference))

        raised = at_once(house.run, lambda: house.bank(Move("7.00", "x")), house.run)

        assert raised == [None, None, None]
        assert balances.balance(house.held) == euro("500")

    def test_of_two_people_one_explains_a_line(self, house: House, cast: Cast) -> None:
        house.bank(Move("100.00"), at=house.ordinary)
        line = BankLine.objects.select_related("account").get()

        def say(payer: str) -> Callable[[], object]:
            return lambda: lines.classify(
                line=line, fund=house.own, payer=payer, by=cast.finance, at=AT, reason="Mine."
            )

        raised = at_once(say("Anna"), say("Bruno"))

        assert sum(problem is None for problem in raised) == 1
        assert Allocation.objects.get().amount == euro("100")

    def test_two_lines_for_one_expectation_never_meet_it_twice(
        self, house: House, owner: Owner, cast: Cast
    ) -> None:
        expectation = house.expect(1)
        house.bank(Move("500.00", "a"), Move("500.00", "b"))
        found = list(BankLine.objects.select_related("account"))

        def accept(line: BankLine) -> Callable[[], object]:
            return lambda: lines.accept(
                line=line, expectation=expectation, by=cast.finance, at=AT, reason="Hers."
            )

        raised = at_once(*map(accept, found))

        assert sum(problem is None for problem in raised) == 1
        assert len(owner.told) == 1

    def test_a_run_that_dies_leaves_nothing_behind(self, house: House, owner: Owner) -> None:
        house.expect(1)
        house.bank(Move("500.00", house.pledge(1).reference))

        def die() -> None:
            with transaction.atomic():
                house.run()
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            die()

        assert not Allocation.objects.exists()
        reconciliation.run(by=SYSTEM, at=AT)
        assert expectations.received(owner_kind="tests.owner", owner_keys=["pledge:1"]) == {
            "pledge:1": euro("500")
        }
