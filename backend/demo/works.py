"""Works in two homes, paid by own money: one was done before its keys were given, one grows dearer.

The roof above a family was worse than it looked: Marta asks for more, Paolo approves it with the rest.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from backend.core.cast import MANAGER
from backend.demo.client import Client, Refusal
from backend.demo.people import ORDINARY_IBAN, OWN_FUND
from backend.demo.stage import Stage, money
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Order

BUILDER = "Impresa edile (sintetica)"


@dataclass(frozen=True)
class Job:
    """Works in a home: what, for how much, how far on which day, and what is owed of it by now."""

    home: str
    what: str
    budget: int
    stages: tuple[tuple[str, dt.date], ...]
    cost: int
    more: int = 0
    why: str = ""


JOBS = (
    Job(
        *("M1-04", "Caldaia e impianto elettrico", 5_200_00),
        stages=(
            ("WORKS", dt.date(2026, 4, 21)),
            ("CERTIFIED", dt.date(2026, 4, 24)),
            ("READY", dt.date(2026, 4, 24)),
        ),
        cost=4_860_40,
    ),
    Job(
        *("M1-05", "Tetto, bagno e serramenti, con la famiglia in casa", 7_800_00),
        stages=(("DESIGN", dt.date(2026, 5, 4)), ("WORKS", dt.date(2026, 5, 11))),
        cost=2_340_00,
        more=1_150_00,
        why="Travi del tetto da sostituire",
    ),
)


def begin(stage: Stage) -> None:
    """Open the works, move them to where they are, and ask for more where it is not enough."""
    marta = stage.cast(MANAGER)
    units = {row["code"]: row["id"] for row in marta.all("/api/v1/units/")}
    known = {row["unit"]: row for row in marta.all("/api/v1/works/")}
    for job in JOBS:
        unit = units[job.home]
        works = known.get(unit) or _open(marta, job, unit)
        path = f"/api/v1/works/{works['id']}"
        for to, day in job.stages:
            if to in works["next_states"]:
                works = marta.post(f"{path}/moves/", {"to": to, "on": str(day)})
        if job.more and works["budget"] == works["first_budget"]:
            _ask_more(marta, job, path)


def _ask_more(marta: Client, job: Job, path: str) -> None:
    """Unless it was asked before the story was cut off."""
    try:
        marta.post(f"{path}/variations/", {"amount": money(job.more), "reason": job.why})
    except Refusal as refusal:
        if refusal.status != 409:
            raise


def _open(marta: Client, job: Job, unit: int) -> Any:
    told = {
        "unit": unit,
        "description": job.what,
        "budget": money(job.budget),
        "fund": OWN_FUND,
        "contractor": BUILDER,
        "has_social_clause": True,
        "started_on": str(job.stages[0][1]),
    }
    return marta.post("/api/v1/works/", told)


def pay(stage: Stage) -> None:
    """Owe what was billed by now, and order it at the bank."""
    marta = stage.cast(MANAGER)
    units = {row["id"]: row["code"] for row in marta.all("/api/v1/units/")}
    works = {units[row["unit"]]: row["id"] for row in marta.all("/api/v1/works/")}
    stage.outside.order(
        _bill(marta, job, works[job.home], number) for number, job in enumerate(JOBS)
    )
    stage.pass_evening()


def _bill(marta: Client, job: Job, works: int, number: int) -> Order:
    key = f"works-{job.home.lower()}"
    cost = {"amount": money(job.cost), "due_on": "2026-05-12", "payee": BUILDER}
    line = marta.post(f"/api/v1/works/{works}/costs/", cost, key=f"demo:{key}")
    return Order(
        key=key,
        account=ORDINARY_IBAN,
        amount=line["amount"]["amount"],
        name=BUILDER,
        iban=synthetic_iban(903 + number),
        text=f"{job.what} {job.home}",
        reference=line["reference"],
    )
