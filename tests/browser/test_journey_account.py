"""Into one's account: password and code by hand, a forgotten password, another phone."""

import re

import pytest

from backend.core.cast import INVESTOR, MANAGER, SECOND_INVESTOR
from backend.demo.people import PASSWORD
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser
CODE = re.compile(r"\b\d{6}\b")


class TestSignIn:
    def test_asks_a_manager_for_the_code_of_the_phone(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)
        page.goto("/login/")
        page.fill("[name=username]", MANAGER.email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/login/second-step/")
        look(page)
        shown = CODE.search(page.locator("aside").inner_text())
        assert shown

        page.fill("[name=code]", shown[0])
        page.press("[name=code]", "Enter")
        page.wait_for_load_state()

        assert page.goto("/deputies/") is not None
        look(page)


class TestForgotten:
    def test_leads_by_mail_to_a_new_password(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)
        page.goto("/password/forgotten/")
        page.fill("[name=email]", SECOND_INVESTOR.email)
        page.press("[name=email]", "Enter")
        page.goto(f"/outbox/?to={SECOND_INVESTOR.email}")
        link = page.locator("a[href*='/password/']").first.get_attribute("href")
        assert link

        page.goto(link)
        look(page)
        page.fill("[name=password]", "una frase che scrivo solo io")
        page.press("[name=password]", "Enter")

        page.wait_for_url("**/login/")


class TestSetUp:
    def test_pairs_the_phone_of_an_investor(self, as_person: Enter, look: Look) -> None:
        page = as_person(INVESTOR)
        page.goto("/account/second-factor/")
        look(page)
        shown = CODE.search(page.locator("aside").inner_text())
        assert shown

        page.fill("[name=code]", shown[0])
        page.press("[name=code]", "Enter")

        page.wait_for_selector("main li code")
        look(page)
