"""The columns of a file of people who are housed already, and what its rows say. Pure.

A row is a stay: a household (its code), the home, the lease, and what became of it. A household with
several stays has several rows; what the rows tell of it is told by the first.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import cells
from backend.core.cells import Column
from properties.models import Household, OutcomeCode, Tenancy
from properties.models.household import AGE_BANDS


def _outcomes(cell: str) -> list[tuple[dt.date, str]]:
    """`2025-01-15 KEPT_NO_AID; 2025-07-14 MOVED_MARKET`: where they lived when they were asked."""
    found = []
    for part in filter(None, (each.strip() for each in cell.split(";"))):
        day, _space, code = part.partition(" ")
        if code.strip() not in OutcomeCode.values:
            raise cells.Unreadable(_("Write a day and an outcome, such as 2025-01-15 KEPT_NO_AID."))
        found.append((cells.day(day), code.strip()))
    return found


def _month(cell: str) -> dt.date:
    """`2026-05`, or any day of that month."""
    return cells.day(cell if len(cell.strip()) > len("2026-05") else f"{cell.strip()}-01").replace(
        day=1
    )


def _owed(cell: str) -> dict[dt.date, Money]:
    """`2026-03 320.00; 2026-04 160.00`: the months whose rent is still owed, and how much of it."""
    found = {}
    for part in filter(None, (each.strip() for each in cell.split(";"))):
        month, _space, amount = part.partition(" ")
        found[_month(month)] = cells.euro(amount.strip())
    return found


YES = {"1": _("yes"), "0": _("no")}
PEOPLE = tuple(
    Column(f"people_{band}", cells.whole(0, 20), also=(f"persone_{band}",)) for band in AGE_BANDS
)
COLUMNS = (
    Column("code", cells.text(30), is_needed=True, also=("codice",)),
    Column("referred_by", cells.text(80), is_needed=True, also=("segnalato_da",)),
    Column("referred_on", cells.day, is_needed=True, also=("segnalato_il",)),
    Column("is_referred_by_city", cells.one_of(YES), also=("dal_comune",)),
    *PEOPLE,
    Column("ethos", cells.one_of(dict(Household.Ethos.choices))),
    Column("isee", cells.one_of(dict(Household.Isee.choices))),
    Column("unit", cells.text(40), is_needed=True, also=("alloggio",)),
    Column("contract_no", cells.text(40), is_needed=True, also=("contratto",)),
    Column("kind", cells.one_of(dict(Tenancy.Kind.choices)), is_needed=True, also=("tipo",)),
    Column("rent", cells.euro, is_needed=True, also=("canone",)),
    Column("charges_monthly", cells.euro, also=("spese",)),
    Column("agreed_most", cells.euro, also=("canone_massimo",)),
    Column("market_rent", cells.euro, also=("canone_mercato",)),
    Column("market_source", cells.text(80), also=("fonte_mercato",)),
    Column("starts_on", cells.day, is_needed=True, also=("dal",)),
    Column("ends_on", cells.day, also=("al",)),
    Column("end_code", cells.one_of(dict(Tenancy.EndReason.choices)), also=("codice_fine",)),
    Column("end_reason", cells.text(80), also=("motivo",)),
    Column("rents_until", _month, also=("affitti_fino_a",)),
    Column("rents_owed", _owed, also=("affitti_dovuti",)),
    Column("outcomes", _outcomes, also=("esiti",)),
)
EXAMPLE: dict[str, Any] = {
    "code": "F-101",
    "referred_by": "Servizi sociali",
    "referred_on": "2024-03-04",
    "is_referred_by_city": "1",
    "people_6_17": 1,
    "people_35_54": 2,
    "ethos": "EL2",
    "isee": "to_10310",
    "unit": "T-01",
    "contract_no": "C-101",
    "kind": "3+2",
    "rent": "260.00",
    "starts_on": "2024-06-03",
    "rents_until": "2025-12",
    "rents_owed": "2025-11 130.00; 2025-12 260.00",
    "outcomes": "2024-12-04 KEPT_NO_AID; 2025-06-05 KEPT_NO_AID",
}
"""A row of the file that is handed out empty."""
HOUSEHOLD = ("code", "referred_by", "referred_on", "ethos", "isee")
LEASE = (
    *("contract_no", "kind", "rent", "charges_monthly"),
    *("agreed_most", "market_rent", "market_source", "starts_on"),
)
