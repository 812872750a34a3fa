"""A newcomer leaves an interest, finds it in her account, answers what the law asks, and orders."""

import re
import uuid

import pytest
from playwright.sync_api import Locator, Page, expect

from backend.simulators.bank.ibans import synthetic_iban
from tests.browser import keys
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser

RUN = uuid.uuid4().hex[:6]
EMAIL = f"arriva-{RUN}@example.org"
PASSWORD = "una frase che scrivo solo io"
PLEDGE_PAGE = re.compile(r"/pledges/\d+/")
CARDS = "article[id^='need-'] form"


class TestNewcomer:
    def test_goes_from_an_interest_to_an_order(self, as_person: Enter, look: Look) -> None:
        page = as_person(None)
        _leave_interest(page)
        _sign_up(page)
        page.goto("/my-home/")
        expect(page.locator("main")).to_contain_text("Mattone 3")

        page.goto("/campaigns/mattone-2/pledge/")
        _tell_who_invests(page.locator("main form").first, page)
        look(page)
        while page.locator(CARDS).count():
            _answer(page, page.locator(CARDS).first)
        look(page)
        keys.write(page, page.locator("[name=amount]"), "500")
        keys.tick(page, page.locator("[name=acknowledged]"))
        keys.go(page, page.locator("main .button"))

        expect(page).to_have_url(PLEDGE_PAGE)
        expect(page.locator("[data-copy]").first).to_be_visible()


def _leave_interest(page: Page) -> None:
    page.goto("/campaigns/mattone-3/")
    keys.fill(page, page.locator("#interest"), {"email": EMAIL, "amount": "500"})
    for box in page.locator("#interest input[type=checkbox]").all():
        keys.tick(page, box)
    keys.go(page, page.locator("#interest button"))


def _sign_up(page: Page) -> None:
    page.goto("/sign-up/")
    told = {"first_name": "Bruna", "last_name": "Arriva", "email": EMAIL}
    keys.fill(page, page.locator("main form"), told)
    keys.go(page, page.locator("main form button").first)
    page.goto(f"/outbox/?to={EMAIL}")
    keys.go(page, page.locator("a[href*='/sign-up/']").first)
    keys.write(page, page.locator("[name=password]"), PASSWORD)
    keys.enter(page)
    keys.write(page, page.locator("[name=username]"), EMAIL)
    keys.write(page, page.locator("[name=password]"), PASSWORD)
    keys.enter(page)


def _tell_who_invests(form: Locator, page: Page) -> None:
    keys.press(page, form.locator("[name=kind]").first, "Space")
    told = {
        "name": "Bruna Arriva (sintetica)",
        "tax_code": f"SYNTHETIC{int(RUN, 16) % 10**7:07d}",
        "iban": synthetic_iban(int(RUN, 16) % 9_000 + 20),
    }
    keys.fill(page, form, told)
    keys.go(page, form.locator("button"))


def _answer(page: Page, form: Locator) -> None:
    """The first choice of each question, a thousand euro of each kind, every box ticked."""
    names = form.locator("input[type=radio]").evaluate_all("all => all.map(i => i.name)")
    for name in dict.fromkeys(names):
        keys.press(page, form.locator(f"[name={name}]").first, "Space")
    for field in form.locator("input[type=text]").all():
        keys.write(page, field, "1.000")
    for box in form.locator("input[type=checkbox]").all():
        keys.tick(page, box)
    keys.go(page, form.locator("button"))
