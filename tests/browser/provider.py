"""The payment provider as a payer's browser meets it: its script, its frame and its address.

Only the network is answered for; pages, scripts and policy are the application's own. A card is tried
at the stand-in that the application asks, so both tell of the same payment.
"""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Route

from backend.demo.client import Client
from backend.demo.outside import Outside
from backend.demo.theatre import Ports

SCRIPT = Path(__file__).with_name("provider_form.js")
FRAME = """<!doctype html><html lang="it"><head><title>Carta</title></head>
<body><main><h1>Carta</h1><label>Numero <input inputmode="numeric"></label></main></body></html>"""
REFUSED = "La carta è stata rifiutata."
OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"}


@dataclass
class Provider:
    """Answers what a window asks of the provider; `card` is what the next payer pays with."""

    window: BrowserContext
    ports: Ports
    card: str = "visa"
    scripts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window.route("https://js.stripe.com/**", self._give)
        self.window.route("https://api.stripe.com/**", self._confirm)

    def _give(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/frame.html":
            route.fulfill(body=FRAME, content_type="text/html; charset=utf-8")
            return
        self.scripts.append(path)
        route.fulfill(path=SCRIPT, content_type="text/javascript")

    def _confirm(self, route: Route) -> None:
        intent = urlsplit(route.request.url).path.split("/")[-2]
        outside = Outside(Client(self.ports.bank_url), Client(self.ports.stripe_url))
        state = outside.pay_by_card([intent], self.card)[intent]
        refusal = {"error": {"type": "card_error", "code": state, "message": REFUSED}}
        told = {"id": intent, "status": state} if state == "succeeded" else refusal
        route.fulfill(json=told, headers=OPEN_TO_ALL)
