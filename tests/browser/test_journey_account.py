"""Into one's account: password and code by hand, a forgotten password, another phone."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from backend.core.cast import INVESTOR, MANAGER, SECOND_INVESTOR
from backend.demo.people import PASSWORD
from tests.browser import keys
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser
NEWCOMER = f"nuova-{uuid.uuid4().hex[:6]}@example.org"
CODE = re.compile(r"\b\d{6}\b")


class TestSignIn:
    def test_asks_a_manager_for_the_code_of_the_phone(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)
        page.goto("/login/")
        keys.write(page, page.locator("[name=username]"), MANAGER.email)
        keys.write(page, page.locator("[name=password]"), PASSWORD)
        keys.enter(page)
        expect(page).to_have_url(re.compile("/login/second-step/"))
        look(page)
        shown = CODE.search(page.locator("aside").inner_text())
        assert shown

        keys.write(page, page.locator("[name=code]"), shown[0])
        keys.enter(page)

        assert page.goto("/deputies/") is not None
        look(page)


class TestSignUp:
    def test_leads_by_mail_to_an_account_of_ones_own(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)
        page.goto("/sign-up/")
        form = page.locator("main form")
        told = {"first_name": "Nuova", "last_name": "Persona", "email": NEWCOMER}
        keys.fill(page, form, told)
        keys.go(page, form.locator("button").first)
        page.goto(f"/outbox/?to={NEWCOMER}")
        keys.go(page, page.locator("a[href*='/sign-up/']").first)
        look(page)

        keys.write(page, page.locator("[name=password]"), "una frase che scrivo solo io")
        keys.enter(page)

        expect(page.locator(".messages")).to_be_visible()


class TestForgotten:
    def test_leads_by_mail_to_a_new_password(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)
        page.goto("/password/forgotten/")
        keys.write(page, page.locator("[name=email]"), SECOND_INVESTOR.email)
        keys.enter(page)
        page.goto(f"/outbox/?to={SECOND_INVESTOR.email}")
        keys.go(page, page.locator("a[href*='/password/']").first)
        look(page)
        keys.write(page, page.locator("[name=password]"), "una frase che scrivo solo io")
        keys.enter(page)

        expect(page).to_have_url(re.compile("/login/"))


class TestSetUp:
    def test_pairs_the_phone_of_an_investor(self, as_person: Enter, look: Look) -> None:
        page = as_person(INVESTOR)
        page.goto("/account/second-factor/")
        look(page)
        shown = CODE.search(page.locator("aside").inner_text())
        assert shown

        keys.write(page, page.locator("[name=code]"), shown[0])
        keys.enter(page)

        expect(page.locator("main li code").first).to_be_visible()
        look(page)
