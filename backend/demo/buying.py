"""Chapter: eight homes are bought, by auction, on the market, by a gift; raised capital pays.

Marta records and moves, Paolo approves, the bank executes orders with the reference of each cost,
and only the lines of its statement make a cost paid.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backend.core.cast import MANAGER, SECOND_MANAGER
from backend.demo.client import Client, Refusal, side_by_side
from backend.demo.homes import AUCTION, DEPOSIT, DONATION, HOMES, MARKET, PRICE, Home
from backend.demo.people import ORDINARY_IBAN
from backend.demo.stage import Stage, money
from backend.demo.steps import Narrator
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Order

SEARCH_ON = dt.date(2026, 2, 23)
OFFER_ON = dt.date(2026, 3, 9)
BALANCE_ON = dt.date(2026, 3, 23)
TITLE_ON = dt.date(2026, 4, 8)
KEYS_ON = dt.date(2026, 4, 20)
BALANCE_DUE_ON = dt.date(2026, 5, 29)

PAYEES = {
    AUCTION: "Procedura esecutiva (sintetica)",
    MARKET: "Venditore (sintetico)",
    DONATION: "Notaio (sintetico)",
}
SOUGHT = {
    AUCTION: ("IDENTIFIED", "REPORT_REVIEWED", "VISITED"),
    MARKET: ("LEAD", "DUE_DILIGENCE"),
    DONATION: ("OFFERED", "SCREENED"),
}
OFFERED = {AUCTION: ("OFFER_FILED", "SINGLE_OFFER", "AWARDED", "BALANCE_DUE"), MARKET: ("OFFER",)}
SETTLED = {MARKET: ("ACCEPTED", "PRELIMINARY")}
TITLED = {AUCTION: ("BALANCE_PAID", "DECREE"), MARKET: ("DEED",), DONATION: ("NOTARY_DEED",)}
TAKEN = ("REGISTERED", "POSSESSION", "PORTFOLIO")
TITLES = ("DECREE", "DEED", "NOTARY_DEED")

HANDS: dict[str, dict[str, Any]] = {
    "OFFER_FILED": {"bids_as": "REPRESENTATIVE", "is_not_debtor": True},
    "NOTARY_DEED": {"witness": "Teste Uno (sintetico)", "other_witness": "Teste Due (sintetico)"},
}
"""Who bids at court, who witnesses a deed of gift."""

Purchases = dict[str, int]


def tell(narrator: Narrator, stage: Stage, fund: str) -> Purchases:
    """Buy all homes; the ids of the acquisitions by the homes' codes come back."""
    bought: Purchases = narrator.once(
        "homes-found",
        f"{len(HOMES)} homes are found, looked at and approved by a second person",
        lambda: _find(stage, fund),
    )
    narrator.once(
        "homes-offered",
        "Deposits are paid, offers filed and awarded",
        lambda: _offer(stage, bought),
    )
    narrator.once(
        "homes-paid",
        "The rest of the prices, taxes and notaries are paid from raised capital",
        lambda: _pay(stage, bought),
    )
    narrator.once(
        "homes-taken",
        "Decrees and deeds arrive, keys are handed over",
        lambda: _take(stage, bought),
    )
    return bought


def _find(stage: Stage, fund: str) -> Purchases:
    stage.go_to(SEARCH_ON)
    marta = stage.cast(MANAGER)
    begun = {row["unit"]: int(row["id"]) for row in marta.all("/api/v1/acquisitions/")}

    def find(home: Home) -> int:
        unit = _unit(marta, home)
        pk = begun.get(unit) or _acquisition(marta, home, unit, fund)
        _walk(stage, pk, SOUGHT[home.route][1:], SEARCH_ON)
        _ask_approval(marta, pk)
        return pk

    found = side_by_side(find, HOMES)
    stage.approve_all(SECOND_MANAGER)
    return {home.code: pk for home, pk in zip(HOMES, found, strict=True)}


def _unit(marta: Client, home: Home) -> int:
    district, quarter, address = home.place
    rooms, area, energy = home.size
    told = {
        "code": home.code,
        "address": f"{address}, Torino (indirizzo inventato)",
        "district": district,
        "quarter": quarter,
        "year_built": 1961,
        "rooms": rooms,
        "area_m2": area,
        "source": home.route,
        "occupancy": home.occupancy,
        "energy_class": energy,
        "certificate_code": f"SYN-APE-{home.code[-2:]}",
        "certificate_issued_on": "2018-03-12",
        "certificate_expires_on": "2028-03-12",
        "cadastral_sheet": f"SYN{home.code[-2:]}",
        "cadastral_parcel": "0000",
    }
    try:
        return int(marta.post("/api/v1/units/", told)["id"])
    except Refusal as refusal:
        if refusal.code != "unit.code_taken":
            raise
    rows = marta.all("/api/v1/units/")
    return next(int(row["id"]) for row in rows if row["code"] == home.code)


