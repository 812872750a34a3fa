"""Chapter: what a campaign's page tells besides figures: who stands behind it, news, a question with
its answer. All invented."""

from typing import Any

from backend.core.cast import MANAGER
from backend.demo.offers import FIRST, SECOND, Offer
from backend.demo.stage import Stage

TEAM = [
    {
        "name": "Marta Fittizia",
        "role_it": "Amministratrice unica",
        "role_en": "Sole director",
        "about_it": "Architetta, da quindici anni nell'edilizia sociale (sintetico).",
        "about_en": "Architect, fifteen years in social housing (synthetic).",
    },
    {
        "name": "Paolo Fittizio",
        "role_it": "Responsabile amministrativo",
        "role_en": "Head of finance",
        "about_it": "Tiene i conti e approva ogni spesa con una seconda persona (sintetico).",
        "about_en": "Keeps the books and approves each payment with a second person (synthetic).",
    },
    {
        "name": "",
        "role_it": "Fondazione che accompagna le famiglie",
        "role_en": "Foundation that stands by the families",
        "about_it": "Un operatore per ogni famiglia, anche dopo le chiavi (sintetico).",
        "about_en": "A caseworker for each family, also after the keys (synthetic).",
    },
]
HOMES_BOUGHT = {
    "title_it": "Le otto case sono nostre",
    "title_en": "The eight homes are ours",
    "body_it": "Tre famiglie restano dove vivevano, quattro hanno ricevuto le chiavi. Una casa aspetta "
    "ancora dei lavori, e costano più del previsto: li paghiamo con mezzi propri.",
    "body_en": "Three families stay where they lived, four were given keys. One home still waits for "
    "works, which cost more than planned: own money pays for them.",
}
OPENED = {
    "title_it": "Perché Barriera di Milano",
    "title_en": "Why Barriera di Milano",
    "body_it": "Qui molte case vanno all'asta con dentro chi ci vive. Compriamo all'asta per tenerle "
    "abitate, e diciamo qui ogni offerta, anche quelle perse.",
    "body_en": "Many homes here are sold at court with people living in them. We bid to keep them "
    "lived in, and tell of each bid here, also of those we lose.",
}
QUESTION = "Che cosa succede alle case se la società fallisce?"
ANSWER = (
    "Le case restano della società e rispondono dei suoi debiti: chi ha quote viene dopo i creditori e "
    "può perdere tutto. Per questo le case si comprano senza mutui."
)


def introduce(stage: Stage, offer: Offer) -> None:
    """Write who stands behind an offer."""
    stage.cast(MANAGER).put(f"/api/v1/campaigns/{offer.slug}/team/", {"members": TEAM})


def of_first(stage: Stage) -> bool:
    """Tell those who paid for them that the homes were bought."""
    _tell(stage, FIRST, HOMES_BOUGHT)
    return True


def of_second(stage: Stage) -> bool:
    """Tell why there; somebody asks, and is answered where everyone reads it."""
    _tell(stage, SECOND, OPENED)
    path = f"/api/v1/campaigns/{SECOND.slug}/questions/"
    asked = stage.visitor().post(path, {"text": QUESTION, "language": "it"})
    stage.cast(MANAGER).post(f"{path}{asked['id']}/answer/", {"answer": ANSWER})
    return True


def _tell(stage: Stage, offer: Offer, news: dict[str, Any]) -> None:
    stage.cast(MANAGER).post(f"/api/v1/campaigns/{offer.slug}/updates/", news)
