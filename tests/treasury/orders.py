"""Payment orders for tests: money of payers that goes back, drafted by finance, approved by the manager."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from backend.core import approvals
from backend.core.models import Approval
from backend.simulators.bank import ibans
from backend.treasury import payment_orders, references, returned_payments
from backend.treasury.models import Expectation, PaymentOrder
from backend.treasury.payment_orders import NewOrder, Payee
from backend.treasury.returned_payments import Undone
from tests.cast import Cast
from tests.treasury.files import Move
from tests.treasury.house import AT, OUT, OWNER, House

DAY = dt.date(2026, 4, 3)


def owed(house: House, *numbers: int) -> list[Expectation]:
    """Payers' money that came and is expected to go back, 500 euro each."""
    for number in numbers:
        house.expect(number)
        house.pay(number)
    return [
        house.expect(
            number,
            reference=reference(number),
            direction=OUT,
            source=house.held,
            target=house.payer(number),
            owner_key=f"refund:{number}",
        )
        for number in numbers
    ]


def reference(number: int) -> str:
    return references.creditor_reference(f"refund:{number}")


def new_order(house: House, found: list[Expectation], **more: object) -> NewOrder:
    payees = [
        Payee(one, "Anna Verdi", ibans.synthetic_iban(one.pk), f"Restituzione {one.reference}")
        for one in found
    ]
    fields: dict[str, object] = {"payees": payees, "execute_on": DAY, **more}
    return NewOrder(house.restricted, "Refunds", **fields)  # type: ignore[arg-type]


def draft(house: House, cast: Cast, found: list[Expectation], **more: object) -> PaymentOrder:
    return payment_orders.draft(new=new_order(house, found, **more), by=cast.finance, at=AT)


def approve(order: PaymentOrder, cast: Cast) -> PaymentOrder:
    asked = Approval.objects.get(subject_id=str(order.pk), action=payment_orders.APPROVE)
    approvals.approve(approval=asked, by=cast.owner, at=AT)
    order.refresh_from_db()
    return order


def execute(house: House, *numbers: int) -> None:
    """The bank executes transfers: each a line of its own, its end-to-end id our reference."""
    house.bank(*(Move("-500.00", end_to_end=reference(number)) for number in numbers))
    house.run()


def send_back(house: House, number: int, **more: object) -> None:
    """The payee's bank returns a transfer."""
    fields: dict[str, object] = {"return_reason": "AC04", **more}
    house.bank(Move("500.00", end_to_end=reference(number), **fields))  # type: ignore[arg-type]
    house.run()


@contextmanager
def owner_told() -> Iterator[list[Undone]]:
    """What the owner of the house's expectations is told of payments that did not stay."""
    told: list[Undone] = []
    returned_payments.register_owner(OWNER, told.extend)
    yield told
    returned_payments.register_owner(OWNER, lambda undone: None)
