"""An order of an investor in the browser: placed on its page, paid in one way or another, arrived."""

import re

from playwright.sync_api import Page

from tests.browser import keys

PLEDGE_PAGE = re.compile(r"/pledges/\d+/")
ARRIVAL_SECONDS = 60


def fill_order(page: Page, amount: str) -> None:
    """On the page of an order: how much, warned, and sent."""
    keys.write(page, page.locator("[name=amount]"), amount)
    keys.tick(page, page.locator("[name=acknowledged]"))
    keys.go(page, page.locator("main .button"))


def await_arrival(page: Page) -> None:
    """The worker books what the provider or the bank told; a person would look again, as here."""
    for _ in range(ARRIVAL_SECONDS):
        if page.locator(".badge", has_text="arrivati").or_(page.locator("tbody td.num")).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError("the money did not arrive")
