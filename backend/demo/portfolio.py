"""Chapter: what stands beside the eight homes: flats managed for their owners since 2024, auctions to come.

They come in by one file, and those who lived in them since by another; Marta writes down where each
home stands, Paolo approves the mandates.
"""

import datetime as dt
from typing import Any

from backend.core.cast import CASEWORKER, MANAGER, SECOND_MANAGER
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
    "A1-01,Via della Malta 15 (indirizzo inventato),6,Barriera di Milano,D2,1958,3,57.00,"
    "court_auction,G,,,,SYN22,0000,1",
    "A1-02,Via del Ponteggio 2 (indirizzo inventato),5,Madonna di Campagna,D3,1964,4,74.00,"
    "court_auction,F,,,,SYN23,0000,1",
    "A1-03,Via dell'Intonaco 31 (indirizzo inventato),7,Aurora,C1,1950,2,43.00,"
    "court_auction,G,,,,SYN24,0000,1",
)
MANAGED = ("G1-01", "G1-02", "G1-03")
QUOTATIONS = (
    "zone,name,half_year,typology,condition,sale_min,sale_max,rent_min,rent_max\n"
    "C1,Zona C1 (sintetica),2025-2,Abitazioni civili,NORMALE,1400,2100,7.10,10.40\n"
    "C8,Zona C8 (sintetica),2025-2,Abitazioni di tipo economico,NORMALE,1150,1700,6.20,9.10\n"
    "D2,Zona D2 (sintetica),2025-2,Abitazioni di tipo economico,NORMALE,700,1050,4.60,6.80\n"
    "D3,Zona D3 (sintetica),2025-2,Abitazioni di tipo economico,NORMALE,850,1250,5.10,7.60\n"
    "D4,Zona D4 (sintetica),2025-2,Abitazioni di tipo economico,NORMALE,900,1300,0,0\n"
)
PEOPLE_HEADER = (
    "code,referred_by,referred_on,is_referred_by_city,people_0_5,people_6_17,people_18_34,"
    "people_35_54,people_65_74,ethos,isee,unit,contract_no,kind,rent,market_rent,market_source,"
    "starts_on,ends_on,end_reason,rents_until,rents_owed,outcomes"
)
OFFICE, ESTIMATE = "Sportello casa (sintetico)", "stima dimostrativa (sintetica)"
PEOPLE = (
    f"P-01,{OFFICE},2024-03-11,0,,1,,2,,EL2,to_10310,G1-01,C-P-01,3+2,270,430,{ESTIMATE},"
    "2024-06-03,2025-05-30,casa popolare,2025-05,,2024-12-05 KEPT_NO_AID; 2025-06-02 MOVED_PUBLIC",
    f"P-02,{OFFICE},2025-03-24,1,1,,2,,,EL6,to_6241,G1-01,C-P-02,3+2,270,430,{ESTIMATE},"
    "2025-06-30,,,2026-05,,2026-01-07 KEPT_AID_SAME",
    f"P-03,{OFFICE},2024-02-19,1,,,,1,1,EL3,to_6241,G1-02,C-P-03,3+2,210,340,{ESTIMATE},"
    "2024-05-20,,,2026-05,,2024-11-20 KEPT_AID_SAME; 2025-05-21 KEPT_NO_AID; 2026-05-21 KEPT_NO_AID",
    f"P-04,{OFFICE},2024-04-02,0,,3,,2,,EL8x,to_26000,G1-03,C-P-04,4+2,320,520,{ESTIMATE},"
    "2024-07-01,2025-11-14,abbandono,2025-11,2025-10 320; 2025-11 320,"
    "2025-01-08 KEPT_NO_AID; 2025-11-14 ABANDONED",
    f"P-05,{OFFICE},2025-09-08,1,,2,,2,,EL2,to_6241,G1-03,C-P-05,3+2,320,520,{ESTIMATE},"
    "2025-12-15,,,2026-05,2026-05 120,",
)
"""Two years in three flats, with their rents: who moved on to public housing, who left without a word
and owing two months, who stayed, and who pays what is left of May later."""
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
        "Three flats managed since 2024 come in with their people, three auctions are looked at",
        lambda: _look_around(stage, fund),
    )


def _look_around(stage: Stage, fund: str) -> bool:
    stage.go_to(TOLD_ON)
    marta = stage.cast(MANAGER)
    marta.upload("/api/v1/omi/files/", "omi.csv", QUOTATIONS.encode())
    marta.upload("/api/v1/units/files/", "case.csv", "\n".join((HEADER, *ROWS)).encode())
    units = {row["code"]: row["id"] for row in marta.all("/api/v1/units/")}
    known = {row["unit"]: row["id"] for row in marta.all("/api/v1/acquisitions/")}
    for code, base, sale_on, goals in AUCTIONS:
        told = {"unit": units[code], "route": "court_auction", "fund": fund}
        told |= {"base_price": money(base), "max_price": money(base), "sale_on": str(sale_on)}
        _walk(marta, known.get(units[code]) or _begin(marta, told), goals, {"on": str(TOLD_ON)})
    _sign(stage, marta, [_proposed(marta, units[code], known) for code in MANAGED])
    _take_people_over(stage.cast(CASEWORKER))
    return True


def _take_people_over(samir: Client) -> None:
    """Those who live there since 2024, and those who left; once."""
    try:
        people = "\n".join((PEOPLE_HEADER, *PEOPLE)).encode()
        samir.upload("/api/v1/households/files/", "persone.csv", people)
    except Refusal as refusal:
        if refusal.code != "people_file.faulty":
            raise


def _proposed(marta: Client, unit: int, known: dict[int, int]) -> int:
    pk = known.get(unit) or _begin(marta, {"unit": unit, "route": "mandate"})
    _walk(marta, pk, ("INSPECTED",), {"on": str(SIGNED_ON)})
    return pk


def _sign(stage: Stage, marta: Client, mandates: list[int]) -> None:
    for pk in mandates:
        try:
            marta.post(f"/api/v1/acquisitions/{pk}/request-approval/", {})
        except Refusal as refusal:
            if refusal.status != 409:
                raise
    stage.approve_all(SECOND_MANAGER)
    terms = {"on": str(SIGNED_ON), "amount": money(RENT), "term_ends_on": str(TERM_ENDS_ON)}
    for pk in mandates:
        _walk(marta, pk, ("MANDATE_SIGNED", "IN_MANAGEMENT"), terms)


def _begin(marta: Client, told: dict[str, Any]) -> int:
    return int(marta.post("/api/v1/acquisitions/", told)["id"])


def _walk(marta: Client, pk: int, goals: tuple[str, ...], terms: dict[str, Any]) -> None:
    """Move to each goal, leaving out those that were reached before the story was cut off."""
    ahead = marta.get(f"/api/v1/acquisitions/{pk}/")["next_states"]
    for goal in goals:
        if goal in ahead:
            told = {"to": goal, **terms}
            ahead = marta.post(f"/api/v1/acquisitions/{pk}/moves/", told)["next_states"]
