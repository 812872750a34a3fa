"""Marta has another system told what happens; the message arrives there, signed, and can be seen."""

import pytest
from playwright.sync_api import Page, expect

from backend.core.cast import MANAGER
from tests.browser import keys
from tests.browser.conftest import Enter, Look
from tests.webhooks.receiver import Receiver, listening, signs

pytestmark = pytest.mark.browser

ARRIVAL_SECONDS = 30


class TestWebhook:
    def test_is_added_tried_and_seen_to_arrive(self, as_person: Enter, look: Look) -> None:
        page = as_person(MANAGER)
        with listening() as receiver:
            secret = _add(page, receiver, look)
            keys.go(page, page.locator('form[action$="/test/"] button'))
            _await(page, receiver)

        assert receiver.heard[0]["type"] == "webhook.test"
        asked = receiver.asked[0]
        assert signs(secret, asked.headers, asked.body) == [True]
        keys.go(page, page.get_by_role("link", name="webhook.test"))
        expect(page.locator("main table")).to_contain_text("as told")
        look(page)


def _add(page: Page, receiver: Receiver, look: Look) -> str:
    """Add the receiver's address; return the secret, which is shown this once."""
    page.goto("/webhooks/")
    keys.go(page, page.locator("main .button"))
    keys.write(page, page.locator("[name=url]"), receiver.url)
    keys.tick(page, page.locator("[name=events]").first)
    keys.go(page, page.locator("main form .button"))
    look(page)
    secret = page.locator(".copyable .value").inner_text()
    keys.go(page, page.locator("main .button"))
    return secret


def _await(page: Page, receiver: Receiver) -> None:
    """The worker sends it; a person would look again, as here."""
    for _ in range(ARRIVAL_SECONDS):
        if receiver.heard:
            page.reload()
            return
        page.wait_for_timeout(1000)
    raise AssertionError("nothing was sent")
