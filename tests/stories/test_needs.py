"""The page of needs is fresh, and every test that it names is there."""

import pytest

from tests import named
from tests.stories import needs

ALL = (*needs.NEEDS, *needs.BAD_INPUT, *needs.BOUNDARIES)
NAMED = sorted({test for need in ALL for test in need.tests})


class TestPage:
    def test_is_fresh(self) -> None:
        written = needs.PAGE.read_text(encoding="utf-8")

        assert written == needs.page(), "run python -m tests.stories.needs"

    def test_has_every_need_with_a_test(self) -> None:
        assert len({need.need for need in needs.NEEDS}) == 15
        assert all(need.tests for need in ALL)


class TestTests:
    @pytest.mark.parametrize("name", NAMED)
    def test_are_there(self, name: str) -> None:
        assert named.is_there(name), f"{name} is not there"
