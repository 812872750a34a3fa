"""The grant that pays for running the homes: an agreement, a first instalment, three invoices.

Elena writes it down and keeps the invoices with their papers; what is due is paid by one file that Paolo
approves. A tenth of the insurance is the issuer's own share.
"""

import datetime as dt
from typing import Any

from backend.core.cast import FINANCE, SECOND_MANAGER
from backend.demo.people import ORDINARY_IBAN, OWN_FUND
from backend.demo.stage import Stage, by_key, money
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Transfer

GRANTOR = "Ente erogatore (sintetico)"
CODE = "gestione-2026"
STARTS_ON, ENDS_ON = dt.date(2026, 5, 1), dt.date(2026, 12, 31)
PAY_UNTIL = dt.date(2027, 2, 28)
FIRST, SECOND = "GESTIONE2026RATA1", "GESTIONE2026RATA2"
COSTS = (
    ("Assicurazioni (sintetiche)", "insurance", 184000, 165600),
    ("Amministrazione condominiale (sintetica)", "rates", 62400, 62400),
    ("Cooperativa di gestione (sintetica)", "management", 240000, 240000),
)


def tell(stage: Stage) -> None:
    """Agree on it, receive the first instalment, charge and pay three costs."""
    elena = stage.cast(FINANCE)
    accounts = elena.all("/api/v1/bank-accounts/")
    account = by_key(accounts, "iban", ORDINARY_IBAN)["id"]
    if any(row["code"] == CODE for row in elena.all("/api/v1/grants/")):
        return
    grant = elena.post("/api/v1/grants/", _agreement(account))["id"]
    _receive(stage)
    for number, cost in enumerate(COSTS, start=1):
        _charge(stage, {"grant": grant, "bank_account": account}, number, cost)
    told = {"execute_on": stage.today().isoformat()}
    made = elena.post("/api/v1/running-costs/orders/", told)
    stage.pay_order(SECOND_MANAGER, made["id"])


def _agreement(account: object) -> dict[str, Any]:
    return {
        "code": CODE,
        "title": "Contributo di gestione (dimostrativo)",
        "grantor": GRANTOR,
        "agreement": "Convenzione 2026/17 (sintetica)",
        "amount": money(3000000),
        "own_share": money(300000),
        "starts_on": str(STARTS_ON),
        "ends_on": str(ENDS_ON),
        "pay_until": str(PAY_UNTIL),
        "kinds": ["running", "insurance", "management", "rates"],
        "bank_account": account,
        "instalments": [
            {"amount": money(1800000), "due_on": "2026-05-12", "reference": FIRST},
            {"amount": money(1200000), "due_on": "2026-10-15", "reference": SECOND},
        ],
    }


def _receive(stage: Stage) -> None:
    """The grantor pays by its own code; the worker finds what it is."""
    transfer = Transfer(
        account=ORDINARY_IBAN,
        amount="18000.00",
        name=GRANTOR,
        iban=synthetic_iban(901),
        text=f"Contributo di gestione {FIRST}",
        key="grant-1",
    )
    stage.outside.send([transfer])
    stage.pass_evening()


def _charge(
    stage: Stage, way: dict[str, object], number: int, cost: tuple[str, str, int, int]
) -> None:
    """Keep an invoice and charge it; what the grant does not bear is the own share."""
    elena, today = stage.cast(FINANCE), stage.today().isoformat()
    supplier, purpose, total, granted = cost
    told = {
        "supplier": supplier,
        "supplier_tax_code": f"SYNTHETIC{number}",
        "supplier_iban": synthetic_iban(910 + number),
        "number": f"2026/{number}",
        "issued_on": today,
        "total": f"{total / 100:.2f}",
    }
    paper = b"%PDF-1.7 fattura sintetica " + told["number"].encode()
    invoice = elena.form("/api/v1/invoices/", told, paper)["id"]
    shared = {"invoice": invoice, "purpose": purpose, "incurred_on": today, "due_on": today, **way}
    elena.post("/api/v1/running-costs/", {**shared, "amount": money(granted)})
    if total > granted:
        own = {"amount": money(total - granted), "fund": OWN_FUND}
        elena.post("/api/v1/running-costs/", {**shared, **own})
