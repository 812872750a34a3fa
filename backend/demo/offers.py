"""The campaigns of the demo in words and sums: one of 2020 that failed, one that was told, one open, one
being prepared.

Invented, modelled on what Homes4All published; nothing here is an offer.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from backend.demo.people import ORDINARY_IBAN, OWN_FUND, PLATFORM, RESTRICTED_IBAN
from backend.demo.stage import money

SHARE = 250_00
NOMINAL = 50_00
CAPITAL_BEFORE = 40_000_00
MIN_SHARES = 2


@dataclass(frozen=True)
class Offer:
    """What differs from campaign to campaign; sums in cents."""

    slug: str
    number: int
    minimum: int
    target: int
    maximum: int
    threshold: int
    opens_on: dt.date
    deadline_on: dt.date
    homes: str
    homes_en: str
    regime: str = "ecspr"
    mode: str = "operator"


ZEROTH = Offer(
    *("mattone-0", 0, 50_000_00, 60_000_00, 60_000_00, 0),
    *(dt.date(2020, 2, 3), dt.date(2020, 3, 13)),
    *("una prima piccola casa a Torino", "a first small home in Turin"),
    regime="consob_2020",
    mode="mirror",
)
FIRST = Offer(
    *("mattone-1", 1, 200_000_00, 300_000_00, 300_000_00, 100_000_00),
    *(dt.date(2026, 2, 2), dt.date(2026, 3, 31)),
    *("otto piccole case in quartieri diversi di Torino", "eight small homes across Turin"),
)
SECOND = Offer(
    *("mattone-2", 2, 120_000_00, 250_000_00, 300_000_00, 20_000_00),
    *(dt.date(2026, 6, 15), dt.date(2026, 9, 30)),
    *("case all'asta in Barriera di Milano", "auctioned homes in Barriera di Milano"),
)
THIRD = Offer(
    *("mattone-3", 3, 150_000_00, 400_000_00, 450_000_00, 80_000_00),
    *(dt.date(2026, 9, 14), dt.date(2026, 12, 18)),
    *("un piccolo stabile vuoto da riaprire", "a small empty building to be opened again"),
)


def draft(offer: Offer) -> dict[str, Any]:
    """The campaign as its manager sends it to the API."""
    return {
        "slug": offer.slug,
        **_words(offer),
        "regime": offer.regime,
        "instrument": "quota",
        "mode": offer.mode,
        "platform": PLATFORM,
        "platform_url": f"https://platform.example/{offer.slug}" if offer.mode == "mirror" else "",
        "price_per_share": money(SHARE),
        "nominal_per_share": money(NOMINAL),
        "capital_before": money(CAPITAL_BEFORE),
        "minimum": money(offer.minimum),
        "target": money(offer.target),
        "maximum": money(offer.maximum),
        "pre_campaign_threshold": money(offer.threshold),
        "min_shares": MIN_SHARES,
        "share_step": 1,
        "opens_on": str(offer.opens_on),
        "deadline_on": str(offer.deadline_on),
        "use_of_funds": "acquisition_only",
        "own_fund": OWN_FUND,
        "restricted_account": RESTRICTED_IBAN,
        "ordinary_account": ORDINARY_IBAN,
        "planned_lines": _plan(offer),
        "documents": _papers(offer),
    }


def _words(offer: Offer) -> dict[str, str]:
    return {
        "title_it": f"Mattone {offer.number}",
        "title_en": f"Mattone {offer.number}",
        "summary_it": f"Raccogliamo capitale per comprare {offer.homes}: alcune vuote, da affittare a "
        "canone sociale; altre abitate, perché chi ci vive non perda la casa. Il denaro raccolto "
        "paga solo l'acquisto.",
        "summary_en": f"We raise capital to buy {offer.homes_en}: some empty, to be let at a social "
        "rent; some lived in, so that people keep their home. The money raised pays for the purchase "
        "alone.",
        "risk_it": "Puoi perdere tutto quello che investi. Le quote non si vendono quando si vuole e "
        "nessun rendimento è promesso. Questa è una dimostrazione: nulla è in vendita.",
        "risk_en": "You can lose all you invest. Quotas cannot be sold at will and no return is "
        "promised. This is a demonstration: nothing is for sale.",
    }


def _plan(offer: Offer) -> list[dict[str, Any]]:
    """Nine tenths for the prices, the rest for what belongs to a purchase."""
    prices, taxes = offer.target * 9 // 10, offer.target * 6 // 100
    lines = (
        ("Prezzo delle case", "Price of the homes", prices, "price"),
        ("Imposte", "Taxes", taxes, "taxes"),
        ("Decreti e notai", "Decrees and notaries", offer.target - prices - taxes, "notary"),
    )
    return [
        {
            "label_it": label_it,
            "label_en": label_en,
            "amount": money(cents),
            "purpose": f"acquisition.{purpose}",
        }
        for label_it, label_en, cents, purpose in lines
    ]


def _papers(offer: Offer) -> list[dict[str, str]]:
    base = f"https://example.org/mattone/{offer.number}"
    statute = {"kind": "statute", "language": "it", "url": f"{base}/statuto"}
    return [statute | {"title": "Statuto (dimostrativo)"}]
