"""Starts the bank as a process of its own; it is told the demo's clock.

python -m backend.simulators.bank --port 8102 --state bank.sqlite
"""

import argparse
import signal
import threading
from pathlib import Path

from backend.simulators.bank.ledger import Bank
from backend.simulators.bank.service import routes_of
from backend.simulators.server import serve


def main() -> None:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="the SQLite file it remembers in")
    told = parser.parse_args()
    bank = Bank(told.state)
    server = serve(routes_of(bank).answer, port=told.port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever(poll_interval=0.1)
    bank.close()


if __name__ == "__main__":
    main()
