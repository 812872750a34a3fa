"""A visitor without an account reads about a home to come, leaves an interest, and takes it back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser


class TestInterest:
    def test_is_left_in_half_a_minute_and_withdrawn(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)

        page.get_by_role("link", name="Mattone 3").click()
        page.locator("[name=email]").fill("nuova.persona@example.org")
        page.locator("[name=amount]").fill("1.500")
        for box in page.locator("main form input[type=checkbox]").all():
            box.check()
        page.locator("#interest button").click()

        expect(page.locator("main .key .value").first).to_contain_text("1.500")
        look(page)
        page.locator('form[action$="/withdraw/"] button').click()
        expect(page.locator('form[action$="/withdraw/"]')).to_have_count(0)

    def test_with_a_mistake_keeps_what_was_typed(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)
        page.goto("/campaigns/mattone-3/")

        page.locator("[name=email]").fill("nobody")
        page.locator("[name=amount]").fill("1.500")
        page.locator("#interest button").click()

        expect(page.locator(".error-summary")).to_be_visible()
        expect(page.locator("[name=email]")).to_have_value("nobody")
        look(page)
