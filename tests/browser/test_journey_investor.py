"""An investor pledges and pays by card; another sends a transfer."""

import pytest
from playwright.sync_api import Page, expect

from backend.core.cast import INVESTOR, SECOND_INVESTOR
from tests.browser import keys
from tests.browser.conftest import Enter, Look
from tests.browser.orders import PLEDGE_PAGE, await_arrival, fill_order

pytestmark = pytest.mark.browser

ORDERS = "main a[href^='/pledges/']"


class TestPledge:
    def test_is_placed_and_paid_by_card(self, as_person: Enter, look: Look) -> None:
        page = as_person(INVESTOR)

        keys.go(page, page.locator('nav a[href="/campaigns/"]:visible'))
        keys.go(page, page.get_by_role("link", name="Mattone 2"))
        keys.go(page, page.locator("main .button"))
        look(page)
        fill_order(page, "1.000")
        expect(page).to_have_url(PLEDGE_PAGE)
        look(page)
        keys.go(page, page.locator('button[value="card"]'))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        keys.go(page, page.locator("button.main"))

        expect(page).to_have_url(PLEDGE_PAGE)
        await_arrival(page)
        expect(page.locator("tbody td.num")).to_contain_text("1.000,00")

    def test_that_is_too_small_says_so_beside_the_field(self, as_person: Enter, look: Look) -> None:
        page = as_person(INVESTOR)
        page.goto("/campaigns/mattone-2/pledge/")

        fill_order(page, "1")

        expect(page.locator(".error-summary")).to_be_visible()
        expect(page.locator("[name=amount]")).to_have_value("1")
        look(page)

    def test_clicked_twice_is_one(self, as_person: Enter) -> None:
        page = as_person(SECOND_INVESTOR)
        before = _orders(page)
        page.goto("/campaigns/mattone-2/pledge/")
        keys.write(page, page.locator("[name=amount]"), "500")
        keys.tick(page, page.locator("[name=acknowledged]"))

        with page.expect_navigation():
            page.locator("main .button").dblclick()

        assert len(_orders(page) - before) == 1


class TestTransfer:
    def test_arrives_when_its_statement_is_read(self, as_person: Enter, look: Look) -> None:
        page = as_person(SECOND_INVESTOR)
        page.goto("/campaigns/mattone-2/pledge/")
        fill_order(page, "500")

        expect(page.locator("[data-copy]").first).to_be_visible()
        keys.go(page, page.locator('form[action*="/demo/transfers/"] button'))

        await_arrival(page)
        look(page)


def _orders(page: Page) -> set[str]:
    """The addresses of a person's orders."""
    page.goto("/my-home/")
    return set(page.locator(ORDERS).evaluate_all("all => all.map(a => a.pathname)"))
