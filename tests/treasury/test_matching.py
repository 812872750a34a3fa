"""Which line meets which expectation: the right answer for every kind of line, never a wrong link."""

from dataclasses import replace

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro, from_cents
from backend.treasury import matching, references
from backend.treasury.matching import Decision, Expected, Line

RF = [references.creditor_reference(f"pledge:{number}") for number in range(40)]
DUE = Expected(1, RF[0], account=1, is_in=True, amount=euro("500"), received=euro("0"))


def came(amount: str = "500.00", **more: object) -> Line:
    size = euro(amount)
    return replace(Line(1, 1, size, abs(size), text=RF[0]), **more)  # type: ignore[arg-type]


def one(line: Line, *expected: Expected) -> Decision:
    return matching.decide([line], expected or [DUE])[0]


class TestReference:
    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (came(text="", structured=RF[0]), "reference.structured"),
            (came(text="", end_to_end_id=RF[0]), "reference.end_to_end"),
            (came(text=RF[0]), "reference.text"),
            (came(text=f"quota {references.shown(RF[0]).lower()} grazie"), "reference.text"),
            (came(text=f"x{RF[0][:9]}\n   {RF[0][9:]}y"), "reference.text"),
        ],
    )
    def test_is_booked_wherever_it_stands(self, line: Line, reason: str) -> None:
        assert one(line) == Decision(1, reason, 1, euro("500"))

    def test_that_stands_in_two_places_counts_once(self) -> None:
        assert one(came(structured=RF[0], end_to_end_id=RF[0])).amount == euro("500")

    def test_of_a_structured_field_with_spaces_is_read(self) -> None:
        assert one(came(text="", structured=references.shown(RF[0]))).expectation == 1


class TestAmount:
    def test_below_is_booked_and_what_is_missing_named(self) -> None:
        decision = one(came("200.00"))

        assert (decision.amount, decision.open) == (euro("200"), "short")
        assert decision.difference == euro("300")

    def test_above_is_booked_as_expected_and_the_rest_left(self) -> None:
        decision = one(came("1234.56"))

        assert (decision.amount, decision.open) == (euro("500"), "over")
        assert decision.difference == euro("734.56")

    def test_in_parts_completes_without_a_difference(self) -> None:
        lines = [replace(came("200.00"), id=1), replace(came("300.00"), id=2)]

        assert [d.open for d in matching.decide(lines, [DUE])] == ["short", ""]

    def test_paid_again_is_a_duplicate(self) -> None:
        lines = [replace(came(), id=1), replace(came(), id=2)]

        first, second = matching.decide(lines, [DUE])

        assert first.open == ""
        assert (second.amount, second.open, second.expectation) == (None, "duplicate", 1)

    def test_already_met_is_a_duplicate(self) -> None:
        assert one(came(), replace(DUE, received=euro("500"))).open == "duplicate"


class TestContradiction:
    """Nothing of these is booked."""

    cases = (
        (came(text="bonifico"), DUE, "none"),
        (came(text=RF[1]), DUE, "unknown"),
        (came(text=f"{RF[0]} {RF[1]}"), DUE, "several"),
        (came(structured=RF[1]), DUE, "several"),
        (came(structured=references.shown(RF[1])), DUE, "several"),
        (came("-500.00"), DUE, "direction"),
        (came(account=2), DUE, "account"),
        (came(), replace(DUE, amount=Money("500", "USD"), received=Money("0", "USD")), "currency"),
        (came(instructed="USD"), DUE, "currency"),
        (came(), replace(DUE, is_open=False), "cancelled"),
        (came(parts=3), DUE, "batch"),
        (came(is_returned=True), DUE, "returned"),
        (came("500.00", text=RF[0][:-1]), DUE, "none"),
        (came(text=RF[0] + "7"), DUE, "none"),
        (came(text="RF00" + RF[0][4:]), DUE, "none"),
    )

    @pytest.mark.parametrize(("line", "due", "reason"), cases)
    def test_books_nothing_and_says_why(self, line: Line, due: Expected, reason: str) -> None:
        decision = one(line, due)

        assert (decision.amount, decision.expectation) == (None, None)
        assert (decision.open, decision.reason) == ("unexplained", reason)
        assert decision.difference == line.left

    def test_what_is_left_over_is_never_booked_by_itself(self) -> None:
        rest = came("700.00", left=euro("200"))

        assert (one(rest).amount, one(rest).open) == (None, "over")


class TestOthersCode:
    due = replace(DUE, key="PO1MTHBELKDIWH", is_ours=False)

    def test_is_booked_with_the_exact_amount(self) -> None:
        assert one(came(text="STRIPE po_1MtHbELkdIwH"), self.due).reason == "code"

    def test_is_not_booked_with_another_amount(self) -> None:
        decision = one(came("499.99", text="STRIPE po_1MtHbELkdIwH"), self.due)

        assert (decision.amount, decision.reason) == (None, "amount")

    def test_is_not_booked_when_two_stand_there(self) -> None:
        other = replace(self.due, id=2, key="FATT2026118")

        assert one(came(text="po_1MtHbELkdIwH FATT 2026/118"), self.due, other).reason == "several"

    def test_that_two_suppliers_use_is_told_by_direction_and_account(self) -> None:
        theirs = replace(self.due, id=2, account=2)

        assert one(came(text=self.due.key), theirs, self.due).expectation == 1


