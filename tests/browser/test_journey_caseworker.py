"""Samir plans a call, writes down what was done, opens a name with the reason that asks for it, and
gives the keys of a home."""

import datetime as dt
import uuid

import pytest
from playwright.sync_api import Locator, Page, expect

from backend.core.cast import CASEWORKER
from tests.browser import keys
from tests.browser.conftest import Enter, Look
from tests.browser.people import today

pytestmark = pytest.mark.browser

STEP = "Chiamare per la bolletta"
# A demo that runs already has taken in the household of the last time.
RUN = uuid.uuid4().hex[:6]
CODE = f"F-{RUN}"
HOME = "M1-08"


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


class TestTenancy:
    def test_begins_with_the_keys_and_ends_with_the_reason(
        self, as_person: Enter, look: Look
    ) -> None:
        page = as_person(CASEWORKER)
        _take_in(page, look)
        day = today(page)

        form = _unfolded(page, "/tenancy/")
        home = form.locator("[name=unit]")
        keys.choose(page, home, HOME)
        told = {"contract_no": f"C-{RUN}", "rent": "210", "charges_monthly": "30"}
        keys.fill(page, form, told)
        keys.date(page, form.locator("[name=starts_on]"), day)
        keys.go(page, form.locator("button"))

        lived = page.locator("article", has=page.get_by_role("heading", name=HOME))
        expect(lived).to_contain_text("210,00")
        look(page)
        ended = _unfolded(page, "/end/")
        keys.date(page, ended.locator("[name=on]"), day + dt.timedelta(days=1))
        keys.choose(page, ended.locator("[name=code]"), "in un alloggio privato")
        keys.write(page, ended.locator("[name=reason]"), "Altra casa trovata")
        keys.go(page, ended.locator("button"))
        expect(lived).to_contain_text("Altra casa trovata")


def _take_in(page: Page, look: Look) -> None:
    """A household of two that somebody sent."""
    page.goto("/households/")
    keys.go(page, page.locator("main .button").first)
    look(page)
    form = page.locator("main form")
    keys.fill(page, form, {"code": CODE, "referred_by": "Sportello casa (sintetico)"})
    keys.date(page, form.locator("[name=referred_on]"), today(page))
    keys.fill(page, form, {"people_35_54": "2"})
    keys.go(page, form.locator("button").last)
    expect(page.get_by_role("heading", level=1)).to_contain_text(CODE)
