"""Chapter: the first try, in 2020, under the rules of that time; too little came, and all of it went back.

Six people order at the platform, whose file Marta hands in, and pay; the minimum is not reached by the
deadline, the offer fails, and finance sends every cent the way it came.
"""

import datetime as dt

from backend.core.cast import MANAGER
from backend.demo import paying, raising
from backend.demo.offers import SHARE, ZEROTH
from backend.demo.people import RESTRICTED_IBAN, Backer
from backend.demo.raising import Ids
from backend.demo.stage import Stage
from backend.demo.steps import Narrator
from backend.simulators.bank.ledger import Order
from campaigns.models import Refund

BELIEVERS = tuple(
    Backer(900 + place, name, "")
    for place, name in enumerate(
        ("Nadia Prova", "Ugo Prova", "Rita Prova", "Enzo Prova", "Lia Prova", "Aldo Prova")
    )
)
"""They have no account here: only the platform knows them."""
SHARES = 8
COLUMNS = {
    "order_id": "Ordine",
    "tax_code": "Codice fiscale",
    "name": "Nominativo",
    "born_on": "Nato il",
    "amount": "Importo",
    "ordered_at": "Ordinato il",
    "iban": "IBAN",
}
ORDERED_ON = ZEROTH.opens_on.isoformat()
PAID_ON = dt.date(2020, 2, 6)
ENDED_ON = dt.date(2020, 3, 16)


def tell(narrator: Narrator, stage: Stage) -> None:
    """From the draft of 2020 to the last refund."""

    def announce() -> bool:
        raising.write(stage, ZEROTH)
        raising.publish(stage, ZEROTH)
        return raising.open_offer(stage, ZEROTH)

    narrator.once("zeroth", "2020: a first try, under the rules of that time", announce)
    narrator.once(
        "zeroth-ends", "Too little comes: everyone gets all of it back", lambda: _end(stage)
    )


def _end(stage: Stage) -> bool:
    pledges = _mirror(stage)
    stage.go_to(PAID_ON)
    stage.outside.send(paying.transfer_of(each, pledges[each.name]) for each in BELIEVERS)
    stage.pass_evening()
    stage.go_to(ENDED_ON)
    raising.end_offer(stage, ZEROTH)
    waiting = Refund.objects.filter(returned_at=None, failed_at=None).order_by("pk")
    stage.outside.order(_refund_order(refund) for refund in waiting.select_related("payment"))
    stage.pass_evening()
    return True


def _mirror(stage: Stage) -> Ids:
    """Hand in the platform's file; what one must know to pay each order comes back by name."""
    marta, path = stage.cast(MANAGER), f"/api/v1/campaigns/{ZEROTH.slug}"
    marta.post(f"{path}/order-mapping/", {"columns": COLUMNS})
    marta.upload(f"{path}/order-files/", "ordini-piattaforma.csv", _file().encode())
    placed = marta.all(f"/api/v1/pledges/?campaign={ZEROTH.slug}")
    return {
        each["investor_name"]: {
            "id": each["id"],
            "amount": each["amount"]["amount"],
            **each["transfer"],
        }
        for each in placed
    }


def _file() -> str:
    """The platform's orders of the first day, as it writes them."""
    amount = f"{SHARES * SHARE // 100}.00"
    rows = [
        (f"P-{each.number}", each.tax_code, each.name, "1970-01-01", amount, ORDERED_ON, each.iban)
        for each in BELIEVERS
    ]
    return "\n".join(";".join(row) for row in (tuple(COLUMNS.values()), *rows)) + "\n"


def _refund_order(refund: Refund) -> Order:
    payer = refund.payment.pledge.investor
    return Order(
        key=f"refund-{refund.pk}",
        account=RESTRICTED_IBAN,
        amount=f"{refund.amount.amount:.2f}",
        name=payer.name,
        iban=payer.iban,
        text="Restituzione",
        reference=refund.reference,
    )
