"""Everything that one account answers, in one table: the API, the payment page, the controls.

The process around it stands in `__main__`; tests put the same table behind a server of their own.
"""

from backend.simulators.server import Routes
from backend.simulators.stripe import api, control, page
from backend.simulators.stripe.account import Account


def routes_of(account: Account, *, bank: str = "", iban: str = "") -> Routes:
    """Everything that one account answers: the API, the payment page, the controls."""
    routes = Routes()
    api.add_routes(routes, account)
    page.add_routes(routes, account)
    control.add_routes(
        routes, account, control.bank_arrival(bank, iban) if bank else control.no_bank
    )
    return routes
