"""What the desk's tests do in a word: a line nobody explained, an act with a reason, a second person."""

from typing import Any

from backend.core import approvals
from backend.core.models import Approval
from backend.treasury.desk import acts
from backend.treasury.desk.acts import Share
from backend.treasury.models import BankAccount, BankLine, DeskAct
from tests.cast import Cast
from tests.treasury.files import Move
from tests.treasury.house import AT, House


def line(house: House, amount: str, at: BankAccount | None = None) -> BankLine:
    """A line that no key explains, looked at once."""
    house.bank(Move(amount, "senza riferimento"), at=at or house.ordinary)
    house.run()
    return BankLine.objects.latest("id")


def explain(cast: Cast, one: BankLine, *shares: Share, **more: Any) -> DeskAct:
    return acts.explain(
        line=one, shares=shares, **{"by": cast.finance, "at": AT, "reason": "Known.", **more}
    )


def undo(cast: Cast, act: DeskAct) -> DeskAct:
    return acts.undo(act=act, by=cast.finance, at=AT, reason="Wrong.")


def agree(cast: Cast) -> None:
    """The manager approves what waits."""
    asked = Approval.objects.get(decision="")
    approvals.approve(approval=asked, by=cast.owner, at=AT)
