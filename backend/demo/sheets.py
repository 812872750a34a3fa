"""The information sheets of the demo's campaigns: every part in both languages, invented throughout."""

from typing import Any

from backend.demo.offers import Offer

RESPONSIBLE = [
    {"name": "Marta Fittizia", "function": "Amministratrice unica / Sole director"},
    {"name": "Paolo Fittizio", "function": "Responsabile amministrativo / Head of finance"},
]
IT = {
    "A": "L'emittente è una società fittizia con sede a Torino, fondata per comprare piccole case e "
    "affittarle a canone sociale. Il progetto: {homes}. I bilanci sono inventati come tutto il resto.",
    "B": "L'offerta dura fino alla scadenza. Se il minimo non arriva in denaro sul conto vincolato, "
    "ognuno riceve indietro tutto, per la via da cui è venuto. Chi ordina può cambiare idea nei "
    "giorni indicati sopra, senza motivo e senza costo. Oltre il massimo c'è una lista d'attesa.",
    "C": "Rischio del progetto: una casa può costare più del previsto o restare vuota.\n"
    "Rischio del settore: le regole sugli affitti e il mercato possono cambiare.\n"
    "Rischio di insolvenza: l'emittente può non farcela e il capitale andare perso.\n"
    "Rischio di illiquidità: le quote non hanno un mercato e forse non si vendono per anni.",
    "D": "Si offrono quote di capitale al prezzo indicato sopra, comprensivo di sovrapprezzo. Sono "
    "assegnate in ordine di arrivo a chi ha pagato. Nessuna garanzia, nessun riacquisto.",
    "F": "Ogni quota dà diritto di voto e agli utili, se mai saranno distribuiti. Lo statuto prevede "
    "il recesso e il diritto di co-vendita se cambia il controllo.",
    "H": "Chi investe non paga commissioni: quelle di pagamento sono a carico dell'emittente. "
    "Informazioni e reclami sono gratuiti; un reclamo riceve risposta.",
}
EN = {
    "A": "The issuer is a fictional company in Turin, founded to buy small homes and let them at a "
    "social rent. The project: {homes}. Its accounts are invented like all the rest.",
    "B": "The offer lasts until the deadline. If the minimum does not reach the restricted account in "
    "money, everyone gets back all of it, the way it came. Whoever orders may change their mind for "
    "the days named above, without a reason and without cost. Above the maximum there is a waiting "
    "list.",
    "C": "Project risk: a home may cost more than planned or stay empty.\n"
    "Sector risk: the rules on rents and the market may change.\n"
    "Default risk: the issuer may fail and the capital be lost.\n"
    "Illiquidity risk: the quotas have no market and perhaps cannot be sold for years.",
    "D": "Quotas of the capital are offered at the price named above, premium included. They are "
    "allotted in order of arrival to those who paid. No guarantee, no buy-back.",
    "F": "Each quota gives a vote and a part in profits, if any are ever distributed. The statute "
    "gives a way out and a right to sell along if control changes.",
    "H": "Investors pay no fees: those of payment are borne by the issuer. Information and complaints "
    "are free of charge; a complaint is answered.",
}
# The parts of a sheet by regime, and which of the texts above stands there.
FORMS = {
    "ecspr": {code: code for code in "ABCDFH"},
    "consob_2020": {"2": "C", "3": "A", "4": "B", "5": "H"},
}


def writing(offer: Offer) -> dict[str, Any]:
    """What the API takes: texts by language and part, and who answers for them."""
    texts = {"it": (IT, offer.homes), "en": (EN, offer.homes_en)}
    parts = {
        language: {
            code: said[part].replace("{homes}", homes) for code, part in FORMS[offer.regime].items()
        }
        for language, (said, homes) in texts.items()
    }
    return {"parts": parts, "responsible": RESPONSIBLE}
