"""The issuer hands its figures to the city; the city asks, is answered, and accepts; they are published."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from backend.core.cast import CITY_REVIEWER, MANAGER
from tests.browser import figures, keys
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser

DAY = dt.date(2026, 5, 31)


class TestFigures:
    def test_are_asked_about_answered_and_accepted(self, as_person: Enter, look: Look) -> None:
        manager, city = as_person(MANAGER), as_person(CITY_REVIEWER)
        figures.take(manager, DAY)
        look(manager)
        figures.say(manager, "submit", "")

        city.goto("/figures/")
        keys.go(city, city.locator(".card-key a"))
        look(city)
        figures.say(city, "return", "Da dove viene il numero delle case?")
        manager.reload()
        figures.say(manager, "submit", "Dai decreti di trasferimento.")
        city.reload()
        figures.say(city, "accept", "Confrontati con i nostri atti.")

        expect(city.locator("main")).to_contain_text("Dai decreti di trasferimento.")
        manager.reload()
        figures.say(manager, "publish", "")
        expect(manager.locator("main form")).to_have_count(0)
