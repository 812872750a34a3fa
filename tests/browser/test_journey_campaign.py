"""Marta writes a campaign and puts a paper on its page; Paolo approves; the platform's orders come."""

import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from backend.core.cast import MANAGER, SECOND_MANAGER
from tests.browser import keys
from tests.browser.conftest import Enter, Look
from tests.browser.people import today

pytestmark = pytest.mark.browser

RUN = uuid.uuid4().hex[:6]
TAX_CODE = f"SYNTHETIC{int(RUN, 16) % 10**7:07d}"
SLUG = f"mattone-{RUN}"
PAPER: FilePayload = {
    "name": "piano.pdf",
    "mimeType": "application/pdf",
    "buffer": f"%PDF-1.7 piano {RUN} (sintetico)".encode(),
}
TEXTS = {
    "slug": SLUG,
    "title_it": f"Mattone {RUN}",
    "title_en": f"Mattone {RUN}",
    "summary_it": "Due case da comprare (sintetico).",
    "summary_en": "Two homes to buy (synthetic).",
    "risk_it": "Si può perdere tutto.",
    "risk_en": "All can be lost.",
}
SUMS = {
    "price_per_share": "500",
    "min_shares": "1",
    "minimum": "20.000",
    "target": "50.000",
    "maximum": "60.000",
    "pre_campaign_threshold": "5.000",
}
LINE = {
    "lines-0-label_it": "Prezzo delle case",
    "lines-0-label_en": "Price of the homes",
    "lines-0-amount": "50.000",
}

COLUMNS = {
    "order_id": "Ordine",
    "tax_code": "Codice",
    "name": "Cliente",
    "amount": "Somma",
    "shares": "Quote",
    "ordered_at": "Quando",
    "status": "Stato",
    "born_on": "",
    "iban": "",
}


class TestCampaign:
    def test_is_written_and_lists_what_it_lacks(self, as_person: Enter, look: Look) -> None:
        page = as_person(MANAGER)
        keys.go(page, page.locator('nav a[href="/desk/campaigns/"]:visible'))
        keys.go(page, page.locator("main .button"))
        _write(page)
        keys.go(page, page.locator("main .actions .button"))

        expect(page.get_by_role("heading", level=1)).to_contain_text(RUN)
        expect(page.locator("main")).to_contain_text("Scheda")
        look(page)

    def test_shows_its_papers_to_everyone(self, as_person: Enter, look: Look) -> None:
        page = as_person(MANAGER)
        page.goto("/desk/campaigns/mattone-3/page/")
        fold = page.locator("#documents details")
        keys.unfold(page, fold)
        keys.write(page, fold.locator("[name=title]"), f"Piano {RUN} (dimostrativo)")
        keys.hand_in(page, fold.locator("[name=file]"), PAPER)
        keys.go(page, fold.locator("button"))

        visitor = as_person(None)
        visitor.goto("/campaigns/mattone-3/")
        with visitor.expect_download() as download:
            keys.press(visitor, visitor.get_by_role("link", name=f"Piano {RUN}"))

        assert download.value.path().read_bytes() == PAPER["buffer"]


class TestSheet:
    def test_in_a_new_version_leaves_the_old_one_readable(
        self, as_person: Enter, look: Look
    ) -> None:
        page = as_person(MANAGER)
        page.goto("/desk/campaigns/mattone-3/")
        keys.go(page, page.locator('main a[href$="/mattone-3/sheet/"]').first)
        look(page)
        keys.go(page, page.locator("main form:not([action]) .actions button"))
        _declare(page)
        keys.write(page, page.locator("[name=words]"), f"Un refuso corretto {RUN}.")
        keys.press(page, page.locator("[name=is_material]"), "Space")
        keys.go(page, page.locator("main .button"))

        reader = as_person(None)
        reader.goto("/campaigns/mattone-3/")
        keys.go(reader, reader.locator('main a[href$="/mattone-3/sheet/"]').first)
        expect(reader.locator("main")).to_contain_text(RUN)
        keys.go(reader, reader.locator('main a[href$="/sheet/1/"]'))
        look(reader)


class TestNews:
    def test_reach_whoever_follows_and_may_be_stopped(self, as_person: Enter, look: Look) -> None:
        page, reader = as_person(MANAGER), as_person(None)
        address = f"lettrice-{RUN}@example.org"
        _leave_interest(reader, address)
        page.goto("/desk/campaigns/mattone-3/page/")
        fold = page.locator("#news details").last
        keys.unfold(page, fold)
        told = dict.fromkeys(("title_it", "title_en", "body_it", "body_en"), f"Novità {RUN}")
        keys.fill(page, fold, told)
        keys.go(page, fold.locator("button"))

        reader.goto(f"/outbox/?to={address}")
        keys.go(reader, reader.locator("a[href*='/mails/stop/']").first)
        look(reader)
        keys.go(reader, reader.locator("main form button"))

        expect(reader.locator("main")).to_contain_text(address)


class TestOrders:
    def test_of_the_platform_are_tried_before_they_count(
        self, as_person: Enter, look: Look
    ) -> None:
        page = as_person(SECOND_MANAGER)
        page.goto("/desk/campaigns/mattone-2/orders/")
        _name_columns(page)

        _hand_in(page, "un sacco di euro")
        expect(page.locator("main table").first).to_contain_text("Somma")
        look(page)
        _hand_in(page, "500")
        look(page)
        keys.tick(page, page.locator("[name=is_real]"))
        _hand_in(page, "500")

        expect(page.locator("main")).to_contain_text(f"PD-{RUN}")


def _write(page: Page) -> None:
    form = page.locator("main form")
    keys.fill(page, form, TEXTS)
    keys.choose(page, form.locator("[name=platform]"), "Piattaforma dimostrativa (sintetica)")
    keys.fill(page, form, SUMS)
    for name, days in (("opens_on", 30), ("deadline_on", 90)):
        keys.date(page, form.locator(f"[name={name}]"), today(page) + timedelta(days=days))
    keys.fill(page, form, LINE)


def _declare(page: Page) -> None:
    """Each who answers for the sheet says that it is true."""
    said = page.locator("form", has=page.locator('[name=step][value="declare"]'))
    while said.count():
        keys.write(page, said.locator("[name=evidence]"), "Busta 3, armadio dell'ufficio")
        keys.go(page, said.locator("button"))


def _leave_interest(page: Page, address: str) -> None:
    page.goto("/campaigns/mattone-3/")
    keys.fill(page, page.locator("#interest"), {"email": address, "amount": "500"})
    for box in page.locator("#interest input[type=checkbox]").all():
        keys.tick(page, box)
    keys.go(page, page.locator("#interest button"))


def _name_columns(page: Page) -> None:
    fold = page.locator("aside details").first
    keys.unfold(page, fold)
    keys.fill(page, fold, COLUMNS)
    keys.go(page, fold.locator("button"))


def _hand_in(page: Page, amount: str) -> None:
    keys.hand_in(page, page.locator("input[name=file]"), _orders(amount))
    keys.go(page, page.locator("article .button"))


def _orders(amount: str) -> FilePayload:
    """One order as a platform writes it."""
    row = f"PD-{RUN};{TAX_CODE};Mario Rossi (sintetico);{amount};2;2026-07-01 10:00;placed"
    text = f"{';'.join(filter(None, COLUMNS.values()))}\n{row}\n"
    return {"name": "ordini.csv", "mimeType": "text/csv", "buffer": text.encode()}
