"""Starts the stand-in for Stripe as a process of its own; it is told the demo's clock.

python -m backend.simulators.stripe --port 8101 --webhook http://127.0.0.1:8000/webhooks/stripe/
"""

import argparse
import signal
import threading
from pathlib import Path

from backend.simulators.server import serve
from backend.simulators.stripe.account import Account, Rates
from backend.simulators.stripe.delivery import Courier, Endpoint
from backend.simulators.stripe.service import routes_of
from backend.simulators.stripe.store import Store


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="the SQLite file it remembers in")
    parser.add_argument("--webhook", required=True, help="where events are sent")
    parser.add_argument("--secret", default="whsec_mattone_demo", help="what signs them")
    parser.add_argument("--seed", default="mattone")
    parser.add_argument("--bank", default="", help="the bank's stand-in, where payouts arrive")
    parser.add_argument("--bank-iban", default="")
    parser.add_argument("--delay-seconds", type=float, default=0.6)
    return parser.parse_args()


def main() -> None:
    """Serve until told to end."""
    told = arguments()
    store = Store(told.state, seed=told.seed)
    account = Account(store, Rates(delay_seconds=told.delay_seconds))
    courier = Courier(store, Endpoint(told.webhook, told.secret))
    routes = routes_of(account, bank=told.bank, iban=told.bank_iban)
    server = serve(routes.answer, port=told.port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    courier.start()
    server.serve_forever(poll_interval=0.1)
    courier.stop()
    store.close()


if __name__ == "__main__":
    main()