class TestTransfer:
    """Between two accounts of ours: out of 1, into 2, the same reference on both lines."""

    leaves = replace(DUE, id=1, is_in=False)
    arrives = replace(DUE, id=2, account=2, after=1)
    out, into = came("-500.00", id=1), came(id=2, account=2)

    def test_is_booked_whichever_line_is_listed_first(self) -> None:
        decisions = matching.decide([self.into, self.out], [self.leaves, self.arrives])

        assert [d.expectation for d in decisions] == [2, 1]
        assert [d.open for d in decisions] == ["", ""]

    def test_that_has_not_left_waits(self) -> None:
        assert one(self.into, self.leaves, self.arrives).reason == "waits"

    def test_that_left_in_part_lets_that_part_arrive(self) -> None:
        half = replace(self.leaves, received=euro("300"))

        assert one(self.into, half, self.arrives).reason == "waits"
        assert one(
            replace(self.into, amount=euro("300"), left=euro("300")), half, self.arrives
        ).amount


MIX = ("exact", "noisy", "part", "over", "typo", "none", "two", "other")


@st.composite
def work(draw: st.DrawFn) -> tuple[list[Line], list[Expected], dict[int, int]]:
    """Lines of every kind, what is expected, and to which expectation each line truly belongs."""
    dues = [
        replace(DUE, id=n, key=RF[n], amount=from_cents(draw(st.integers(100, 10**6))))
        for n in range(draw(st.integers(1, 8)))
    ]
    lines, truth = [], {}
    for number in range(draw(st.integers(1, 12))):
        due = draw(st.sampled_from(dues))
        text, cents = draw(told(due, draw(st.sampled_from(MIX))))
        lines.append(Line(number, 1, from_cents(cents), from_cents(cents), text=text))
        truth[number] = due.id
    return lines, dues, truth


@st.composite
def told(draw: st.DrawFn, due: Expected, kind: str) -> tuple[str, int]:
    """What a payer of that kind writes, and sends."""
    cents = int(due.amount.amount * 100)
    place, letter = draw(st.integers(0, 15)), draw(st.sampled_from("B7KZ0"))
    wrong = due.key[:place] + (letter if due.key[place] != letter else "Q") + due.key[place + 1 :]
    texts = {
        "noisy": f"quota{references.shown(due.key).lower()}grazie".replace(" ", "\n- "),
        "typo": wrong,
        "none": "bonifico",
        "two": f"{due.key} {RF[30]}",
        "other": RF[31],
    }
    amounts = {"part": max(1, cents // 3), "over": cents + 1}
    return texts.get(kind, due.key), amounts.get(kind, cents)


class TestDecide:
    @given(work())
    def test_never_links_wrongly(
        self, work: tuple[list[Line], list[Expected], dict[int, int]]
    ) -> None:
        lines, dues, truth = work

        for decision in matching.decide(lines, dues):
            if decision.amount is not None:
                assert decision.expectation == truth[decision.line]

    @given(work())
    def test_never_books_more_than_came_or_was_expected(
        self, work: tuple[list[Line], list[Expected], dict[int, int]]
    ) -> None:
        lines, dues, _truth = work
        decisions = matching.decide(lines, dues)

        for line, decision in zip(lines, decisions, strict=True):
            assert decision.amount is None or euro("0") < decision.amount <= line.left
        for due in dues:
            met = [d.amount for d in decisions if d.expectation == due.id and d.amount]
            assert sum(met, start=euro("0")) <= due.amount

    @given(work())
    def test_names_every_difference(
        self, work: tuple[list[Line], list[Expected], dict[int, int]]
    ) -> None:
        lines, dues, _truth = work

        for line, decision in zip(lines, matching.decide(lines, dues), strict=True):
            booked = decision.amount or euro("0")
            assert booked == line.left or decision.open
            if decision.open not in ("", "short"):
                assert booked + (decision.difference or euro("0")) == line.left

    @given(work())
    def test_decides_in_two_batches_as_in_one(
        self, work: tuple[list[Line], list[Expected], dict[int, int]]
    ) -> None:
        drawn, dues, _truth = work
        # A run joins the certain of all its batches before it looks at what is likely.
        lines = sorted(drawn, key=lambda line: (len(matching.keys(line)) != 1, line.is_in))
        whole = matching.decide(lines, dues)
        first = matching.decide(lines[:5], dues)
        got = {due.id: due.received for due in dues}
        for decision in first:
            if decision.expectation is not None and decision.amount is not None:
                got[decision.expectation] += decision.amount
        rest = [replace(due, received=got[due.id]) for due in dues]

        assert first + matching.decide(lines[5:], rest) == whole
