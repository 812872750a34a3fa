"""Tommaso takes back what he paid from an account that the bank did not name; Marta reads his paper."""

import re

import pytest
from playwright.sync_api import FilePayload, Page

from backend.core.cast import FINANCE, MANAGER, SECOND_INVESTOR
from backend.demo.people import RESTRICTED_IBAN
from backend.demo.theatre import Ports
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Transfer
from tests.browser import bank, keys
from tests.browser.conftest import Enter, Look
from tests.browser.orders import await_arrival, fill_order

pytestmark = pytest.mark.browser

PAPER: FilePayload = {
    "name": "conto.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7 conto di Tommaso Sala (sintetico)",
}
REFERENCE = re.compile(r"RF\d\d[A-Z0-9]+")


class TestRefund:
    def test_goes_to_an_account_that_a_paper_shows(
        self, as_person: Enter, look: Look, ports: Ports
    ) -> None:
        page, finance, marta = (as_person(each) for each in (SECOND_INVESTOR, FINANCE, MANAGER))
        _pay_from_nowhere(page, finance, ports)

        keys.go(page, page.locator('form[action$="/revoke/"] button'))
        keys.go(page, page.locator('main a[href$="/account/"]'))
        look(page)
        told = {"iban": synthetic_iban(9_902), "holder": "Tommaso Sala"}
        keys.fill(page, page.locator("main form"), told)
        keys.hand_in(page, page.locator("[name=paper]"), PAPER)
        keys.go(page, page.locator("main form button"))

        marta.goto("/desk/campaigns/mattone-2/")
        keys.go(marta, marta.locator('main a[href$="/refunds/"]'))
        look(marta)
        with marta.expect_download() as download:
            keys.press(marta, marta.locator('a[href*="/return-accounts/"]').last)
        assert download.value.path().read_bytes() == PAPER["buffer"]


def _pay_from_nowhere(page: Page, finance: Page, ports: Ports) -> None:
    """Order, and pay by a transfer of which the bank writes no account."""
    page.goto("/campaigns/mattone-2/pledge/")
    fill_order(page, "500")
    copied = page.locator("[data-copy]").evaluate_all("all => all.map(b => b.dataset.copy)")
    (reference,) = (each for each in copied if REFERENCE.fullmatch(each))
    transfer = Transfer(
        account=RESTRICTED_IBAN,
        amount="500.00",
        name="Tommaso Sala",
        text=f"quota {reference}",
        key=reference,
    )
    bank.hand_in(finance, bank.statement(ports, transfer))
    await_arrival(page)
