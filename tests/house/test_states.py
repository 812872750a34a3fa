"""Every state machine of the house, walked: each pair of states of each model that has MOVES.

The moves themselves are core.states'; here no model is known by name.
"""

import pytest
from django.apps import apps
from django.db.models import Model

from backend.core import diagrams, states

MODELS = [model for model in apps.get_models() if hasattr(model, "MOVES")]
STATES = [(model, here) for model in MODELS for here in sorted(model.MOVES)]


def name(value: object) -> str:
    return value._meta.label if isinstance(value, type) else str(value)


class TestMoves:
    def test_there_are_state_machines(self) -> None:
        assert MODELS

    @pytest.mark.parametrize("model", MODELS, ids=name)
    def test_every_choice_has_its_moves(self, model: type[Model]) -> None:
        choices = {value for value, _ in model._meta.get_field("state").flatchoices}

        assert not choices or set(model.MOVES) == choices

    @pytest.mark.parametrize("model", MODELS, ids=name)
    def test_every_move_leads_to_a_state_with_moves_of_its_own(self, model: type[Model]) -> None:
        targets = {there for moves in model.MOVES.values() for there in moves}

        assert targets <= set(model.MOVES)

    @pytest.mark.parametrize("model", MODELS, ids=name)
    def test_something_begins(self, model: type[Model]) -> None:
        starts = diagrams.starts_of(model)

        assert starts
        assert set(starts) <= set(model.MOVES), "name its STARTS, or give its state a default"

    @pytest.mark.parametrize("model", MODELS, ids=name)
    def test_something_ends(self, model: type[Model]) -> None:
        last = [here for here, moves in model.MOVES.items() if not moves]

        assert last, "no state is final: nothing of this kind could ever be put away"

    @pytest.mark.parametrize(("model", "here"), STATES, ids=name)
    def test_a_record_may_move_where_its_dict_says_and_nowhere_else(
        self, model: type[Model], here: str
    ) -> None:
        record = model(state=here)

        allowed = {there for there in model.MOVES if states.may_move(record, there)}

        assert allowed == set(model.MOVES[here])
