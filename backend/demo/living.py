"""Chapter: three families keep the homes that were bought with them in, four get the keys of one.

Samir follows them, rents come to own money, one month one family cannot pay it all; the grant pays
its first part, and own money pays for works.
"""

import datetime as dt
from typing import Any

from backend.core.cast import CASEWORKER, FINANCE
from backend.demo import grant, works
from backend.demo.client import Client, Refusal, side_by_side
from backend.demo.homes import FAMILIES, HOMES, Family
from backend.demo.stage import Stage, money
from backend.demo.steps import Narrator
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Transfer, cents

MOVING_ON = dt.date(2026, 4, 27)
STARTS_ON = dt.date(2026, 5, 1)
RENTS_ON = (dt.date(2026, 5, 6), dt.date(2026, 6, 5))
ASKED_ON = dt.date(2026, 6, 26)
FIRST_INSTALMENT_ON = dt.date(2026, 7, 6)
GRANTED_ON = dt.date(2026, 5, 12)
TROUBLED = "F-02"
SUPPORT = {
    "F-01": ("BUDGET_ADVICE", "REPAYMENT_PLAN"),
    "F-02": ("HOME_VISIT", "BENEFIT_CLAIM", "BUDGET_ADVICE"),
    "F-03": ("DEBT_SETTLEMENT", "LEGAL_AID"),
    "F-05": ("LOCARE_CLAIM", "JOB_SUPPORT"),
}
OUTCOMES = {"F-01": "KEPT_AID_NEW", "F-02": "KEPT_AID_NEW", "F-03": "KEPT_NO_AID"}


def move_in(narrator: Narrator, stage: Stage) -> None:
    """Households are met, contracts signed, keys handed over; the grant and some works are paid."""
    narrator.once(
        "households",
        "Three families keep their homes, four move in",
        lambda: _house(stage),
    )
    narrator.once("rents-1", "The rents of May arrive", lambda: _rents(stage, RENTS_ON[0]))
    narrator.once(
        "grant", "The grant pays its first part, own money pays works", lambda: _running(stage)
    )


def pay_again(narrator: Narrator, stage: Stage) -> None:
    """A month later: rents again, one of them short."""
    narrator.once(
        "rents-2", "The rents of June arrive, one of them short", lambda: _rents(stage, RENTS_ON[1])
    )


def follow_up(narrator: Narrator, stage: Stage) -> None:
    """What became of those who stayed, and a plan for what one of them owes."""
    narrator.once("outcomes", "Samir asks how people live now", lambda: _ask(stage))


def _house(stage: Stage) -> bool:
    stage.go_to(MOVING_ON)
    samir = stage.cast(CASEWORKER)
    units = {row["code"]: row["id"] for row in samir.all("/api/v1/units/")}

    def house(family: Family) -> None:
        household = _household(samir, family)
        _settle_in(samir, family, household, units[family.home])
        for kind in SUPPORT.get(family.code, ()):
            path = f"/api/v1/households/{household}/actions/"
            samir.post(path, {"kind": kind, "on": str(MOVING_ON)})

    side_by_side(house, FAMILIES)
    return True


def _household(samir: Client, family: Family) -> int:
    told = {
        "code": family.code,
        "referred_by": "Comune (dimostrativo)"
        if family.from_city
        else "Sportello casa (sintetico)",
        "is_referred_by_city": family.from_city,
        "referred_on": family.referred_on,
        "people": dict(family.people),
        "ethos": family.ethos,
        "isee": family.isee,
    }
    try:
        return int(samir.post("/api/v1/households/", told)["id"])
    except Refusal as refusal:
        if refusal.code != "household.code_taken":
            raise
    rows = samir.all("/api/v1/households/")
    return next(int(row["id"]) for row in rows if row["code"] == family.code)


def _settle_in(samir: Client, family: Family, household: int, unit: int) -> None:
    home = next(each for each in HOMES if each.code == family.home)
    told = {
        "unit": unit,
        "household": household,
        "track": "OCCUPIED" if home.is_occupied else "FREE",
        "contract_no": f"C-{family.code}",
        "kind": "3+2",
        "rent": money(family.rent),
        "starts_on": str(STARTS_ON),
        "charges_monthly": money(35_00),
        "market_rent": money(family.rent * 8 // 5),
        "market_source": "stima dimostrativa (sintetica)",
    }
    try:
        samir.post("/api/v1/tenancies/", told)
    except Refusal as refusal:
        if refusal.status != 409:
            raise


def _rents(stage: Stage, day: dt.date) -> bool:
    stage.go_to(day)
    month = {"month": str(day)}
    charges = stage.cast(FINANCE).post("/api/v1/rent-charges/", month, key=f"demo:rents:{day}")
    stage.outside.send(_rent(charge, day) for charge in charges)
    stage.pass_evening()
    return True


def _rent(charge: dict[str, Any], day: dt.date) -> Transfer:
    amount = cents(charge["amount"]["amount"])
    if charge["contract_no"] == f"C-{TROUBLED}" and day == RENTS_ON[1]:
        amount //= 2
    return Transfer(
        account=charge["iban"],
        amount=f"{amount / 100:.2f}",
        name=f"Famiglia {charge['contract_no'][2:]} (sintetica)",
        iban=synthetic_iban(7000 + charge["tenancy"]),
        text=f"affitto {day:%m/%Y}",
        reference=charge["reference"],
        style=("plain", "lower", "grouped")[charge["tenancy"] % 3],
        key=f"rent-{charge['id']}",
    )


def _running(stage: Stage) -> bool:
    stage.go_to(GRANTED_ON)
    # First: whoever approves the grant's costs approves the dearer roof with them.
    works.begin(stage)
    grant.tell(stage)
    works.pay(stage)
    return True


def _ask(stage: Stage) -> bool:
    stage.go_to(ASKED_ON)
    samir = stage.cast(CASEWORKER)
    for row in samir.all("/api/v1/households/"):
        if row["code"] not in OUTCOMES:
            continue
        told = {"code": OUTCOMES[row["code"]], "on": str(ASKED_ON), "source": "colloquio"}
        try:
            samir.post(f"/api/v1/households/{row['id']}/outcomes/", told)
        except Refusal as refusal:
            if refusal.code != "household.outcome_told_already":
                raise
    _agree(samir)
    return True


def _agree(samir: Client) -> None:
    """What one family could not pay in June it is to pay off month by month."""
    leases = {row["contract_no"]: row["id"] for row in samir.all("/api/v1/tenancies/")}
    told = {
        "tenancy": leases[f"C-{TROUBLED}"],
        "instalment": money(40_00),
        "frequency": "monthly",
        "starts_on": str(FIRST_INSTALMENT_ON),
    }
    try:
        samir.post("/api/v1/repayment-plans/", told, key="demo:plan")
    except Refusal as refusal:
        if refusal.status != 409:
            raise
