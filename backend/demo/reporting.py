"""Chapter: the quarter ends, the city reads the figures and accepts them, every investor gets a report."""

import datetime as dt

from backend.core.cast import CITY_REVIEWER, MANAGER
from backend.demo import programme
from backend.demo.stage import Stage
from backend.demo.steps import Narrator

QUARTER_ENDS_ON = dt.date(2026, 6, 30)
TAKEN_ON = dt.date(2026, 7, 6)
ACCEPTED = "Dati letti e confrontati con le segnalazioni dell'ufficio: accettati."


def tell(narrator: Narrator, stage: Stage) -> None:
    """Freeze, review, publish, issue."""
    snapshot: int = narrator.once(
        "snapshot", "The quarter's figures are frozen", lambda: _freeze(stage)
    )
    narrator.once("review", "The city accepts them", lambda: _review(stage, snapshot))
    narrator.once("issue", "Marta has the reports issued", lambda: _ask(stage, snapshot))
    # The worker makes them meanwhile.
    programme.tell(narrator, stage, snapshot)
    narrator.once("reports", "Every investor gets a report", lambda: _await(stage, snapshot))


def _freeze(stage: Stage) -> int:
    stage.go_to(TAKEN_ON)
    marta = stage.cast(MANAGER)
    marta.post("/api/v1/snapshots/", {"as_of": str(QUARTER_ENDS_ON)})
    stage.settle()
    return int(marta.all(f"/api/v1/snapshots/?as_of={QUARTER_ENDS_ON}")[0]["id"])


def _review(stage: Stage, snapshot: int) -> bool:
    path = f"/api/v1/snapshots/{snapshot}/"
    marta, chiara = stage.cast(MANAGER), stage.cast(CITY_REVIEWER)
    if marta.get(path)["state"] == "draft":
        marta.post(f"{path}moves/", {"to": "submitted"})
    if marta.get(path)["state"] == "submitted":
        chiara.post(f"{path}moves/", {"to": "accepted", "text": ACCEPTED})
    if marta.get(path)["state"] == "accepted":
        marta.post(f"{path}moves/", {"to": "published"})
    return True


def _ask(stage: Stage, snapshot: int) -> bool:
    stage.cast(MANAGER).post("/api/v1/report-issues/", {"snapshot": snapshot})
    return True


def _await(stage: Stage, snapshot: int) -> bool:
    stage.end_day()
    return bool(stage.cast(MANAGER).get(f"/api/v1/report-issues/{snapshot}/")["is_done"])
