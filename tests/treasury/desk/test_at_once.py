"""Two people at one line at once: one act is done, the other is told; never twice, never half."""

from collections.abc import Callable

import pytest

from backend.core import approvals
from backend.core.errors import RuleBroken
from backend.core.models import Approval
from backend.core.money import euro
from backend.ledger import balances
from backend.treasury.desk import acts
from backend.treasury.desk.acts import Share
from backend.treasury.models import Allocation, BankLine, DeskAct
from tests.cast import Cast
from tests.threads import at_once
from tests.treasury.desk.scene import explain, line
from tests.treasury.house import AT, House

pytestmark = [pytest.mark.money, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(new_cast: Cast) -> Cast:
    return new_cast


@pytest.fixture
def house(new_house: House) -> House:
    return new_house


def lost(raised: list[BaseException | None]) -> list[str]:
    """The codes of those who came second; nobody met anything but a rule."""
    found = [one for one in raised if one is not None]
    assert all(isinstance(one, RuleBroken) for one in found), found
    return [one.code for one in found if isinstance(one, RuleBroken)]


class TestTwoPeople:
    def test_one_explains_a_line_and_the_other_is_told(self, house: House, cast: Cast) -> None:
        one = line(house, "100.00")

        def say(payer: str) -> Callable[[], object]:
            return lambda: explain(cast, one, Share(fund=house.own, payer=payer))

        assert lost(at_once(say("Anna"), say("Bruno"))) == ["line.nothing_left"]
        assert DeskAct.objects.count() == 1

    def test_one_asks_and_the_other_is_told(self, house: House, cast: Cast) -> None:
        one = line(house, "60000.00")

        def say(payer: str) -> Callable[[], object]:
            return lambda: explain(cast, one, Share(fund=house.own, payer=payer))

        assert lost(at_once(say("Anna"), say("Bruno"))) == ["desk.another_waits"]
        assert Approval.objects.count() == 1

    def test_one_approves_and_the_other_is_told(self, house: House, cast: Cast) -> None:
        explain(cast, line(house, "60000.00"), Share(fund=house.own, payer="Soci"))
        asked = Approval.objects.get()

        def agree() -> object:
            return approvals.approve(
                approval=Approval.objects.get(pk=asked.pk), by=cast.owner, at=AT
            )

        def refuse() -> object:
            return approvals.refuse(
                approval=Approval.objects.get(pk=asked.pk), by=cast.colleague, at=AT, reason="No."
            )

        assert len(lost(at_once(agree, refuse))) == 1
        assert DeskAct.objects.get().state == ("done" if Allocation.objects.exists() else "refused")

    def test_one_undoes_an_act_once(self, house: House, cast: Cast) -> None:
        act = explain(cast, line(house, "100.00"), Share(fund=house.own, payer="Anna"))

        def undo() -> object:
            mine = DeskAct.objects.get(pk=act.pk)
            return acts.undo(act=mine, by=cast.finance, at=AT, reason="Wrong.")

        assert len(lost(at_once(undo, undo))) == 1
        assert balances.balance(house.ordinary.suspense) == euro("100.00")

    def test_a_run_and_a_person_explain_it_once(self, house: House, cast: Cast) -> None:
        one = line(house, "100.00")

        def say() -> object:
            return explain(cast, one, Share(fund=house.own, payer="Anna"))

        assert lost(at_once(house.run, say)) == []
        assert not BankLine.objects.unexplained().exists()
