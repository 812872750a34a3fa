"""The database and the pure rules decide alike; and a set of lines made to mislead finds no wrong link."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.money import euro
from backend.ledger import checks
from backend.treasury import discrepancies, expectations, matching, references, rest
from backend.treasury.matching import Line
from backend.treasury.models import Allocation, BankLine, Discrepancy, Expectation
from tests.cast import Cast
from tests.treasury import house as houses
from tests.treasury.files import Move
from tests.treasury.house import AT, House, Owner

RF = [references.creditor_reference(f"pledge:{number}") for number in range(12)]
WRITTEN = st.sampled_from(["{}", "quota {}", "x{}y", "{} {}", "bonifico", "{} "])
AMOUNTS = st.sampled_from(["500.00", "200.00", "300.00", "650.00", "-500.00"])


@st.composite
def moves(draw: st.DrawFn) -> list[Move]:
    """Lines for four pledges of 500 euro: whole, damaged, in parts, again, together and nobody's."""
    found = []
    for _number in range(draw(st.integers(1, 9))):
        one, other = draw(st.sampled_from(RF[:5])), draw(st.sampled_from(RF[:5]))
        typed = draw(
            st.sampled_from([one, one.lower(), swapped(one), one[:-1], one[:9] + "\n" + one[9:]])
        )
        found.append(Move(draw(AMOUNTS), text=draw(WRITTEN).format(typed, other)))
    return found


def swapped(reference: str) -> str:
    """The last two characters that differ in each other's place."""
    at = next(at for at in range(14, 0, -1) if reference[at] != reference[at + 1])
    return reference[:at] + reference[at + 1] + reference[at] + reference[at + 2 :]


def decided(lines: list[BankLine]) -> set[tuple[int, int | None, str]]:
    """What the pure rules say of all lines at once: what is booked to what."""
    views: list[Line] = [discrepancies.as_seen(line) for line in lines]
    due = [rest.as_expected(one) for one in Expectation.objects.with_received()]
    found = matching.decide(views, due)
    return {(d.line, d.expectation, str(d.amount)) for d in found if d.amount is not None}


def booked() -> set[tuple[int, int | None, str]]:
    rows = Allocation.objects.all()
    return {(row.line_id, row.expectation_id, str(row.amount)) for row in rows}


@pytest.mark.money
class TestAlike:
    @settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(made=moves())
    def test_a_run_books_what_the_pure_rules_say(
        self, db: None, cast: Cast, made: list[Move]
    ) -> None:
        with transaction.atomic():
            self.compare(houses.build(cast.issuer), made)
            transaction.set_rollback(True)

    def compare(self, house: House, made: list[Move]) -> None:
        for number in range(4):
            house.expect(number)
        house.bank(*made)
        pure = decided(list(BankLine.objects.unexplained().order_by("id")))

        house.run()

        assert booked() == pure
        open_lines = set(BankLine.objects.unexplained().values_list("pk", flat=True))
        waiting = Discrepancy.objects.waiting().exclude(kind="short")
        assert open_lines == set(waiting.values_list("line_id", flat=True))
        assert all(check.ok for check in checks.run())


@dataclass(frozen=True)
class Trap:
    """A line made to mislead, and the pledge that it may be booked to (None: to none)."""

    text: str
    right: int | None
    amount: str = "500.00"
    structured: str = ""
    name: str = "Anna Verdi"
    end_to_end: str = "NOTPROVIDED"


TRAPS = {
    "a wrong digit": Trap(RF[1][:-1] + str((int(RF[1][-1]) + 1) % 10), None),
    "a wrong letter": Trap(RF[1][:4] + ("B" if RF[1][4] != "B" else "C") + RF[1][5:], None),
    "a digit lost": Trap(RF[1][:-1], None),
    "a digit too many": Trap(RF[1] + "7", None),
    "two references": Trap(f"{RF[1]} {RF[2]}", None),
    "two in two fields": Trap(RF[1], None, structured=RF[2]),
    "one whole, one damaged": Trap(f"{RF[1]} {swapped(RF[2])}", 1),
    "two damaged": Trap(f"{swapped(RF[1])} {swapped(RF[2])}", None),
    "damaged, another amount": Trap(swapped(RF[1]), None, amount="499.00"),
    "damaged": Trap(swapped(RF[1]), 1),
    "O for 0, I for 1": Trap(RF[1][:8] + RF[1][8:].replace("0", "O").replace("1", "I"), 1),
    "RF lost": Trap(RF[1][2:], 1),
    "a name and the amount alone": Trap("quota Mattone", None),
    "somebody else pays": Trap(RF[1], 1, name="Carlo Neri"),
    "of a pledge nobody has": Trap(RF[9], None),
    "before the opening": Trap(RF[10], None),
    "after the close": Trap(RF[3], None),
    "already paid": Trap(RF[4], None),
    "damaged, already paid": Trap(swapped(RF[4]), None),
    "money that goes out": Trap(RF[1], None, amount="-500.00"),
    "a part": Trap(RF[1], 1, amount="1.00"),
    "too much": Trap(RF[1], 1, amount="5000.00"),
    "in the end-to-end id": Trap("", 1, end_to_end=RF[1]),
    "glued to an IBAN": Trap(f"IT60X0542811101000000123456{RF[1]}", 1),
}


@pytest.mark.money
class TestTraps:
    @pytest.fixture
    def open_house(self, house: House, owner: Owner, cast: Cast) -> House:
        house.bank(Move("900.00", text="saldo"))
        for number in (1, 2, 3, 4):
            house.expect(number)
        house.pay(4)
        ended = Expectation.objects.get(owner_key="pledge:3")
        expectations.cancel(expectation=ended, by=cast.owner, at=AT, reason="closed")
        return house

    @pytest.mark.parametrize("name", TRAPS)
    def test_no_wrong_link(self, open_house: House, name: str) -> None:
        trap = TRAPS[name]
        open_house.bank(
            Move(
                trap.amount, text=trap.text, structured=trap.structured, name=trap.name,
                end_to_end=trap.end_to_end,
            )
        )  # fmt: skip

        open_house.run()

        links = Allocation.objects.filter(line=BankLine.objects.latest("id"))
        owners = [link.expectation.owner_key for link in links if link.expectation]
        assert owners == ([] if trap.right is None else [f"pledge:{trap.right}"])

    def test_what_came_before_the_opening_is_booked_after_it(self, open_house: House) -> None:
        open_house.bank(Move("500.00", text=RF[10]))
        open_house.run()
        open_house.expect(10)

        open_house.run()

        link = Allocation.objects.latest("id")
        assert link.expectation is not None
        assert (link.expectation.owner_key, link.amount) == ("pledge:10", euro("500.00"))
