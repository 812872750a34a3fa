"""Marta enters a home and asks to buy it, Paolo approves; Elena explains what the bank wrote."""

import uuid

import pytest
from playwright.sync_api import FilePayload, Page, expect

from backend.core.cast import FINANCE, MANAGER, SECOND_MANAGER
from backend.demo.client import Client, close_lines
from backend.demo.outside import Outside
from backend.demo.people import ORDINARY_IBAN
from backend.demo.theatre import Ports
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Transfer
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser

# A demo that runs already has seen the homes and senders of the last time.
RUN = uuid.uuid4().hex[:6]
CODE = f"M9-{RUN}-1"
UNKNOWN = f"Persona sconosciuta {RUN} (sintetica)"


class TestPurchase:
    def test_is_asked_for_by_one_and_approved_by_another(
        self, as_person: Enter, look: Look
    ) -> None:
        marta = as_person(MANAGER)
        _enter_home(marta)
        look(marta)
        _begin_purchase(marta, look)
        marta.locator('form[action$="/ask/"] button').click()

        paolo = as_person(SECOND_MANAGER)
        paolo.goto("/day/")
        paolo.get_by_role("link", name=CODE).first.click()
        look(paolo)
        paolo.locator("article", has_text=CODE).locator(".button").click()

        expect(paolo.locator(".messages")).to_be_visible()
        expect(paolo.locator("article", has_text=CODE)).to_have_count(0)
        marta.reload()
        expect(marta.locator('form[action$="/ask/"]')).to_have_count(0)

    def test_may_be_one_of_the_past(self, as_person: Enter, look: Look) -> None:
        page = as_person(MANAGER)
        page.goto("/homes/new/")
        page.locator("main .button").click()

        expect(page.locator(".error-summary")).to_be_visible()
        look(page)
        _fill_home(page, f"M9-{RUN}-2")
        page.locator('a[href$="/past-purchase/"]').click()
        look(page)


class TestStatement:
    def test_is_handed_in_and_its_odd_line_explained_by_hand(
        self, as_person: Enter, look: Look, ports: Ports
    ) -> None:
        page = as_person(FINANCE)
        page.goto("/treasury/statements/")
        page.set_input_files("input[type=file]", _statement_with_odd_line(ports))
        page.locator("main .button").click()

        page.locator("main tbody a").first.click()
        page.get_by_role("link", name=UNKNOWN).click()
        look(page)
        form = page.locator("form", has=page.locator("[name=reason]")).last
        form.locator("[name=fund]").select_option(label="Mezzi propri")
        form.locator("[name=payer]").fill("Una vicina")
        form.locator("[name=reason]").fill("Offerta libera di una vicina.")
        form.locator("button").click()

        expect(page.locator(".messages")).to_be_visible()
        page.goto("/treasury/lines/")
        expect(page.get_by_role("link", name=UNKNOWN)).to_have_count(0)

    def test_that_is_none_is_refused_whole(self, as_person: Enter, look: Look) -> None:
        page = as_person(FINANCE)
        page.goto("/treasury/statements/")

        odd = FilePayload(name="foto.xml", mimeType="text/xml", buffer=b"<not-a-statement/>")
        page.set_input_files("input[type=file]", odd)
        page.locator("main .button").click()

        expect(page.locator(".error-summary")).to_be_visible()
        look(page)


class TestDifference:
    def test_ends_with_a_reason(self, as_person: Enter, look: Look) -> None:
        page = as_person(MANAGER)
        page.get_by_role("link", name="Meno del previsto").first.click()

        page.locator("main summary", has_text="Non arriverà").click()
        page.locator("main [name=reason]:visible").fill("Accordo scritto con la famiglia.")
        page.locator("main details[open] form button").click()

        expect(page.locator("main")).to_contain_text("Accordo scritto con la famiglia.")
        look(page)


def _fill_home(page: Page, code: str) -> None:
    page.locator("[name=code]").fill(code)
    page.locator("[name=address]").fill("Via dei Mattoni Verdi 9, Torino (indirizzo inventato)")
    page.locator("[name=rooms]").fill("2")
    page.locator("[name=area_m2]").fill("45")
    page.locator("main .button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)


def _enter_home(page: Page) -> None:
    page.goto("/homes/")
    page.locator("main .button").click()
    _fill_home(page, CODE)


def _begin_purchase(page: Page, look: Look) -> None:
    page.locator('a[href$="/purchase/"]').click()
    look(page)
    page.locator("[name=fund]").select_option(index=1)
    page.locator("[name=base_price]").fill("20.000")
    page.locator("[name=max_price]").fill("25.000")
    page.locator("main .button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(CODE)


def _statement_with_odd_line(ports: Ports) -> FilePayload:
    """What the bank writes after somebody sent money that nobody expects."""
    outside = Outside(Client(ports.bank_url), Client(ports.stripe_url))
    before = {each.name for each in outside.statements([ORDINARY_IBAN], known=())}
    outside.send([_odd_transfer()])
    (written,) = outside.statements([ORDINARY_IBAN], known=before)
    close_lines()
    return {"name": f"{written.name}.xml", "mimeType": "text/xml", "buffer": written.content}


def _odd_transfer() -> Transfer:
    return Transfer(
        account=ORDINARY_IBAN,
        amount="123.00",
        name=UNKNOWN,
        iban=synthetic_iban(9_901),
        text="per voi",
        key=f"browser-{RUN}",
    )
