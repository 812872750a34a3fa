"""Marta enters a home and asks to buy it, Paolo approves; Elena explains what the bank wrote."""

import uuid

import pytest
from playwright.sync_api import FilePayload, Page, expect

from backend.core.cast import FINANCE, MANAGER, SECOND_MANAGER
from backend.demo.people import ORDINARY_IBAN
from backend.demo.theatre import Ports
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Transfer
from tests.browser import bank, keys
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser

# A demo that runs already has seen the homes and senders of the last time.
RUN = uuid.uuid4().hex[:6]
CODE = f"M9-{RUN}-1"
PAPER: FilePayload = {
    "name": "planimetria.pdf",
    "mimeType": "application/pdf",
    "buffer": f"%PDF-1.7 planimetria {RUN} (sintetica)".encode(),
}
UNKNOWN = f"Persona sconosciuta {RUN} (sintetica)"


class TestPurchase:
    def test_is_asked_for_by_one_and_approved_by_another(
        self, as_person: Enter, look: Look
    ) -> None:
        marta = as_person(MANAGER)
        _enter_home(marta)
        look(marta)
        _begin_purchase(marta, look)
        keys.go(marta, marta.locator('form[action$="/ask/"] button'))

        paolo = as_person(SECOND_MANAGER)
        paolo.goto("/day/")
        keys.go(paolo, paolo.get_by_role("link", name=CODE).first)
        look(paolo)
        keys.go(paolo, paolo.locator("article", has_text=CODE).locator(".button"))

        expect(paolo.locator(".messages")).to_be_visible()
        expect(paolo.locator("article", has_text=CODE)).to_have_count(0)
        marta.reload()
        expect(marta.locator('form[action$="/ask/"]')).to_have_count(0)

    def test_may_be_one_of_the_past(self, as_person: Enter, look: Look) -> None:
        page = as_person(MANAGER)
        page.goto("/homes/new/")
        keys.go(page, page.locator("main .button"))

        expect(page.locator(".error-summary")).to_be_visible()
        look(page)
        _fill_home(page, f"M9-{RUN}-2")
        keys.go(page, page.locator('a[href$="/past-purchase/"]'))
        look(page)


class TestHome:
    def test_keeps_its_papers_and_tells_of_its_works(self, as_person: Enter, look: Look) -> None:
        page = as_person(MANAGER)
        page.goto("/homes/")
        keys.go(page, page.get_by_role("link", name="M1-04"))

        fold = page.locator("#papers details").first
        keys.unfold(page, fold)
        keys.write(page, fold.locator("[name=title]"), f"Planimetria {RUN} (sintetica)")
        keys.hand_in(page, fold.locator("[name=file]"), PAPER)
        keys.go(page, fold.locator("button"))

        with page.expect_download() as download:
            keys.press(page, page.get_by_role("link", name=f"Planimetria {RUN}"))
        assert download.value.path().read_bytes() == PAPER["buffer"]
        keys.go(page, page.locator("#works li a").first)
        look(page)


