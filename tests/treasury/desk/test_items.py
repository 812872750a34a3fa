"""A difference has an owner of the desk, notes, and a trail from its start to its end."""

import pytest

from backend.core.money import euro
from backend.treasury.desk import acts, items
from backend.treasury.desk.acts import Share
from backend.treasury.desk.items import NothingNoted, NotOfTheDesk
from backend.treasury.models import Discrepancy
from tests.cast import Cast
from tests.treasury.desk.scene import explain, line, undo
from tests.treasury.house import AT, House

pytestmark = pytest.mark.money


@pytest.fixture
def waits(house: House) -> Discrepancy:
    """Ten euro that nobody explained."""
    line(house, "10.00")
    return Discrepancy.objects.get()


class TestAssign:
    def test_gives_it_to_a_colleague_and_back(self, waits: Discrepancy, cast: Cast) -> None:
        items.assign(discrepancy=waits, owner=cast.owner, by=cast.finance, at=AT)
        assert Discrepancy.objects.get().owner == cast.owner

        items.assign(discrepancy=waits, owner=None, by=cast.owner, at=AT)

        assert Discrepancy.objects.get().owner is None
        assert [one.facts["owner"] for one in items.trail(waits)] == ["owner@example.org", ""]

    @pytest.mark.parametrize("who", ["auditor", "stranger", "investor"])
    def test_refuses_who_does_not_work_there(
        self, waits: Discrepancy, cast: Cast, who: str
    ) -> None:
        with pytest.raises(NotOfTheDesk):
            items.assign(discrepancy=waits, owner=getattr(cast, who), by=cast.finance, at=AT)

    def test_knows_who_works_there(self, waits: Discrepancy, cast: Cast) -> None:
        found = items.colleagues(waits)

        assert found == [cast.colleague, cast.finance, cast.owner]


class TestNote:
    def test_is_kept_with_who_and_when(self, waits: Discrepancy, cast: Cast) -> None:
        items.note(discrepancy=waits, text=" Asked the bank. ", by=cast.finance, at=AT)

        (told,) = items.trail(waits)
        assert (told.reason, told.by, told.at) == ("Asked the bank.", cast.finance, AT)

    def test_says_something(self, waits: Discrepancy, cast: Cast) -> None:
        with pytest.raises(NothingNoted):
            items.note(discrepancy=waits, text="  ", by=cast.finance, at=AT)


class TestTrail:
    def test_tells_act_and_undoing_from_start_to_end(
        self, house: House, waits: Discrepancy, cast: Cast
    ) -> None:
        assert waits.line is not None
        act = explain(cast, waits.line, Share(euro("10.00"), fund=house.own, payer="Anna"))
        undo(cast, act)

        told = [(one.action, one.state_after) for one in items.trail(waits)]

        assert told == [
            ("desk.explain", ""),
            ("state.moved", "done"),
            ("line.explained", ""),
            ("state.moved", "undone"),
            ("line.taken_back", ""),
        ]
        assert [one.pk for one in items.acts_about(waits)] == [act.pk]

    def test_knows_what_was_given_up(self, house: House, cast: Cast) -> None:
        house.expect(1)
        house.pay(1, "480.00")
        short = Discrepancy.objects.get(kind="short")

        acts.give_up(discrepancy=short, by=cast.finance, at=AT, reason="Waived.")

        assert [one.action for one in items.trail(short)][-1] == "discrepancy.resolved"
