"""The identifier of an offer: LEI and eight digits, with the LEI's check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from campaigns.rules import identifiers

BODY = "8156009A0B1C2D3E4F"
LEI = BODY + mod_97_10.calc_check_digits(BODY)


@pytest.mark.rule("R20")
class TestIsOfferIdentifier:
    @pytest.mark.parametrize(
        ("text", "is_one"),
        [
            (f"{LEI}00000001", True),
            (f"{LEI}99999999", True),
            (f"{LEI}0000001", False),
            (f"{LEI}000000001", False),
            (f"{LEI}0000000A", False),
            (f"{LEI.lower()}00000001", False),
            (f"{LEI[:18]}0000000001", False),
            (f"{LEI}٠٠٠٠٠٠٠١", False),
            ("", False),
        ],
    )
    def test_is_twenty_characters_that_check_and_eight_digits(
        self, text: str, is_one: bool
    ) -> None:
        assert identifiers.is_offer_identifier(text) is is_one

    @given(st.integers(0, 19), st.sampled_from("0123456789ABCDEFGHJK"))
    def test_one_wrong_character_of_the_lei_is_noticed(self, place: int, wrong: str) -> None:
        changed = LEI[:place] + wrong + LEI[place + 1 :]

        assert identifiers.is_offer_identifier(f"{changed}00000001") is (changed == LEI)


class TestMake:
    def test_fills_the_number_up_and_is_read_back(self) -> None:
        made = identifiers.make(LEI, 42)

        assert made == f"{LEI}00000042"
        assert identifiers.lei_of(made) == LEI

    @pytest.mark.parametrize(("lei", "number"), [("X" * 20, 1), (LEI, 100_000_000), (LEI, -1)])
    def test_refuses_what_makes_none(self, lei: str, number: int) -> None:
        with pytest.raises(ValueError, match="no identifier"):
            identifiers.make(lei, number)
