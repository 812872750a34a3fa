"""What Elena of finance does by hand in the story: lines that no reference explains.

Each helper may be told again: a line that is explained already is no longer in her list.
"""

from dataclasses import dataclass
from typing import Any

from backend.core.cast import FINANCE
from backend.demo.stage import Stage
from backend.simulators.bank.ledger import Order, Transfer

LINES = "/api/v1/bank-lines/"


@dataclass(frozen=True)
class Meaning:
    """What lines of somebody are: of which fund, and whose money or spent for what."""

    fund: str
    reason: str
    payer: str = ""
    purpose: str = ""


def unexplained(stage: Stage, name: str) -> list[dict[str, Any]]:
    """The lines of somebody that are still in suspense, the oldest first."""
    rows = stage.cast(FINANCE).all(f"{LINES}?unexplained=1")
    return [row for row in reversed(rows) if row["counterparty_name"] == name]


def receive(stage: Stage, transfer: Transfer, meaning: Meaning) -> None:
    """Let money arrive that nobody expects, and say what it is."""
    stage.outside.send([transfer])
    stage.pass_evening()
    classify(stage, transfer.name, meaning)


def spend(stage: Stage, order: Order, meaning: Meaning) -> None:
    """Order a payment that nobody expects, and say what it was for."""
    stage.outside.order([order])
    stage.pass_evening()
    classify(stage, order.name, meaning)


def classify(stage: Stage, name: str, meaning: Meaning) -> None:
    """Say of every unexplained line of somebody what it is."""
    told = {key: value for key, value in vars(meaning).items() if value}
    for line in unexplained(stage, name):
        stage.cast(FINANCE).post(f"{LINES}{line['id']}/classify/", told)


def recognise(stage: Stage, name: str, reason: str) -> None:
    """Book somebody's lines to the likeliest expectation, as the desk proposes it."""
    elena = stage.cast(FINANCE)
    for line in unexplained(stage, name):
        best = elena.get(f"{LINES}{line['id']}/")["guesses"][0]
        accepted = {"expectation": best["expectation"], "reason": reason}
        elena.post(f"{LINES}{line['id']}/accept/", accepted)


def offset(stage: Stage, name: str, reason: str) -> None:
    """Explain money of somebody that came twice by the line that sent it back."""
    lines = unexplained(stage, name)
    came = [line for line in lines if not line["amount"]["amount"].startswith("-")]
    went = [line for line in lines if line["amount"]["amount"].startswith("-")]
    for one, other in zip(came, went, strict=False):
        told = {"against": other["id"], "reason": reason}
        stage.cast(FINANCE).post(f"{LINES}{one['id']}/offset/", told)
