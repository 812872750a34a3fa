"""Chapter: the first try, in 2020, under the rules of that time; too little came, and all of it went back.

Six people order at the platform, whose file Marta hands in, and pay; the minimum is not reached by the
deadline, the offer fails, and finance sends every cent the way it came. One account was closed meanwhile:
that money comes back and goes out again. The month in which it came is closed.
"""

import datetime as dt

from backend.core.cast import FINANCE, MANAGER, SECOND_MANAGER
from backend.demo import paying, raising
from backend.demo.offers import SHARE, ZEROTH
from backend.demo.people import Backer
from backend.demo.raising import Ids
from backend.demo.stage import Stage
from backend.demo.steps import Narrator
from backend.simulators.bank.ibans import synthetic_iban

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
CLOSED_ON = dt.date(2020, 3, 19)
LETTER = b"%PDF-1.7 lettera della banca (sintetica)"


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
    _order(stage)
    _one_comes_back(stage)
    _close_february(stage)
    return True


def _order(stage: Stage) -> None:
    """Elena orders what waits, Paolo approves it, the bank gets one file."""
    told = {"execute_on": stage.today().isoformat()}
    made = stage.cast(FINANCE).post(f"/api/v1/campaigns/{ZEROTH.slug}/refund-orders/", told)
    stage.pay_order(SECOND_MANAGER, made["id"])


def _close_february(stage: Stage) -> None:
    """The month in which the money came is over and explained: Elena asks, Paolo closes it."""
    told = {"first_day": PAID_ON.replace(day=1).isoformat()}
    stage.cast(FINANCE).post("/api/v1/books/months/", told)
    stage.approve_all(SECOND_MANAGER)


def _one_comes_back(stage: Stage) -> None:
    """An account was closed: its holder tells another, two people check it, and it is sent again."""
    elena = stage.cast(FINANCE)
    order = elena.all("/api/v1/payment-orders/")[0]
    transfer = elena.all(f"/api/v1/payment-orders/{order['id']}/transfers/")[0]
    stage.go_to(CLOSED_ON)
    stage.outside.send_back(transfer["end_to_end_id"], "AC04")
    stage.pass_evening()
    pledge = next(
        row["id"]
        for row in elena.all(f"/api/v1/pledges/?campaign={ZEROTH.slug}")
        if row["stage"] == "refund_due"
    )
    told = {"iban": synthetic_iban(1999), "holder": transfer["name"]}
    account = elena.form(f"/api/v1/pledges/{pledge}/return-accounts/", told, LETTER)
    check = f"/api/v1/return-accounts/{account['id']}/check/"
    elena.post(check, {"evidence": "Lettera della banca, e una telefonata al numero noto"})
    stage.approve_all(SECOND_MANAGER)
    _order(stage)


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
