"""The issuer hands its figures to the city; the city asks, is answered, and accepts; they are published."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from backend.core.cast import CITY_REVIEWER, MANAGER
from tests.browser import keys
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser

COMPUTE_SECONDS = 60
DAY = "2026-05-31"


class TestFigures:
    def test_are_asked_about_answered_and_accepted(self, as_person: Enter, look: Look) -> None:
        manager, city = as_person(MANAGER), as_person(CITY_REVIEWER)
        _take(manager)
        look(manager)
        _say(manager, "submit", "")

        city.goto("/figures/")
        keys.go(city, city.locator(".card-key a"))
        look(city)
        _say(city, "return", "Da dove viene il numero delle case?")
        manager.reload()
        _say(manager, "submit", "Dai decreti di trasferimento.")
        city.reload()
        _say(city, "accept", "Confrontati con i nostri atti.")

        expect(city.locator("main")).to_contain_text("Dai decreti di trasferimento.")
        manager.reload()
        _say(manager, "publish", "")
        expect(manager.locator("main form")).to_have_count(0)


def _take(page: Page) -> None:
    """Have the figures of a day computed, wait for the worker, open them."""
    page.goto("/figures/")
    keys.date(page, page.locator("[name=as_of]"), dt.date.fromisoformat(DAY))
    keys.go(page, page.locator("main form button"))
    fresh = page.locator("main li", has=page.locator(f'time[datetime="{DAY}"]'))
    for _ in range(COMPUTE_SECONDS):
        if fresh.count():
            break
        page.wait_for_timeout(1000)
        page.goto("/figures/")
    keys.go(page, fresh.get_by_role("link"))


def _say(page: Page, act: str, text: str) -> None:
    keys.write(page, page.locator("[name=text]"), text)
    keys.go(page, page.locator(f'button[formaction$="/{act}/"]'))
    expect(page.locator(".messages")).to_be_visible()
