"""Chapter: what stands beside the eight homes: flats managed for their owners since 2024, auctions to come.

They come in by one file, and those who lived in them since by another (`tenants`); Marta writes down where
each home stands, Paolo approves the mandates.
"""

import datetime as dt
from typing import Any

from backend.core.cast import CASEWORKER, MANAGER, SECOND_MANAGER
from backend.demo import tenants
from backend.demo.client import Client, Refusal
from backend.demo.stage import Stage, money
from backend.demo.steps import Narrator

TOLD_ON = dt.date(2026, 6, 5)
SIGNED_ON = dt.date(2024, 5, 6)
TERM_ENDS_ON = dt.date(2028, 5, 5)
RENT = 330_00
HEADER = (
    "code,address,district,quarter,omi_zone,year_built,rooms,area_m2,source,energy_class,"
    "certificate_code,certificate_issued_on,certificate_expires_on,foglio,particella,subalterno"
)
ROWS = (
    "G1-01,Via del Cortile 8 (indirizzo inventato),3,Pozzo Strada,C8,1968,3,66.00,mandate,E,"
    "SYN-APE-11,2019-09-02,2029-09-02,SYN21,0000,1",
    "G1-02,Via del Cortile 8 (indirizzo inventato),3,Pozzo Strada,C8,1968,2,48.50,mandate,F,"
    "SYN-APE-12,2016-07-14,2026-07-14,SYN21,0000,2",
    "G1-03,Via della Grondaia 5 (indirizzo inventato),2,Mirafiori Nord,D4,1966,4,79.00,mandate,D,"
    "SYN-APE-13,2021-03-19,2031-03-19,SYN25,0000,1",
    "G1-04,Via della Grondaia 5 (indirizzo inventato),2,Mirafiori Nord,D4,1966,3,68.00,mandate,E,"
    "SYN-APE-14,2020-10-06,2030-10-06,SYN25,0000,2",
    "G2-01,Via del Lucernario 40 (indirizzo inventato),6,Rebaudengo,D2,1971,3,63.50,mandate,E,"
    "SYN-APE-15,2022-02-21,2032-02-21,SYN26,0000,1",
    "G2-02,Via del Lucernario 40 (indirizzo inventato),6,Rebaudengo,D2,1971,2,47.00,mandate,F,"
    "SYN-APE-16,2022-02-21,2032-02-21,SYN26,0000,2",
    "G2-03,Via dello Stipite 3 (indirizzo inventato),7,Aurora,C1,1938,2,52.00,mandate,D,"
    "SYN-APE-17,2023-05-15,2033-05-15,SYN27,0000,1",
    "A1-01,Via della Malta 15 (indirizzo inventato),6,Barriera di Milano,D2,1958,3,57.00,"
    "court_auction,G,,,,SYN22,0000,1",
    "A1-02,Via del Ponteggio 2 (indirizzo inventato),5,Madonna di Campagna,D3,1964,4,74.00,"
    "court_auction,F,,,,SYN23,0000,1",
    "A1-03,Via dell'Intonaco 31 (indirizzo inventato),7,Aurora,C1,1950,2,43.00,"
    "court_auction,G,,,,SYN24,0000,1",
)
MANAGED = ("G1-01", "G1-02", "G1-03", "G1-04", "G2-01", "G2-02", "G2-03")
QUOTATIONS = (
    "zone,name,half_year,typology,condition,sale_min,sale_max,rent_min,rent_max\n"
    "C1,Zona C1 (sintetica),2025-2,Abitazioni civili,NORMALE,1400,2100,7.10,10.40\n"
    "C8,Zona C8 (sintetica),2025-2,Abitazioni di tipo economico,NORMALE,1150,1700,6.20,9.10\n"
    "D2,Zona D2 (sintetica),2025-2,Abitazioni di tipo economico,NORMALE,700,1050,4.60,6.80\n"
    "D3,Zona D3 (sintetica),2025-2,Abitazioni di tipo economico,NORMALE,850,1250,5.10,7.60\n"
    "D4,Zona D4 (sintetica),2025-2,Abitazioni di tipo economico,NORMALE,900,1300,0,0\n"
)
Purchase = dict[str, Any]
# The home, its base price, the day of its auction, and how far it was looked at.
AUCTIONS: tuple[tuple[str, int, dt.date, tuple[str, ...]], ...] = (
    ("A1-01", 34_000_00, dt.date(2026, 7, 21), ("REPORT_REVIEWED", "VISITED")),
    ("A1-02", 47_500_00, dt.date(2026, 9, 15), ("REPORT_REVIEWED",)),
    ("A1-03", 29_000_00, dt.date(2026, 7, 9), ("REPORT_REVIEWED", "WITHDRAWN_BEFORE_OFFER")),
)


