"""The bank outside: somebody sends a transfer, and the bank writes it into a statement to hand in."""

from playwright.sync_api import FilePayload, Page

from backend.demo.client import Client, close_lines
from backend.demo.outside import Outside
from backend.demo.theatre import Ports
from backend.simulators.bank.ledger import Transfer
from tests.browser import keys


def statement(ports: Ports, transfer: Transfer) -> FilePayload:
    """What the bank writes after a transfer arrived."""
    outside = Outside(Client(ports.bank_url), Client(ports.stripe_url))
    before = {each.name for each in outside.statements([transfer.account], known=())}
    outside.send([transfer])
    (written,) = outside.statements([transfer.account], known=before)
    close_lines()
    return {"name": f"{written.name}.xml", "mimeType": "text/xml", "buffer": written.content}


def hand_in(page: Page, file: FilePayload) -> None:
    """Finance hands a file in, on the page of the statements."""
    page.goto("/treasury/statements/")
    keys.hand_in(page, page.locator("input[type=file]"), file)
    keys.go(page, page.locator("main .button"))
