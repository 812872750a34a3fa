"""Guesses: listed with reasons, best first, never more than a suggestion."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.core.money import euro
from backend.treasury import proposals, references
from backend.treasury.matching import Line
from backend.treasury.proposals import Guess, Payer, Waiting

KEY = references.creditor_reference("pledge:1")
DUE = dt.date(2026, 4, 1)
ANNA = Waiting(1, KEY, 1, True, euro("500"), "Anna Verdi", DUE)
BRUNO = Waiting(2, references.creditor_reference("pledge:2"), 1, True, euro("500"), "Bruno Neri")
CODES = st.text("RF0123456789KTMB", min_size=13, max_size=16)


def guess(
    text: str = "", name: str = "", amount: str = "500.00", payer: Payer | None = None
) -> list[Guess]:
    line = Line(1, 1, euro(amount), abs(euro(amount)), text=text)
    return proposals.guess(line, payer or Payer(name), [BRUNO, ANNA])


class TestGuess:
    def test_with_a_name_silences_those_by_amount_alone(self) -> None:
        (only,) = guess(name="VERDI ANNA MARIA")

        assert (only.expectation, only.reasons) == (1, ("name", "amount"))

    def test_by_amount_alone_is_better_than_none(self) -> None:
        assert [one.reasons for one in guess(name="Carla Blu")] == [("amount",), ("amount",)]

    def test_prefers_a_reference_with_one_slip(self) -> None:
        slip = KEY[:9] + ("1" if KEY[9] != "1" else "2") + KEY[10:]

        assert guess(text=slip, name="Bruno Neri")[0].reasons == ("near", "amount")

    def test_names_what_a_contradicted_reference_belongs_to(self) -> None:
        assert guess(text=KEY, amount="20.00")[0].reasons == ("named",)

    def test_looks_at_the_same_account_and_direction_only(self) -> None:
        assert guess(text=KEY, amount="-500.00") == []

    def test_prefers_whom_the_account_paid_for_to_whose_name_it_bears(self) -> None:
        payer = Payer("Bruno Neri", DUE, frozenset({"Anna Verdi"}))

        found = [(one.expectation, one.reasons) for one in guess(payer=payer)]

        assert found == [(1, ("iban", "amount")), (2, ("name", "amount"))]

    @pytest.mark.parametrize(("days", "is_near"), [(0, True), (60, True), (-60, True), (61, False)])
    def test_counts_a_name_near_its_day_alone(self, days: int, is_near: bool) -> None:
        payer = Payer("Anna Verdi", DUE + dt.timedelta(days=days))

        reasons = {one.expectation: one.reasons for one in guess(payer=payer)}

        assert reasons[1] == (("name", "amount") if is_near else ("amount",))

    def test_is_silent_when_nothing_is_alike(self) -> None:
        assert guess(name="Carla Blu", amount="7.00") == []


class TestAlike:
    @pytest.mark.parametrize(
        ("one", "other", "is_alike"),
        [
            ("Anna Verdi", "VERDI ANNA", True),
            ("Niccolò D'Angelo", "NICCOLO DANGELO", False),
            ("Niccolò Dangelo", "NICCOLO DANGELO", True),
            ("Anna Verdi", "Anna Neri", False),
            ("Verdi S.r.l.", "VERDI SRL", True),
            ("", "", False),
            ("S.p.A.", "SPA", False),
        ],
    )
    def test_compares_words(self, one: str, other: str, is_alike: bool) -> None:
        assert proposals.alike(one, other) is is_alike


class TestDifferByOne:
    @given(CODES, st.integers(0, 12), st.sampled_from("XYZ"))
    def test_sees_each_kind_of_slip(self, code: str, at: int, char: str) -> None:
        assert proposals.differ_by_one(code, code[:at] + char + code[at + 1 :])
        assert proposals.differ_by_one(code, code[:at] + code[at + 1 :])
        assert proposals.differ_by_one(code, code[:at] + char + code[at:])

    @given(CODES, st.integers(0, 11))
    def test_sees_a_swapped_pair(self, code: str, at: int) -> None:
        assume(code[at] != code[at + 1])

        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]

        assert proposals.differ_by_one(code, swapped)

    def test_does_not_see_two_slips(self) -> None:
        assert not proposals.differ_by_one("ABCDEF", "XBCDEX")
        assert not proposals.differ_by_one("ABCDEF", "ABCDEF")
