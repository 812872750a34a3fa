"""A grant of 6,000 euro for works and management, invoices of suppliers, and what is charged."""

import datetime as dt
from typing import Any

from backend.core.money import euro
from backend.ledger.models import Purpose
from backend.simulators.bank import ibans
from campaigns.grants import agreements, costs, invoices
from campaigns.grants.agreements import Instalment, NewGrant
from campaigns.grants.costs import NewCost
from campaigns.grants.invoices import NewInvoice
from campaigns.models import Grant, Invoice, RunningCost
from tests.campaigns.scene import Scene


def grant(scene: Scene, **changes: Any) -> Grant:
    """From the scene's day for a hundred days, paid for thirty more, in two instalments."""
    fields: dict[str, Any] = {
        "organisation": scene.cast.issuer,
        "code": f"bando-{scene.number('grant')}",
        "title": "Bando abitare (synthetic)",
        "grantor": "Fondazione di prova (synthetic)",
        "agreement": "2026/17",
        "amount": euro("6000.00"),
        "own_share": euro("1000.00"),
        "starts_on": scene.day,
        "ends_on": scene.day + dt.timedelta(days=100),
        "pay_until": scene.day + dt.timedelta(days=130),
        "kinds": [Purpose.WORKS, Purpose.MANAGEMENT],
        "bank_account": scene.ordinary,
        "instalments": [
            Instalment(euro("4000.00"), scene.day),
            Instalment(euro("2000.00"), scene.day + dt.timedelta(days=60)),
        ],
    }
    new = NewGrant(**{**fields, **changes})
    return agreements.agree(new=new, by=scene.cast.finance, at=scene.at)


def invoice(scene: Scene, total: str = "1500.00", **changes: Any) -> Invoice:
    number = str(scene.number("invoice"))
    fields: dict[str, Any] = {
        "organisation": scene.cast.issuer,
        "supplier": "Impresa di prova S.r.l.",
        "supplier_tax_code": "SYNTHETIC01",
        "supplier_iban": ibans.synthetic_iban(900),
        "number": number,
        "issued_on": scene.day,
        "total": euro(total),
        "raw": b"%PDF-1.7 invoice " + number.encode(),
    }
    new = NewInvoice(**{**fields, **changes})
    return invoices.record(new=new, by=scene.cast.finance, at=scene.at)


def new_cost(scene: Scene, found: Grant | None, **changes: Any) -> NewCost:
    """A cost of 1,500 euro for works, by an invoice of its own."""
    amount = changes.pop("amount", "1500.00")
    fields: dict[str, Any] = {
        "invoice": changes.pop("invoice", None) or invoice(scene),
        "purpose": Purpose.WORKS,
        "amount": euro(amount),
        "incurred_on": scene.day,
        "due_on": scene.day + dt.timedelta(days=10),
        "bank_account": scene.ordinary,
        "grant": found,
    }
    return NewCost(**{**fields, **changes})


def charge(scene: Scene, found: Grant | None, **changes: Any) -> RunningCost:
    new = new_cost(scene, found, **changes)
    return costs.charge(new=new, by=scene.cast.finance, at=scene.at)


def receive(scene: Scene, found: Grant, number: int = 1) -> None:
    """The grantor pays an instalment."""
    due = found.instalments.get(number=number)
    scene.bank(scene.ordinary, (due.amount, due.expectation.reference))


def pay(scene: Scene, cost: RunningCost) -> None:
    """The bank's line of a cost."""
    assert cost.expectation is not None
    scene.bank(scene.ordinary, (-cost.amount, cost.expectation.reference))
