"""The page of privacy rules is fresh, has every rule, and every test and place that it names is there."""

import pytest

from backend.embedded import BASE_DIR
from tests import named
from tests.stories import privacy

NAMED = sorted({test for rule in privacy.RULES for test in rule.tests})


class TestPage:
    def test_is_fresh(self) -> None:
        written = privacy.PAGE.read_text(encoding="utf-8")

        assert written == privacy.page(), "run python -m tests.stories.privacy"

    def test_has_every_rule_with_a_place_and_a_test(self) -> None:
        assert [rule.number for rule in privacy.RULES] == list(range(1, 31))
        for rule in privacy.RULES:
            assert rule.tests
            assert all((BASE_DIR / place).exists() for place in rule.kept_in.split(", "))


class TestTests:
    @pytest.mark.parametrize("name", NAMED)
    def test_are_there(self, name: str) -> None:
        assert named.is_there(name), f"{name} is not there"
