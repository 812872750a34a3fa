"""Every code of a decision has words, in both languages."""

import pytest
from django.utils import translation

from backend.treasury import proposals, reasons
from tests.treasury.test_matching import TestContradiction


class TestText:
    @pytest.mark.parametrize("code", sorted({case[2] for case in TestContradiction.cases}))
    def test_of_each_decision_is_a_sentence(self, code: str) -> None:
        assert reasons.text(code) != code

    def test_that_a_person_wrote_is_its_own(self) -> None:
        assert reasons.text("Rang her up.") == "Rang her up."

    @pytest.mark.parametrize("code", sorted({**reasons.REASONS, **reasons.GUESSES}))
    def test_is_italian_too(self, code: str) -> None:
        words = {**reasons.REASONS, **reasons.GUESSES}[code]

        with translation.override("en"):
            english = str(words)
        with translation.override("it"):
            assert str(words) != english

    def test_of_each_guess_is_known(self) -> None:
        assert set(proposals.WEIGHTS) == set(reasons.GUESSES)
