"""Chapter: what investors ask for. A complaint gets its answer, a request waits for Marta's decision.

What waits stays waiting: whoever opens the demo can decide it.
"""

from backend.core.cast import INVESTOR, MANAGER, SECOND_INVESTOR
from backend.core.models import Organisation
from backend.demo.client import Client, Refusal
from backend.demo.people import ISSUER
from backend.demo.stage import Stage, money
from backend.demo.steps import Narrator

SUBJECT = "Il rapporto è arrivato tardi"


def tell(narrator: Narrator, stage: Stage) -> None:
    """Giulia complains and shows her initials; Tommaso asks to count as sophisticated."""
    narrator.once("complaint", "Giulia complains, Marta answers", lambda: complain(stage))
    narrator.once("category", "Tommaso asks for a category", lambda: ask_for_category(stage))


def complain(stage: Stage) -> bool:
    """Leave a complaint, acknowledge it with a day, answer it; unless it was left already."""
    giulia, marta = stage.cast(INVESTOR), stage.cast(MANAGER)
    if any(each["subject"] == SUBJECT for each in giulia.all("/api/v1/complaints/")):
        return True
    issuer = Organisation.objects.get(name=ISSUER).pk
    told = {"organisation": issuer, "subject": SUBJECT, "text": "Lo aspettavo a maggio."}
    left = giulia.post("/api/v1/complaints/", told)
    path = f"/api/v1/complaints/{left['id']}"
    ruling = {"is_admissible": True, "contact": MANAGER.name, "answer_due_on": "2026-07-31"}
    marta.post(f"{path}/ruling/", ruling)
    answer = "Ha ragione: il rapporto esce dopo la verifica del Comune. Ora la data è nella pagina."
    marta.post(f"{path}/answer/", {"answer": answer})
    return True


def ask_for_category(stage: Stage) -> bool:
    """Ask by the template of the law; the request waits."""
    tommaso = stage.cast(SECOND_INVESTOR)
    request = {
        "kind": "sophisticated",
        "evidence": "Certificazione unica 2025; contratto di lavoro in banca (sintetici)",
        "income": money(64_000_00),
        "months_in_finance": 30,
        "attests": True,
        "gives_up_protection": True,
        "is_liable": True,
    }
    try:
        tommaso.post(f"/api/v1/investors/{_own(tommaso)}/qualifications/", request)
    except Refusal as refusal:
        if refusal.code != "qualification.asked_already":
            raise
    return True


def _own(client: Client) -> int:
    return int(client.get("/api/v1/me/")["investors"][0]["id"])
