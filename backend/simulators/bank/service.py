"""What the bank answers: balances, statements and orders for customers, controls for the demo.

The process around it stands in `__main__`; tests put the same table behind a server of their own.
"""

from collections.abc import Callable
from datetime import datetime

from backend.simulators.bank import pain
from backend.simulators.bank.camt import as_xml
from backend.simulators.bank.ledger import Bank, BankRefusal, Order, Transfer
from backend.simulators.server import Answer, Request, Routes, as_json


def routes_of(bank: Bank) -> Routes:
    """Everything that one bank answers."""
    routes = Routes()
    for method, pattern, action in _table(bank):
        routes.add(method, pattern, _endpoint(bank, action))
    return routes


def _table(bank: Bank) -> list[tuple[str, str, Callable[[Request], object]]]:
    return [
        ("GET", "/accounts", lambda r: bank.accounts()),
        (
            "GET",
            "/accounts/{iban}/statements",
            lambda r: bank.statements(r.parts["iban"]),
        ),
        (
            "POST",
            "/accounts/{iban}/statements",
            lambda r: {"number": bank.tell(r.parts["iban"])},
        ),
        ("GET", "/accounts/{iban}/statements/{number}", lambda r: _file(bank, r)),
        ("GET", "/orders", lambda r: bank.orders()),
        (
            "POST",
            "/orders",
            lambda r: _order(bank, r),
        ),
        ("POST", "/orders/file", lambda r: _take_file(bank, r)),
        ("POST", "/_control/returns", lambda r: bank.send_back(**r.json())),
        ("GET", "/_control/health", lambda r: {"ok": True}),
        ("POST", "/_control/clock", lambda r: bank.tell_time(_instant(r))),
        ("POST", "/_control/accounts", lambda r: _open(bank, r)),
        ("POST", "/_control/transfers", lambda r: _book(bank, r)),
        ("POST", "/_control/day", lambda r: {"executed": bank.run_orders()}),
    ]


def _endpoint(bank: Bank, action: Callable[[Request], object]) -> Callable[[Request], Answer]:
    def answer(request: Request) -> Answer:
        try:
            with bank.transaction():
                found = action(request)
        except BankRefusal as refusal:
            return as_json({"error": str(refusal)}, status=refusal.status)
        return found if isinstance(found, Answer) else as_json(found)

    return answer


def _file(bank: Bank, request: Request) -> Answer:
    statement = bank.statement(request.parts["iban"], int(request.parts["number"]))
    return Answer(as_xml(statement), content_type="application/xml")


def _open(bank: Bank, request: Request) -> None:
    for account in request.json()["accounts"]:
        bank.open_account(account["iban"], account["holder"], account.get("opening", "0"))


def _book(bank: Bank, request: Request) -> dict[str, int]:
    transfers = [Transfer(**told) for told in request.json()["transfers"]]
    for transfer in transfers:
        bank.book(transfer)
    return {"booked": len(transfers)}


def _order(bank: Bank, request: Request) -> dict[str, int]:
    orders = [Order(**told) for told in request.json()["orders"]]
    for order in orders:
        bank.take_order(order)
    return {"taken": len(orders)}


def _take_file(bank: Bank, request: Request) -> dict[str, int]:
    orders = pain.read(request.body)
    for order in orders:
        bank.take_order(order)
    return {"taken": len(orders)}


def _instant(request: Request) -> datetime:
    return datetime.fromisoformat(request.json()["now"])
