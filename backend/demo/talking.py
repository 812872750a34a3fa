"""Chapter: what a campaign's page tells besides figures: its story, who stands behind it, news,
a question with its answer. All invented."""

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
STORY = [
    {
        "heading_it": "Una casa che va all'asta è quasi sempre abitata",
        "heading_en": "A home that is sold at court is nearly always lived in",
        "text_it": "A Torino ogni anno migliaia di alloggi passano per il tribunale. Dentro c'è spesso chi "
        "non ce l'ha fatta a pagare un mutuo, o chi paga regolarmente un affitto a un proprietario "
        "che non ce l'ha fatta.\n\nChi compra all'asta di solito compra per rivendere, e libera la "
        "casa. Noi compriamo perché resti abitata (storia inventata).",
        "text_en": "Each year thousands of flats in Turin pass through the court. Often somebody lives there "
        "who could not keep up a mortgage, or who pays rent regularly to an owner who could not."
        "\n\nWho buys at court mostly buys to sell again, and empties the home. We buy so that it "
        "stays lived in (an invented story).",
    },
    {
        "heading_it": "Che cosa facciamo con il tuo denaro",
        "heading_en": "What we do with your money",
        "text_it": "Con quello che raccogliamo compriamo alloggi piccoli, senza mutui. Una parte resta a chi "
        "già ci vive, con un contratto e un canone che può pagare; gli altri vanno a famiglie che la "
        "Città ci segnala.\n\nIl denaro raccolto paga l'acquisto e nient'altro: lavori, gestione e "
        "commissioni li paghiamo con mezzi nostri.",
        "text_en": "With what we raise we buy small flats, without mortgages. Some stay with those who live "
        "there, under a lease and at a rent that they can pay; the others go to families whom the "
        "City refers to us.\n\nThe money raised pays for the purchase and for nothing else: works, "
        "management and fees are paid from our own money.",
    },
    {
        "heading_it": "Che cosa può andare storto, prima di tutto",
        "heading_en": "What can go wrong, first of all",
        "text_it": "Un'asta si può perdere. Una casa può costare più del previsto, o restare vuota per mesi. "
        "Una famiglia può smettere di pagare. Le quote non si vendono quando si vuole, e puoi perdere "
        "tutto quello che investi.\n\nQuando succede lo scriviamo qui, nello stesso posto e con lo "
        "stesso risalto di quello che va bene.",
        "text_en": "A sale at court can be lost. A home may cost more than planned, or stand empty for "
        "months. A family may stop paying. Shares cannot be sold at will, and you can lose all you invest."
        "\n\nWhen it happens we write it here, in the same place and as large as what goes well.",
    },
    {
        "heading_it": "Che cosa saprai, e quando",
        "heading_en": "What you will know, and when",
        "text_it": "Ogni trimestre ricevi un rendiconto: quante case, quante persone, che cosa è andato "
        "peggio del previsto. I numeri li controlla prima la Città; ognuno si apre e dice come è stato "
        "calcolato.",
        "text_en": "Each quarter you get a report: how many homes, how many people, what went worse than "
        "planned. The City checks the figures first; each one opens and says how it was worked out.",
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
    """Write the story of an offer, and who stands behind it."""
    marta = stage.cast(MANAGER)
    marta.put(f"/api/v1/campaigns/{offer.slug}/team/", {"members": TEAM})
    marta.put(f"/api/v1/campaigns/{offer.slug}/story/", {"parts": STORY})


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