class TestStatement:
    def test_is_handed_in_and_its_odd_line_explained_by_hand(
        self, as_person: Enter, look: Look, ports: Ports
    ) -> None:
        page = _at_odd_line(as_person, ports, UNKNOWN)
        look(page)
        form = page.locator("form", has=page.locator("[name=reason]")).last
        keys.choose(page, form.locator("[name=fund]"), "Mezzi propri")
        told = {"payer": "Una vicina", "reason": "Offerta libera di una vicina."}
        keys.fill(page, form, told)
        keys.go(page, form.locator("button"))

        expect(page.locator(".messages")).to_be_visible()
        page.goto("/treasury/lines/")
        expect(page.get_by_role("link", name=UNKNOWN)).to_have_count(0)

    def test_explained_wrongly_is_undone_from_the_message(
        self, as_person: Enter, look: Look, ports: Ports
    ) -> None:
        page = _at_odd_line(as_person, ports, f"{UNKNOWN} 3")
        address = page.url
        form = page.locator("form", has=page.locator("[name=reason]")).last
        keys.choose(page, form.locator("[name=fund]"), "Mezzi propri")
        keys.fill(page, form, {"payer": "Una vicina", "reason": "Offerta libera."})
        keys.go(page, form.locator("button"))
        look(page)

        keys.go(page, page.locator(".messages").get_by_role("button", name="Annulla"))

        assert page.url == address
        expect(page.locator(".messages")).not_to_contain_text("spiegato")
        expect(page.locator("[name=payer]")).to_be_visible()
        look(page)

    def test_with_one_transfer_for_two_things_is_split(
        self, as_person: Enter, look: Look, ports: Ports
    ) -> None:
        page = _at_odd_line(as_person, ports, f"{UNKNOWN} 2")
        keys.go(page, page.locator('a[href$="/split/"]'))
        look(page)

        for number, amount in enumerate(("100", "23")):
            keys.write(page, page.locator(f"[name=form-{number}-amount]"), amount)
            keys.choose(page, page.locator(f"[name=form-{number}-fund]"), "Mezzi propri")
            keys.write(page, page.locator(f"[name=form-{number}-payer]"), f"Vicina {number}")
        keys.write(page, page.locator("[name=reason]"), "Due vicine, un bonifico solo.")
        keys.go(page, page.locator("main .button"))

        expect(page.locator("main")).to_contain_text("Due vicine, un bonifico solo.")

    def test_that_is_none_is_refused_whole(self, as_person: Enter, look: Look) -> None:
        page = as_person(FINANCE)

        odd = FilePayload(name="foto.xml", mimeType="text/xml", buffer=b"<not-a-statement/>")
        bank.hand_in(page, odd)

        expect(page.locator(".error-summary")).to_be_visible()
        look(page)


class TestAuthority:
    def test_gets_a_file_that_is_kept(self, as_person: Enter, look: Look) -> None:
        page = as_person(MANAGER)
        page.goto("/desk/regulator/")
        look(page)
        with page.expect_download() as download:
            keys.press(page, page.locator('form[action*="/regulator/"] button').first)
        written = download.value.path().read_bytes()
        page.reload()

        with page.expect_download() as again:
            keys.press(page, page.locator('a[href*="/made/"]').first)
        assert again.value.path().read_bytes() == written


class TestDifference:
    def test_ends_with_a_reason(self, as_person: Enter, look: Look) -> None:
        page = as_person(MANAGER)
        keys.go(page, page.get_by_role("link", name="Meno del previsto").first)

        fold = page.locator("main details", has_text="Non arriverà")
        keys.unfold(page, fold)
        keys.write(page, fold.locator("[name=reason]"), "Accordo scritto con la famiglia.")
        keys.go(page, fold.locator("button"))

        expect(page.locator("main")).to_contain_text("Accordo scritto con la famiglia.")
        look(page)


def _fill_home(page: Page, code: str) -> None:
    address = "Via dei Mattoni Verdi 9, Torino (indirizzo inventato)"
    told = {"code": code, "address": address, "rooms": "2", "area_m2": "45"}
    keys.fill(page, page.locator("main form"), told)
    keys.go(page, page.locator("main .button"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)


def _enter_home(page: Page) -> None:
    page.goto("/homes/")
    keys.go(page, page.locator("main .button"))
    _fill_home(page, CODE)


def _begin_purchase(page: Page, look: Look) -> None:
    keys.go(page, page.locator('a[href$="/purchase/"]'))
    look(page)
    fund = page.locator("[name=fund]")
    keys.choose(page, fund, fund.locator("option").nth(1).inner_text())
    keys.fill(page, page.locator("main form"), {"base_price": "20.000", "max_price": "25.000"})
    keys.go(page, page.locator("main .button"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(CODE)


def _at_odd_line(as_person: Enter, ports: Ports, sender: str) -> Page:
    """Elena hands in what the bank wrote, and opens the line of somebody whom nobody expects."""
    page = as_person(FINANCE)
    bank.hand_in(page, bank.statement(ports, _odd_transfer(sender)))
    keys.go(page, page.locator("main tbody a").first)
    keys.go(page, page.get_by_role("link", name=sender, exact=True))
    return page


def _odd_transfer(sender: str) -> Transfer:
    return Transfer(
        account=ORDINARY_IBAN,
        amount="123.00",
        name=sender,
        iban=synthetic_iban(9_901),
        text="per voi",
        key=f"browser-{sender}",
    )
