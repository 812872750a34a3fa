"""Stand-ins behind real ports of this machine, and a webhook that writes down what it is told."""

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import stripe

from backend.simulators.bank.ledger import Bank
from backend.simulators.bank.service import routes_of as bank_routes
from backend.simulators.server import Answer, Handler, Request, as_json, serve
from backend.simulators.stripe.account import Account, Rates
from backend.simulators.stripe.service import routes_of
from backend.simulators.stripe.store import Store

# Stripe's own types say "or None" at every step; what a test expects, it asserts.
Client = Any
Paid = Callable[[int], Any]


@dataclass
class Line:
    """A way to ask a server by hand."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def raw(self, method: str, path: str, body: object = None) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers of the answer to a request with a JSON body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, None if body is None else json.dumps(body))
        answer = connection.getresponse()
        found = answer.status, answer.read(), dict(answer.getheaders())
        connection.close()
        return found

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The JSON of the answer."""
        return json.loads(self.raw(method, path, body)[1])


@dataclass
class Webhook:
    """Writes down each delivery; refuses the first `refusals` of them."""

    refusals: int = 0
    bodies: list[bytes] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        if self.refusals:
            self.refusals -= 1
            return as_json({}, status=500)
        self.bodies.append(request.body)
        self.signatures.append(request.headers["stripe-signature"])
        return as_json({})

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]


@contextmanager
def serving(handler: Handler) -> Iterator[Line]:
    """The handler behind a free port for as long as the block lasts."""
    server = serve(handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield Line(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def account() -> Iterator[Account]:
    """An account that forgets, and whose events come at once, each once."""
    store = Store(seed="test")
    yield Account(store, Rates(duplicates=0, delay_seconds=0))
    store.close()


@pytest.fixture
def bank() -> Iterator[Bank]:
    """A bank that forgets."""
    kept = Bank()
    yield kept
    kept.close()


@pytest.fixture
def bank_line(bank: Bank) -> Iterator[Line]:
    with serving(bank_routes(bank).answer) as line:
        yield line


@pytest.fixture
def line(account: Account) -> Iterator[Line]:
    """The stand-in behind a port, without a bank."""
    with serving(routes_of(account).answer) as found:
        yield found


@pytest.fixture
def client(line: Line) -> Iterator[Client]:
    """Stripe's own library, pointed at the stand-in."""
    http_client = stripe.RequestsClient()
    yield stripe.StripeClient(
        "sk_test_mattone",
        base_addresses={"api": line.url},
        http_client=http_client,
        max_network_retries=0,
    )
    http_client.close()  # type: ignore[no-untyped-call]  # of the library


@pytest.fixture
def paid(client: Client) -> Paid:
    """A way to a paid intent of so many cents."""

    def pay(cents: int) -> Any:
        intent = client.v1.payment_intents.create({"amount": cents, "currency": "eur"})
        return client.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})

    return pay
