"""Creditor references: made with right check digits, found through noise, never through a typo."""

import string

from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import iso11649

from backend.treasury import references

SEEDS = st.integers(1, 10**9).map(lambda number: f"pledge:{number}")
REFERENCES = SEEDS.map(references.creditor_reference)
GAPS = st.sampled_from(["", " ", "-", "\n", " - ", "\r\n", "/"])
GLUE = st.text(alphabet="abcdeghijklmnopqstuvwxyz ", max_size=12)
ANY = string.ascii_uppercase + string.digits


@st.composite
def noisy(draw: st.DrawFn, reference: str) -> str:
    """The reference as a payer and a bank might leave it: cased, broken, glued."""
    letters = [draw(GAPS) + (c.lower() if draw(st.booleans()) else c) for c in reference]
    return draw(GLUE) + "".join(letters) + draw(GLUE)


class TestCreditorReference:
    @given(SEEDS)
    def test_is_a_valid_reference_of_sixteen_characters(self, seed: str) -> None:
        reference = references.creditor_reference(seed)

        assert iso11649.is_valid(reference)
        assert len(reference) == 16

    def test_is_the_same_for_the_same_seed(self) -> None:
        once, twice = (references.creditor_reference("pledge:1") for _ in range(2))

        assert once == twice
        assert once != references.creditor_reference("pledge:2")

    def test_is_shown_in_groups_of_four(self) -> None:
        shown = references.shown(references.creditor_reference("pledge:1"))

        assert [len(group) for group in shown.split()] == [4, 4, 4, 4]


class TestFind:
    @given(st.data(), REFERENCES)
    def test_sees_through_noise(self, data: st.DataObject, reference: str) -> None:
        assert references.find(data.draw(noisy(reference))) == [reference]

    @given(REFERENCES, st.integers(0, 15), st.sampled_from(ANY))
    def test_never_takes_a_wrong_character(self, reference: str, at: int, char: str) -> None:
        assume(reference[at] != char)
        typed = reference[:at] + char + reference[at + 1 :]

        assert references.find(typed) == []

    @given(REFERENCES, st.integers(2, 14))
    def test_never_takes_a_swapped_pair(self, reference: str, at: int) -> None:
        assume(reference[at] != reference[at + 1])
        typed = reference[:at] + reference[at + 1] + reference[at] + reference[at + 2 :]

        assert references.find(typed) == []

    @given(REFERENCES, st.integers(0, 15))
    def test_never_takes_a_missing_character(self, reference: str, at: int) -> None:
        assert references.find(reference[:at] + reference[at + 1 :]) == []

    @given(REFERENCES, st.integers(4, 15), st.sampled_from(ANY))
    def test_never_takes_an_inserted_character(self, reference: str, at: int, char: str) -> None:
        typed = reference[:at] + char + reference[at:]

        assert set(references.find(typed)) <= {reference}

    @given(st.lists(REFERENCES, min_size=2, max_size=4, unique=True))
    def test_finds_each_of_several(self, several: list[str]) -> None:
        assert references.find(" e ".join(several)) == several

    @given(st.text(max_size=200))
    def test_finds_only_what_checks(self, text: str) -> None:
        assert all(iso11649.is_valid(found) for found in references.find(text))


class TestCodes:
    def test_finds_a_payout_id_among_words(self) -> None:
        text = "STRIPE PAYOUT po_1MtHbELkdIwH rif. 2026"

        assert references.normal("po_1MtHbELkdIwH") in references.codes(text)

    def test_finds_a_code_broken_by_a_space_or_a_dash(self) -> None:
        assert "FATT2026118" in references.codes("saldo FATT-2026 118 grazie")

    def test_leaves_out_what_is_too_short_to_mean_anything(self) -> None:
        assert references.codes("AB 12") == frozenset()