def tell(narrator: Narrator, stage: Stage, fund: str) -> None:
    """Take the file in, sign the mandates, write down the auctions."""
    narrator.once(
        "portfolio",
        "Seven flats managed since 2024 come in with their people, three auctions are looked at",
        lambda: _look_around(stage, fund),
    )


def _look_around(stage: Stage, fund: str) -> bool:
    stage.go_to(TOLD_ON)
    marta = stage.cast(MANAGER)
    marta.upload("/api/v1/omi/files/", "omi.csv", QUOTATIONS.encode())
    marta.upload("/api/v1/units/files/", "case.csv", "\n".join((HEADER, *ROWS)).encode())
    units = {row["code"]: row["id"] for row in marta.all("/api/v1/units/")}
    known = {row["unit"]: row for row in marta.all("/api/v1/acquisitions/")}

    def look_at(auction: tuple[str, int, dt.date, tuple[str, ...]]) -> None:
        code, base, sale_on, goals = auction
        told = {"unit": units[code], "route": "court_auction", "fund": fund}
        told |= {"base_price": money(base), "max_price": money(base), "sale_on": str(sale_on)}
        purchase = known.get(units[code]) or _begin(marta, told)
        _walk(marta, purchase, goals, {"on": str(TOLD_ON)})

    stage.each(look_at, AUCTIONS)
    _sign(stage, marta, stage.each(lambda code: _proposed(marta, units[code], known), MANAGED))
    _take_people_over(stage.cast(CASEWORKER))
    return True


def _take_people_over(samir: Client) -> None:
    """Those who live there since 2024, and those who left; once."""
    try:
        samir.upload("/api/v1/households/files/", "persone.csv", tenants.FILE.encode())
    except Refusal as refusal:
        if refusal.code != "people_file.faulty":
            raise


def _proposed(marta: Client, unit: int, known: dict[int, Purchase]) -> int:
    mandate = known.get(unit) or _begin(marta, {"unit": unit, "route": "mandate"})
    _walk(marta, mandate, ("INSPECTED",), {"on": str(SIGNED_ON)})
    return int(mandate["id"])


def _sign(stage: Stage, marta: Client, mandates: list[int]) -> None:
    def ask(pk: int) -> None:
        try:
            marta.post(f"/api/v1/acquisitions/{pk}/request-approval/", {})
        except Refusal as refusal:
            if refusal.status != 409:
                raise

    def sign(pk: int) -> None:
        terms = {"on": str(SIGNED_ON), "amount": money(RENT), "term_ends_on": str(TERM_ENDS_ON)}
        mandate = marta.get(f"/api/v1/acquisitions/{pk}/")
        _walk(marta, mandate, ("MANDATE_SIGNED", "IN_MANAGEMENT"), terms)

    stage.each(ask, mandates)
    stage.approve_all(SECOND_MANAGER)
    stage.each(sign, mandates)


def _begin(marta: Client, told: dict[str, Any]) -> Purchase:
    begun: Purchase = marta.post("/api/v1/acquisitions/", told)
    return begun


def _walk(marta: Client, purchase: Purchase, goals: tuple[str, ...], terms: dict[str, Any]) -> None:
    """Move to each goal, leaving out those that were reached before the story was cut off."""
    ahead = purchase["next_states"]
    for goal in goals:
        if goal in ahead:
            path = f"/api/v1/acquisitions/{purchase['id']}/moves/"
            ahead = marta.post(path, {"to": goal, **terms})["next_states"]
