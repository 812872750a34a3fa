"""Samir plans a call, writes down what was done, and opens a name with the reason that asks for it."""

import datetime as dt

import pytest
from playwright.sync_api import Locator, Page, expect

from backend.core.cast import CASEWORKER
from tests.browser import keys
from tests.browser.conftest import Enter, Look
from tests.browser.people import today

pytestmark = pytest.mark.browser

STEP = "Chiamare per la bolletta"


class TestHousehold:
    def test_has_its_next_step_on_the_first_page(self, as_person: Enter, look: Look) -> None:
        page = as_person(CASEWORKER)
        page.goto("/households/")
        keys.go(page, page.get_by_role("link", name="F-01").first)

        form = _unfolded(page, "/plan/")
        keys.write(page, form.locator("[name=step]"), STEP)
        keys.date(page, form.locator("[name=by_when]"), dt.date(2030, 1, 8))
        keys.go(page, form.locator("button"))

        expect(page.locator(".deadline")).to_contain_text(STEP)
        look(page)
        page.goto("/households/")
        expect(page.get_by_text(STEP)).to_be_visible()

    def test_keeps_what_was_done(self, as_person: Enter) -> None:
        page = as_person(CASEWORKER)
        page.goto("/households/")
        keys.go(page, page.get_by_role("link", name="F-02").first)
        before = page.locator("section li").count()

        form = _unfolded(page, "/action/")
        keys.date(page, form.locator("[name=on]"), today(page))
        keys.go(page, form.locator("button"))

        expect(page.locator("section li")).to_have_count(before + 1)

    def test_shows_a_name_only_for_a_reason(self, as_person: Enter, look: Look) -> None:
        page = as_person(CASEWORKER)
        page.goto("/households/")
        keys.go(page, page.get_by_role("link", name="F-03").first)

        form = page.locator('form[action$="/who/"]')
        keys.write(page, form.locator("[name=purpose]"), "Telefonata concordata")
        keys.go(page, form.locator("button"))

        expect(page.locator('form[action$="/who/"]')).to_have_count(0)
        look(page)


def _unfolded(page: Page, action: str) -> Locator:
    """The form that sends there, its fold opened."""
    fold = page.locator("details", has=page.locator(f'form[action$="{action}"]')).last
    keys.unfold(page, fold)
    return fold.locator("form")
