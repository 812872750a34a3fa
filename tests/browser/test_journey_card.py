"""An investor pays in the provider's own form, on our page: refused at first, then paid.

The provider's script is stood in for, everything else is what runs in production: page, script, policy.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from backend.core.cast import SECOND_INVESTOR
from backend.demo.theatre import Ports
from tests.browser import keys, site
from tests.browser.conftest import Enter, Look
from tests.browser.orders import PLEDGE_PAGE, await_arrival, fill_order
from tests.browser.provider import OPEN_TO_ALL, REFUSED, Provider
from tests.browser.verdict import Listener

pytestmark = pytest.mark.browser

BUTTON = "[data-provider-form] button"
FAULT = "[data-provider-form] [role=alert]"
STRANGER = "https://example.org/"
ASK_A_STRANGER = "url => fetch(url).then(() => 'open', () => 'shut')"


@pytest.fixture(scope="module")
def ports(ports: Ports) -> Iterator[Ports]:
    """The same demo at another door, where a publishable key is set."""
    with site.with_form(ports) as found:
        yield found


class TestForm:
    def test_takes_a_card_after_it_refused_one(
        self, as_person: Enter, look: Look, ports: Ports
    ) -> None:
        page = as_person(SECOND_INVESTOR)
        provider, heard = Provider(page.context, ports), Listener(page)
        _open(page)
        expect(page.locator("[data-opening]")).to_be_hidden()
        assert page.evaluate("window.opened") == {
            "key": site.FORM_KEY,
            "locale": "it",
            "kind": "payment",
        }
        look(page)

        provider.card = "declined"
        keys.press(page, page.locator(BUTTON))
        expect(page.locator(FAULT)).to_have_text(REFUSED)
        look(page)
        provider.card = "visa"
        keys.go(page, page.locator(BUTTON))

        expect(page).to_have_url(PLEDGE_PAGE)
        expect(page.locator(".messages")).to_contain_text("arrivato")
        await_arrival(page)
        expect(page.locator("tbody td.num")).to_contain_text("500,00")
        assert heard.take() == []

    def test_lets_nobody_else_be_asked(self, as_person: Enter, ports: Ports) -> None:
        page = as_person(SECOND_INVESTOR)
        provider = Provider(page.context, ports)
        page.context.route(f"{STRANGER}**", _welcome)

        _open(page)

        assert len(provider.scripts) == 1
        assert page.evaluate(ASK_A_STRANGER, STRANGER) == "shut"
        assert page.evaluate(ASK_A_STRANGER, "https://api.stripe.com/v1/ping/0/0") == "open"

    def test_that_does_not_come_leaves_the_transfer(self, as_person: Enter, look: Look) -> None:
        page = as_person(SECOND_INVESTOR)
        page.context.route("https://js.stripe.com/**", lambda route: route.abort())

        _order(page)
        keys.go(page, page.locator('button[value="card"]'))

        expect(page.locator(FAULT)).to_contain_text("non si apre")
        expect(page.locator(BUTTON)).to_be_hidden()
        expect(page.locator("[data-copy]").first).to_be_visible()
        look(page)


def _open(page: Page) -> None:
    """Order, choose to pay by card, and wait for the provider's form."""
    _order(page)
    keys.go(page, page.locator('button[value="card"]'))
    expect(page.locator("[data-mount] iframe")).to_be_visible()
    expect(page.locator(BUTTON)).to_be_visible()


def _order(page: Page) -> None:
    page.goto("/campaigns/mattone-2/pledge/")
    fill_order(page, "500")
    expect(page).to_have_url(PLEDGE_PAGE)


def _welcome(route: Route) -> None:
    route.fulfill(body="hello", headers=OPEN_TO_ALL)
