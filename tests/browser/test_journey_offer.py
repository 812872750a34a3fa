"""An offer from its first word to its opening: Marta writes it, people want it, Paolo agrees twice."""

import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from backend.core.cast import INVESTOR, MANAGER, SECOND_MANAGER
from tests.browser import keys
from tests.browser.conftest import Enter, Look
from tests.browser.people import today

pytestmark = pytest.mark.browser

RUN = uuid.uuid4().hex[:6]
SLUG = f"insieme-{RUN}"
TITLE = f"Insieme {RUN}"
DESK = f"/desk/campaigns/{SLUG}/"
TEXTS = {
    "slug": SLUG,
    "title_it": TITLE,
    "title_en": TITLE,
    "summary_it": "Due case da comprare (sintetico).",
    "summary_en": "Two homes to buy (synthetic).",
    "risk_it": "Si può perdere tutto.",
    "risk_en": "All can be lost.",
}
SUMS = {
    "price_per_share": "500",
    "nominal_per_share": "100",
    "capital_before": "40.000",
    "min_shares": "1",
    "minimum": "20.000",
    "target": "50.000",
    "maximum": "60.000",
    "pre_campaign_threshold": "500",
}
LINE = {
    "lines-0-label_it": "Prezzo delle case",
    "lines-0-label_en": "Price of the homes",
    "lines-0-amount": "50.000",
}
HERE = "Ordini e denaro si raccolgono qui"
CHOSEN = ("restricted_account", "ordinary_account", "own_fund")
PERSON = {"persons-0-name": "Marta Fittizia", "persons-0-function": "Amministratrice"}


class TestOffer:
    def test_is_written_approved_wanted_and_opened(self, as_person: Enter, look: Look) -> None:
        marta, paolo, visitor = as_person(MANAGER), as_person(SECOND_MANAGER), as_person(None)
        _write(marta)
        _write_sheet(marta, look)
        _step(marta, "in_review")
        look(marta)

        _agree(paolo, look)
        _leave_interest(visitor, look)
        _step(marta, "open")
        _agree(paolo, look)

        visitor.goto(f"/campaigns/{SLUG}/")
        expect(visitor.locator("main .button").first).to_have_attribute(
            "href", f"/campaigns/{SLUG}/pledge/"
        )
        investor = as_person(INVESTOR)
        investor.goto("/campaigns/")
        keys.go(investor, investor.get_by_role("link", name=TITLE))
        look(investor)


def _write(page: Page) -> None:
    """The whole form, from the list of her campaigns."""
    keys.go(page, page.locator('nav a[href="/desk/campaigns/"]:visible'))
    keys.go(page, page.locator("main .button"))
    form = page.locator("main form")
    keys.fill(page, form, TEXTS | SUMS)
    for name, days in (("opens_on", 0), ("deadline_on", 60)):
        keys.date(page, form.locator(f"[name={name}]"), today(page) + timedelta(days=days))
    keys.choose(page, form.locator("[name=mode]"), HERE)
    for name in CHOSEN:
        field = form.locator(f"[name={name}]")
        keys.choose(page, field, field.locator("option").nth(1).inner_text())
    keys.fill(page, form, LINE)
    keys.go(page, page.locator("main .actions .button"))


def _write_sheet(page: Page, look: Look) -> None:
    """Every point in both languages, who answers for it, and that she declares it."""
    page.goto(f"{DESK}sheet/")
    look(page)
    form = page.locator("form", has=page.locator("textarea"))
    for number, field in enumerate(form.locator("textarea").all()):
        keys.write(page, field, f"Punto {number} (sintetico).")
    keys.fill(page, form, PERSON)
    keys.go(page, form.locator(".actions button"))
    declared = page.locator("form", has=page.locator('[value="declare"]'))
    keys.write(page, declared.locator("[name=evidence]"), "Busta 3, armadio dell'ufficio")
    keys.go(page, declared.locator("button"))


def _step(page: Page, to: str) -> None:
    """The next step on the campaign's desk, which waits for a second person."""
    page.goto(DESK)
    form = page.locator("form", has=page.locator(f'[name=to][value="{to}"]'))
    keys.go(page, form.locator("button"))
    expect(page.locator(".messages")).to_be_visible()


def _agree(page: Page, look: Look) -> None:
    """Paolo sees it among what waits for him, and approves."""
    page.goto("/approvals/")
    asked = page.locator("article", has_text=TITLE)
    look(page)
    keys.go(page, asked.locator(".button"))
    expect(asked).to_have_count(0)


def _leave_interest(page: Page, look: Look) -> None:
    page.goto(f"/campaigns/{SLUG}/")
    look(page)
    told = {"email": f"vicina-{RUN}@example.org", "amount": "500"}
    keys.fill(page, page.locator("#interest"), told)
    for box in page.locator("#interest input[type=checkbox]").all():
        keys.tick(page, box)
    keys.go(page, page.locator("#interest button"))
