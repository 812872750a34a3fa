"""What makes a line that line: bank ids where they are unique, else content and occurrence."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro
from backend.treasury import identities
from backend.treasury.parsed import ParsedLine

DAY = dt.date(2026, 4, 1)


def line(text: str = "quota", bank_id: str = "", amount: str = "10.00") -> ParsedLine:
    return ParsedLine(DAY, DAY, euro(amount), text=text, bank_id=bank_id)


def new_of(lines: list[ParsedLine], before: list[ParsedLine]) -> int:
    """How many of a second file's lines are new to an account that has the first file's."""
    first = identities.of_lines(before)
    known = identities.known((one.fingerprint, one.bank_id, one.on, Decimal(1)) for one in first)
    return sum(not identities.is_known(one, known) for one in identities.of_lines(lines))


class TestOfLines:
    def test_takes_the_banks_id_where_it_is_unique(self) -> None:
        first, second = identities.of_lines([line(bank_id="A"), line(bank_id="B")])

        assert (first.identity, second.identity) == ("id:2026-04-01:A", "id:2026-04-01:B")

    def test_does_not_trust_an_id_that_stands_twice(self) -> None:
        first, second = identities.of_lines([line(bank_id="A"), line(bank_id="A")])

        assert (first.bank_id, second.bank_id) == ("", "")
        assert first.identity != second.identity

    def test_tells_two_genuine_identical_transfers_apart(self) -> None:
        first, second = identities.of_lines([line(), line()])

        assert first.fingerprint == second.fingerprint
        assert first.identity != second.identity

    def test_does_not_mind_how_a_text_is_wrapped(self) -> None:
        assert identities.fingerprint(line("a  b\nc")) == identities.fingerprint(line("a b c"))


class TestIsKnown:
    def test_by_the_banks_id_whatever_else_changed(self) -> None:
        assert new_of([line("wrapped", bank_id="A")], [line("wrap ped", bank_id="A")]) == 0

    def test_not_when_two_ids_differ(self) -> None:
        assert new_of([line(bank_id="A"), line(bank_id="B")], [line(bank_id="A")]) == 1

    def test_counts_identical_lines_of_overlapping_files(self) -> None:
        assert new_of([line(), line(), line()], [line(), line()]) == 1

    def test_although_only_one_of_the_files_has_ids(self) -> None:
        assert new_of([line()], [line(bank_id="A")]) == 0
        assert new_of([line(bank_id="A")], [line()]) == 0

    @given(
        st.lists(st.sampled_from(["a", "b", "c"]), max_size=12),
        st.integers(0, 12),
        st.integers(0, 12),
    )
    def test_overlap_of_any_width_books_each_line_once(
        self, texts: list[str], end: int, start: int
    ) -> None:
        whole = [line(text) for text in texts]
        first, second = whole[: max(end, start)], whole

        assert new_of(second, first) == len(whole) - len(first)
