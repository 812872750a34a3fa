"""Chapter: an invented city office runs a small programme, and files a dossier of what it accepted.

The real programme stands beside it, with its sources; nothing here is written under its name.
"""

from typing import Any

from backend.core.cast import CITY_REVIEWER, PROGRAMME_OFFICER
from backend.demo.client import Client
from backend.demo.stage import Stage
from backend.demo.steps import Narrator

CALL = {
    "name": "Bando di quartiere (sintetico)",
    "funder": "Fondo dimostrativo, inventato",
    "budget": {"amount": "200000.00"},
    "grant_maximum": {"amount": "90000.00"},
    "own_share_percent": 20,
}
PROJECTS = ("Ciclofficina di prova", "Orto di prova", "Doposcuola di prova")
AWARD = {
    "agreement": "DEMO-1",
    "amount": {"amount": "80000.00"},
    "own_share": {"amount": "20000.00"},
    "agreed_on": "2026-07-06",
    "instalments": [
        {"amount": {"amount": "50000.00"}, "due_on": "2026-07-31"},
        {"amount": {"amount": "30000.00"}, "due_on": "2027-01-31"},
    ],
    "reports_due": ["2026-12-31"],
}
PERIOD = {
    "period_from": "2026-01-01",
    "period_to": "2026-06-30",
    "evidence": "registro (inventato)",
}
OUTPUTS: tuple[dict[str, Any], ...] = (
    {"what": "biciclette riparate", "value": "310", "quality": "exact", "counted_as": "service_unit"},
    {"what": "persone al banco", "value": "140", "quality": "at_least",
     "counted_as": "service_user"},
    {"what": "persone assunte", "value": "3", "quality": "exact", "counted_as": "placement"},
)  # fmt: skip


def tell(narrator: Narrator, stage: Stage, snapshot: int) -> None:
    """A call with three projects, one of them funded; the dossier of the quarter."""
    narrator.once("programme", "The city's office runs a programme", lambda: _run(stage))
    narrator.once("dossier", "The city files its dossier", lambda: _file(stage, snapshot))


def _run(stage: Stage) -> bool:
    officer = stage.cast(PROGRAMME_OFFICER)
    name = {"name": "Fabbriche di quartiere (sintetico)", "about": "Un programma inventato."}
    programme = officer.post("/api/v1/programmes/", name)["code"]
    call = officer.post(f"/api/v1/programmes/{programme}/calls/", CALL)["code"]
    first, second, _third = (_enrol(officer, call, each) for each in PROJECTS)
    for place in (first, second):
        officer.post(f"{place}moves/", {"to": "selected"})
    officer.post(f"{second}moves/", {"to": "not_funded", "reason": "punteggio"})
    officer.post(f"{first}award/", AWARD)
    for each in OUTPUTS:
        officer.post(f"{first}outputs/", {**each, **PERIOD})
    return True


def _enrol(officer: Client, call: str, name: str) -> str:
    told = {"name": name, "bodies": ["Associazione inventata"], "place": "Barriera di Milano"}
    made = officer.post(f"/api/v1/calls/{call}/projects/", told)
    return f"/api/v1/projects/{made['code']}/"


def _file(stage: Stage, snapshot: int) -> bool:
    told = {"snapshot": snapshot, "protocol": "DEMO 2026/0117", "protocol_on": "2026-07-06"}
    stage.cast(CITY_REVIEWER).post("/api/v1/dossiers/", told)
    return True
