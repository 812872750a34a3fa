"""Samir plans a call, writes down what was done, and opens a name with the reason that asks for it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from backend.core.cast import CASEWORKER
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser

STEP = "Chiamare per la bolletta"


class TestHousehold:
    def test_has_its_next_step_on_the_first_page(self, as_person: Enter, look: Look) -> None:
        page = as_person(CASEWORKER)
        page.goto("/households/")
        page.get_by_role("link", name="F-01").first.click()

        form = _unfolded(page, "/plan/")
        form.locator("[name=step]").fill(STEP)
        form.locator("[name=by_when]").fill("2030-01-08")
        form.locator("button").click()

        expect(page.locator(".deadline")).to_contain_text(STEP)
        look(page)
        page.goto("/households/")
        expect(page.get_by_text(STEP)).to_be_visible()

    def test_keeps_what_was_done(self, as_person: Enter) -> None:
        page = as_person(CASEWORKER)
        page.goto("/households/")
        page.get_by_role("link", name="F-02").first.click()
        before = page.locator("section li").count()

        form = _unfolded(page, "/action/")
        form.locator("[name=on]").fill(
            page.locator(".demo-day time").get_attribute("datetime") or ""
        )
        form.locator("button").click()

        expect(page.locator("section li")).to_have_count(before + 1)

    def test_shows_a_name_only_for_a_reason(self, as_person: Enter, look: Look) -> None:
        page = as_person(CASEWORKER)
        page.goto("/households/")
        page.get_by_role("link", name="F-03").first.click()

        form = page.locator('form[action$="/who/"]')
        form.locator("[name=purpose]").fill("Telefonata concordata")
        form.locator("button").click()

        expect(page.locator('form[action$="/who/"]')).to_have_count(0)
        look(page)


def _unfolded(page: Page, action: str) -> Locator:
    """The form that sends there, its fold opened."""
    fold = page.locator("details", has=page.locator(f'form[action$="{action}"]')).last
    fold.locator("summary").click()
    return fold.locator("form")