def _acquisition(marta: Client, home: Home, unit: int, fund: str) -> int:
    told: dict[str, Any] = {"unit": unit, "route": home.route, "fund": fund}
    if home.base:
        told |= {"base_price": money(home.base), "max_price": money(home.base)}
    if home.route == AUCTION:
        told |= {"sale_on": str(OFFER_ON), "balance_due_on": str(BALANCE_DUE_ON)}
    return int(marta.post("/api/v1/acquisitions/", told)["id"])


def _ask_approval(marta: Client, pk: int) -> None:
    """Unless it was asked for, or given, before the story was cut off."""
    try:
        marta.post(f"/api/v1/acquisitions/{pk}/request-approval/", {})
    except Refusal as refusal:
        if refusal.status != 409:
            raise


def _offer(stage: Stage, bought: Purchases) -> bool:
    stage.go_to(OFFER_ON)
    priced = [home for home in HOMES if home.price]
    _pay_costs(stage, bought, [(home, DEPOSIT, home.deposit) for home in priced])
    _walk_all(stage, bought, OFFERED, OFFER_ON)
    return True


def _pay(stage: Stage, bought: Purchases) -> bool:
    stage.go_to(BALANCE_ON)
    _walk_all(stage, bought, SETTLED, BALANCE_ON)
    prices = [(home, PRICE, home.rest) for home in HOMES if home.price]
    extras = [(home, kind, cents) for home in HOMES for kind, cents in home.extras]
    _pay_costs(stage, bought, prices + extras)
    return True


def _take(stage: Stage, bought: Purchases) -> bool:
    stage.go_to(TITLE_ON)
    _walk_all(stage, bought, TITLED, TITLE_ON)
    stage.go_to(KEYS_ON)
    _walk_all(stage, bought, dict.fromkeys(TITLED, TAKEN), KEYS_ON)
    return True


def _pay_costs(stage: Stage, bought: Purchases, costs: Iterable[tuple[Home, str, int]]) -> None:
    """Commit costs, order the payments with their references, let the bank's statement show them."""
    marta = stage.cast(MANAGER)
    owed = list(costs)

    def commit(cost: tuple[Home, str, int]) -> Any:
        home, kind, cents = cost
        told = {"kind": kind, "amount": money(cents), "due_on": str(stage.today())}
        told["payee"] = PAYEES[home.route]
        path = f"/api/v1/acquisitions/{bought[home.code]}/costs/"
        return marta.post(path, told, key=f"demo:{home.code}:{kind}")

    lines = side_by_side(commit, owed)
    stage.outside.order(_order(home, line) for (home, _, _), line in zip(owed, lines, strict=True))
    stage.pass_evening()


def _order(home: Home, line: dict[str, Any]) -> Order:
    return Order(
        key=f"cost-{line['id']}",
        account=ORDINARY_IBAN,
        amount=line["amount"]["amount"],
        name=PAYEES[home.route],
        iban=synthetic_iban(5000 + line["id"]),
        text=f"{home.code} {line['kind']}",
        reference=line["reference"],
    )


def _walk_all(
    stage: Stage, bought: Purchases, goals: Mapping[str, Sequence[str]], on: dt.date
) -> None:
    """Move the purchases to the goals of their routes, some at a time."""
    going = [home for home in HOMES if home.route in goals]
    side_by_side(lambda home: _walk(stage, bought[home.code], goals[home.route], on, home), going)


def _walk(
    stage: Stage, pk: int, goals: Sequence[str], on: dt.date, home: Home | None = None
) -> None:
    """Move a purchase to each of the goals, but those reached before the story was cut off."""
    marta = stage.cast(MANAGER)
    for goal in goals:
        told: dict[str, Any] = {"to": goal, "on": str(on)}
        if home and home.price:
            told["amount"] = money(home.price)
        if goal in TITLES:
            told["document"] = f"Atto {pk} (sintetico)"
        told |= HANDS.get(goal, {})
        if goal == "BALANCE_DUE":
            told["balance_due_on"] = str(BALANCE_DUE_ON)
        try:
            marta.post(f"/api/v1/acquisitions/{pk}/moves/", told)
        except Refusal as refusal:
            if refusal.code != "acquisition.another_route":
                raise
