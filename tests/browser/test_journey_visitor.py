"""A visitor without an account follows the money, leaves an interest, and takes it back."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.browser import keys
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser

TURN_MILLISECONDS = 21_000
READER = f"lettrice-{uuid.uuid4().hex[:6]}@example.org"
ASKED_AGAIN_MILLISECONDS = 40_000


class TestCampaign:
    def test_tells_by_itself_what_came_in_meanwhile(self, as_person: Enter) -> None:
        page = as_person(None)

        keys.go(page, page.get_by_role("link", name="Mattone 2"))

        is_asked = "**/campaigns/mattone-2/progress/"
        with page.expect_response(is_asked, timeout=ASKED_AGAIN_MILLISECONDS) as told:
            page.wait_for_load_state()
        assert told.value.status in (200, 304)


class TestFigures:
    def test_follow_the_money_until_bidden_to_stand_still(self, as_person: Enter) -> None:
        page = as_person(None)
        asked: list[str] = []
        page.on(
            "request", lambda each: asked.append(each.url) if "/progress/" in each.url else None
        )
        page.clock.install()
        page.goto("/campaigns/mattone-2/")

        page.clock.run_for(TURN_MILLISECONDS)
        assert len(asked) == 1
        keys.press(page, page.locator("[data-hold]"))
        page.clock.run_for(3 * TURN_MILLISECONDS)
        assert len(asked) == 1
        keys.press(page, page.locator("[data-hold]"))
        page.clock.run_for(TURN_MILLISECONDS)

        assert len(asked) == 2


class TestTranslation:
    def test_is_asked_for_and_proven_by_mail(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)
        page.goto("/campaigns/mattone-2/sheet/")
        fold = page.locator("details", has=page.locator("[name=language]"))
        keys.unfold(page, fold)
        keys.fill(page, fold, {"language": "ro", "email": READER})
        keys.go(page, fold.locator("button"))

        page.goto(f"/outbox/?to={READER}")
        keys.go(page, page.locator("a[href*='/translations/']").first)
        look(page)
        keys.go(page, page.locator("main .button"))

        expect(page.locator("main form")).to_have_count(0)


class TestInterest:
    def test_is_left_in_half_a_minute_and_withdrawn(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)

        keys.go(page, page.get_by_role("link", name="Mattone 3"))
        form = page.locator("#interest")
        keys.fill(page, form, {"email": "nuova.persona@example.org", "amount": "1.500"})
        for box in form.locator("input[type=checkbox]").all():
            keys.tick(page, box)
        keys.go(page, form.locator("button"))

        expect(page.locator("main .key .value").first).to_contain_text("1.500")
        look(page)
        keys.go(page, page.locator('form[action$="/withdraw/"] button'))
        expect(page.locator('form[action$="/withdraw/"]')).to_have_count(0)

    def test_with_a_mistake_keeps_what_was_typed(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)
        page.goto("/campaigns/mattone-3/")

        keys.fill(page, page.locator("#interest"), {"email": "nobody", "amount": "1.500"})
        keys.go(page, page.locator("#interest button"))

        expect(page.locator(".error-summary")).to_be_visible()
        expect(page.locator("[name=email]")).to_have_value("nobody")
        look(page)
