"""Chapter: what went wrong with some, and was mended: an eviction stopped, a debt settled, a plan that broke.

A former owner had wanted his tenants out: with the purchase that is over. Who is behind with a rent agrees
on three instalments; the first does not come, and the night says so; then they come, and it is paid off.
"""

import datetime as dt

from backend.core import clock
from backend.core.cast import CASEWORKER, FINANCE
from backend.demo.client import Client, Refusal
from backend.demo.stage import Stage, by_key, money
from backend.demo.steps import Narrator
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Transfer
from properties import nightly

THREATENED, INDEBTED = "F-02", "F-03"
THREAT = {
    "landlord": "Proprietario precedente (sintetico)",
    "on": "2026-01-12",
    "rent_due_on": "2025-11-05",
}
CLOCK = (
    {"to": "INTIMAZIONE", "on": "2026-02-03", "next_on": "2026-03-24"},
    {"to": "HEARING", "on": "2026-03-24", "next_on": "2026-05-19"},
    {"to": "STOPPED", "on": "2026-04-27"},
)
"""Served, heard, put off; stopped on the day on which the new lease was signed."""
DEBT = {"creditor": "Condominio (sintetico)", "owed": money(3_400_00), "on": "2026-04-27"}
SETTLED = {"settled_for": money(1_250_00), "on": "2026-04-27"}
BEHIND = "C-P-05"
MONTH = "2026-05-01"
PLAN = {"instalment": money(40_00), "frequency": "weekly", "starts_on": "2026-06-08"}
HEALED_ON, PAID_OFF_ON = dt.date(2026, 6, 22), dt.date(2026, 6, 26)
PARTS = {HEALED_ON: 80_00, PAID_OFF_ON: 40_00}
"""Nothing on the eighth and the fifteenth: broken. Two instalments at once: healed. The last: paid off."""


def find_help(narrator: Narrator, stage: Stage) -> None:
    """The threat is over with the new lease, a debt is settled for less."""
    narrator.once(
        "threat", "An eviction is stopped, a debt is settled", lambda: _stop_and_settle(stage)
    )


def agree(narrator: Narrator, stage: Stage) -> None:
    """Three weekly instalments for what is missing of May."""
    narrator.once("plan", "One who is behind agrees on instalments", lambda: _agree(stage))


def miss(narrator: Narrator) -> None:
    """Nothing came of the first, and the days of grace are over."""
    narrator.once("plan-missed", "The first does not come", _pass_night)


def pay(narrator: Narrator, stage: Stage, on: dt.date) -> None:
    """What comes on a day of the instalments that are due."""
    narrator.once(f"plan-{on}", "Instalments arrive", lambda: _pay(stage, on))


def _stop_and_settle(stage: Stage) -> bool:
    samir = stage.cast(CASEWORKER)
    known = {row["code"]: row["id"] for row in samir.all("/api/v1/households/")}
    _stop(samir, f"/api/v1/households/{known[THREATENED]}/evictions/")
    debts = f"/api/v1/households/{known[INDEBTED]}/debts/"
    if not samir.all(debts):
        debt = samir.post(debts, DEBT)["id"]
        samir.post(f"/api/v1/debts/{debt}/settlement/", SETTLED)
    return True


def _stop(samir: Client, path: str) -> None:
    """Walk the clock to its end, from wherever it was left when the story was cut off."""
    cases = samir.all(path)
    case = cases[0] if cases else samir.post(path, THREAT)
    reached = [step["to"] for step in CLOCK]
    done = reached.index(case["state"]) + 1 if case["state"] in reached else 0
    for step in CLOCK[done:]:
        samir.post(f"/api/v1/evictions/{case['id']}/steps/", step)


def _agree(stage: Stage) -> bool:
    samir = stage.cast(CASEWORKER)
    lease = by_key(samir.all("/api/v1/tenancies/"), "contract_no", BEHIND)["id"]
    try:
        samir.post("/api/v1/repayment-plans/", {"tenancy": lease, **PLAN}, key="demo:plan-may")
    except Refusal as refusal:
        if refusal.status != 409:
            raise
    return True


def _pay(stage: Stage, on: dt.date) -> bool:
    stage.go_to(on)
    elena = stage.cast(FINANCE)
    charges = elena.post("/api/v1/rent-charges/", {"month": MONTH}, key="demo:rents-of-may")
    owed = by_key(charges, "contract_no", BEHIND)
    cents = PARTS[on]
    transfer = Transfer(
        account=str(owed["iban"]),
        amount=f"{cents / 100:.2f}",
        name=f"Famiglia {BEHIND[2:]} (sintetica)",
        iban=synthetic_iban(7900),
        text="rata affitto di maggio",
        reference=str(owed["reference"]),
        key=f"instalment-{on}",
    )
    stage.outside.send([transfer])
    stage.pass_evening()
    return _pass_night()


def _pass_night() -> bool:
    """The worker's nights go by the real clock, so the story's are passed here: plans are judged."""
    nightly.run(on=clock.today(), at=clock.now())
    return True
