"""Ada invites a colleague, who comes in by mail and phone, and closes the account again."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from backend.core.cast import ADMINISTRATOR
from tests.browser import keys
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser

RUN = uuid.uuid4().hex[:6]
EMAIL = f"collega-{RUN}@example.org"
NAME = f"Collega {RUN}"
PASSWORD = "una frase che scrivo solo io"
CODE = re.compile(r"\b\d{6}\b")


class TestColleague:
    def test_is_invited_enters_and_is_locked_out_at_the_end(
        self, as_person: Enter, look: Look
    ) -> None:
        ada, colleague = as_person(ADMINISTRATOR), as_person(None)
        _invite(ada)
        look(ada)

        _choose_password(colleague, look)
        _enter(colleague)
        _pair_phone(colleague, look)
        expect(colleague.locator("main")).to_be_visible()

        _close(ada, look)
        colleague.goto("/households/")
        assert "/login/" in colleague.url


def _invite(page: Page) -> None:
    keys.go(page, page.locator('nav a[href="/staff/"]:visible'))
    keys.go(page, page.locator("main .button"))
    form = page.locator("main form")
    keys.fill(page, form, {"email": EMAIL, "first_name": "Collega", "last_name": RUN})
    keys.tick(page, form.get_by_label("Operatore sociale"))
    keys.choose(page, form.locator("[name=organisation]"), "Casa Mattone S.r.l. (sintetica)")
    keys.go(page, form.locator("button").first)
    expect(page.locator(".messages")).to_be_visible()


def _choose_password(page: Page, look: Look) -> None:
    page.goto(f"/outbox/?to={EMAIL}")
    keys.go(page, page.locator("a[href*='/password/']").first)
    look(page)
    keys.write(page, page.locator("[name=password]"), PASSWORD)
    keys.enter(page)
    page.wait_for_url("**/login/")


def _enter(page: Page) -> None:
    keys.write(page, page.locator("[name=username]"), EMAIL)
    keys.write(page, page.locator("[name=password]"), PASSWORD)
    keys.enter(page)
    page.wait_for_url("**/login/set-up/")


def _pair_phone(page: Page, look: Look) -> None:
    look(page)
    shown = CODE.search(page.locator("aside").inner_text())
    assert shown
    keys.write(page, page.locator("[name=code]"), shown[0])
    keys.enter(page)
    page.wait_for_selector("main li code")


def _close(page: Page, look: Look) -> None:
    page.goto("/staff/")
    keys.go(page, page.get_by_role("link", name=NAME))
    look(page)
    fold = page.locator("details").last
    keys.unfold(page, fold)
    keys.write(page, fold.locator("textarea, input[type=text]").first, "Non lavora più qui.")
    keys.go(page, fold.locator("button"))
    expect(page.locator(".messages")).to_be_visible()
