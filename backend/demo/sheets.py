"""The information sheets of the demo's campaigns: every point in both languages, invented throughout."""

from typing import Any

from backend.demo.offers import Offer

RESPONSIBLE = [
    {"name": "Marta Fittizia", "function": "Amministratrice unica / Sole director"},
    {"name": "Paolo Fittizio", "function": "Responsabile amministrativo / Head of finance"},
]
IT = {
    "A.owner": "una società fittizia a responsabilità limitata con sede a Torino, dei suoi fondatori.",
    "A.responsible": "le persone nominate in fondo, ognuna con la sua dichiarazione.",
    "A.activity": "compra piccole case e le affitta a canone sociale.",
    "A.accounts": "nel registro delle imprese; sono inventati come tutto il resto.",
    "A.figures": "ricavi 0, 12.000 e 31.000 euro negli ultimi tre anni (sintetici).",
    "A.project": "{homes}.",
    "B.minimum": "quello indicato sopra; nessuna offerta negli ultimi dodici mesi.",
    "B.deadline": "il giorno indicato sopra, alle 24:00 di Torino.",
    "B.missed": "se il minimo non arriva in denaro sul conto vincolato, ognuno riceve indietro tutto, "
    "per la via da cui è venuto.",
    "B.maximum": "quello indicato sopra; oltre c'è una lista d'attesa.",
    "B.own_funds": "i fondatori tengono nella società il capitale che c'era prima dell'offerta.",
    "B.capital": "aumenta come si legge sopra; non ci sono prestiti legati al progetto.",
    "B.reflection": "chi ordina può cambiare idea nei giorni indicati sopra, dalla sua pagina, senza "
    "motivo e senza costo.",
    "C.project": "una casa può costare più del previsto o restare vuota.",
    "C.sector": "le regole sugli affitti e il mercato possono cambiare.",
    "C.default": "l'emittente può non farcela e il capitale andare perso.",
    "C.return": "gli utili possono essere minori o tardare, o non esserci mai.",
    "C.platform": "se la piattaforma chiude, le quote restano; cambia chi dà le informazioni.",
    "C.illiquidity": "le quote non hanno un mercato e forse non si vendono per anni.",
    "C.others": "nessun altro rischio noto oltre a quelli di ogni piccola impresa.",
    "D.type": "quote di capitale, fino alla somma indicata sopra.",
    "D.price": "quello indicato sopra, comprensivo di sovrapprezzo.",
    "D.allocation": "oltre il massimo non si accetta nulla; le quote vanno in ordine di arrivo a chi "
    "ha pagato.",
    "D.payment": "si ordina da questa pagina e si paga con bonifico o carta entro quattordici giorni.",
    "D.custody": "il denaro è su un conto vincolato; le quote sono iscritte al registro delle imprese.",
    "D.guarantee": "nessuna garanzia copre l'investimento.",
    "D.buyback": "nessuno si impegna a ricomprare.",
    "F.rights": "ogni quota dà diritto di voto e agli utili, se mai saranno distribuiti.",
    "F.transfer": "lo statuto non limita il trasferimento; per l'agevolazione fiscale si tiene tre anni.",
    "F.exit": "lo statuto prevede il recesso e il diritto di co-vendita se cambia il controllo.",
    "F.capital": "le percentuali prima e dopo l'offerta si leggono sopra.",
    "H.fees": "chi investe non paga commissioni: quelle di pagamento sono a carico dell'emittente.",
    "H.information": "dalla pagina dell'offerta, con una domanda, senza costo.",
    "H.complaints": "dalla pagina dei reclami, senza costo; un reclamo riceve risposta.",
}
EN = {
    "A.owner": "a fictional limited company in Turin, owned by its founders.",
    "A.responsible": "the persons named at the end, each with their declaration.",
    "A.activity": "it buys small homes and lets them at a social rent.",
    "A.accounts": "at the business register; they are invented like all the rest.",
    "A.figures": "revenue of 0, 12,000 and 31,000 euro in the last three years (synthetic).",
    "A.project": "{homes}.",
    "B.minimum": "the one named above; no offer in the last twelve months.",
    "B.deadline": "the day named above, at 24:00 in Turin.",
    "B.missed": "if the minimum does not reach the restricted account in money, everyone gets back all "
    "of it, the way it came.",
    "B.maximum": "the one named above; beyond it there is a waiting list.",
    "B.own_funds": "the founders leave in the company the capital that was there before the offer.",
    "B.capital": "it rises as can be read above; there are no loans for the project.",
    "B.reflection": "whoever orders may change their mind for the days named above, on their own page, "
    "without a reason and without cost.",
    "C.project": "a home may cost more than planned or stay empty.",
    "C.sector": "the rules on rents and the market may change.",
    "C.default": "the issuer may fail and the capital be lost.",
    "C.return": "profits may be smaller, or late, or never come.",
    "C.platform": "if the platform closes, the quotas stay; who gives the information changes.",
    "C.illiquidity": "the quotas have no market and perhaps cannot be sold for years.",
    "C.others": "no other risk is known beyond those of every small company.",
    "D.type": "quotas of the capital, up to the sum named above.",
    "D.price": "the one named above, premium included.",
    "D.allocation": "nothing is taken above the maximum; quotas go in order of arrival to those who "
    "paid.",
    "D.payment": "one orders on this page and pays by transfer or card within fourteen days.",
    "D.custody": "the money is on a restricted account; the quotas are entered at the business register.",
    "D.guarantee": "no guarantee covers the investment.",
    "D.buyback": "nobody commits to buy back.",
    "F.rights": "each quota gives a vote and a part in profits, if any are ever distributed.",
    "F.transfer": "the statute does not limit transfers; for the tax relief one holds three years.",
    "F.exit": "the statute gives a way out and a right to sell along if control changes.",
    "F.capital": "the parts before and after the offer can be read above.",
    "H.fees": "investors pay no fees: those of payment are borne by the issuer.",
    "H.information": "on the page of the offer, by asking a question, without cost.",
    "H.complaints": "on the page of complaints, without cost; a complaint is answered.",
}
# The points of the Italian sheet: which of those above stand there, or words of its own.
CONSOB_POINTS = {
    "2.issuer": ("C.project", "C.sector", "C.default"),
    "2.offer": ("C.return", "C.platform", "C.illiquidity", "C.others"),
    "3.project": ("A.activity", "A.project"),
    "3.accounts": ("A.figures", "A.accounts"),
    "3.directors": ("A.responsible",),
    "3.instruments": ("D.type", "F.rights", "F.transfer"),
    "3.exit": ("F.exit",),
    "4.conditions": ("B.minimum", "B.missed", "B.maximum", "D.allocation"),
    "4.costs": ("H.fees",),
    "4.deadlines": ("B.deadline",),
    "4.withdrawal": ("B.reflection",),
    "5": ("H.information", "H.complaints"),
}
CONSOB_IT = {
    "4.subscribed": "nessun investitore professionale ha sottoscritto prima dell'apertura.",
    "4.transfer": "il regime alternativo di trasferimento delle quote non è previsto.",
    "4.professionals": "il cinque per cento di quanto è offerto, contato sulle sottoscrizioni pagate.",
}
CONSOB_EN = {
    "4.subscribed": "no professional investor subscribed before the opening.",
    "4.transfer": "the other way of transferring quotas is not provided for.",
    "4.professionals": "five per cent of what is offered, counted on what was subscribed and paid.",
}


def writing(offer: Offer) -> dict[str, Any]:
    """What the API takes: texts by language and point, and who answers for them."""
    texts = {"it": (IT, offer.homes), "en": (EN, offer.homes_en)}
    parts = {
        language: {point: text.replace("{homes}", homes) for point, text in said.items()}
        for language, (said, homes) in texts.items()
    }
    if offer.regime == "consob_2020":
        own = {"it": CONSOB_IT, "en": CONSOB_EN}
        parts = {language: _italian(said) | own[language] for language, said in parts.items()}
    return {"parts": parts, "responsible": RESPONSIBLE}


def _italian(said: dict[str, str]) -> dict[str, str]:
    """The points of the Italian sheet from those of the European one, a line each."""
    return {
        code: "\n".join(said[point][0].upper() + said[point][1:] for point in points)
        for code, points in CONSOB_POINTS.items()
    }
