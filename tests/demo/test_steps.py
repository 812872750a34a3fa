"""The story's memory: a step is told once, whatever came of it, and again only if it was cut off."""

import io

import pytest
from django.db import OperationalError

from backend.demo.steps import Narrator, outcome


@pytest.fixture
def narrator(db: None) -> Narrator:
    return Narrator(io.StringIO())


class TestOnce:
    @pytest.mark.parametrize("found", [None, True, {"a": [1]}, "text"])
    def test_the_second_time_gives_what_came_of_the_first(
        self, narrator: Narrator, found: object
    ) -> None:
        calls: list[int] = []

        def work() -> object:
            calls.append(1)
            return found

        first, second = (narrator.once("step", "A step", work) for _ in range(2))

        assert first == second == found
        assert len(calls) == 1

    def test_a_step_that_failed_is_told_again(self, narrator: Narrator) -> None:
        def fail() -> object:
            raise ValueError("cut off")

        with pytest.raises(ValueError, match="cut off"):
            narrator.once("step", "A step", fail)

        assert outcome("step") is None
        assert narrator.once("step", "A step", lambda: 1) == 1

    @pytest.mark.django_db(transaction=True)
    def test_a_database_that_went_away_is_waited_for(self) -> None:
        narrator = Narrator(io.StringIO())
        failures = [OperationalError("terminating connection")]

        def work() -> object:
            if failures:
                raise failures.pop()
            return "told"

        assert narrator.once("step", "A step", work) == "told"

    def test_each_told_step_is_a_line(self, narrator: Narrator) -> None:
        narrator.once("step", "A step", lambda: 1)
        narrator.once("step", "A step", lambda: 1)

        told = narrator.out
        assert isinstance(told, io.StringIO)
        assert told.getvalue().count("A step") == 1
