"""From figures to what is told of them: Marta takes them, the city accepts and files a dossier, every
investor gets a report and reads it, with the proof of what is theirs."""

import datetime as dt
import uuid

import pytest
from playwright.sync_api import Page, Route, expect

from backend.core.cast import CITY_REVIEWER, INVESTOR, MANAGER
from tests.browser import figures, keys
from tests.browser.conftest import Enter, Look

pytestmark = pytest.mark.browser

RUN = uuid.uuid4().hex[:6]
# Reports are of a quarter's end; the story tells of the next one.
DAY = dt.date(2026, 3, 31)
PROTOCOL = f"PG/2026/{RUN}"
ISSUE_SECONDS = 60
PDF = b"%PDF-"


class TestQuarter:
    def test_ends_with_a_dossier_and_reports(self, as_person: Enter, look: Look) -> None:
        manager, city, investor = as_person(MANAGER), as_person(CITY_REVIEWER), as_person(INVESTOR)
        figures.take(manager, DAY)
        figures.say(manager, "submit", "")
        city.goto("/figures/")
        keys.go(city, city.locator(".card-key a"))
        figures.say(city, "accept", "Confrontati con i nostri atti.")
        manager.reload()
        figures.say(manager, "publish", "")

        _file(city, look)
        _issue(manager, look)
        investor.goto("/my-home/")
        expect(investor.locator("main h3 a[href*='/reports/']")).not_to_have_count(0)


class TestLongWork:
    """The page's own manners while it follows a work, whatever the worker does: answers made up here."""

    def test_is_read_aloud_at_the_end_and_not_asked_after_any_more(self, as_person: Enter) -> None:
        page, asked = self._at_work(as_person, ["running", "done"])

        expect(page.locator("[data-said]").first).to_have_text("2 di 2.")
        page.wait_for_timeout(4000)
        assert len(asked) == 2
        expect(page.get_by_role("link", name="Guarda di nuovo").first).to_be_hidden()

    def test_that_nobody_tells_of_any_more_says_so(self, as_person: Enter) -> None:
        page, _asked = self._at_work(as_person, [])

        expect(page.locator("[data-said]").first).to_contain_text(
            "Nessuna risposta", timeout=60_000
        )
        expect(page.get_by_role("link", name="Guarda di nuovo").first).to_be_visible()

    def _at_work(self, as_person: Enter, states: list[str]) -> tuple[Page, list[str]]:
        """The page of the reports, its first work still running; then the states, then no answer."""
        page, asked = as_person(MANAGER), list[str]()

        def begin(route: Route) -> None:
            answer = route.fetch()
            body = answer.text().replace('data-state="done"', 'data-state="running"', 1)
            again = '<p class="work-again"><a href="/reports/">Guarda di nuovo</a></p>'
            body = body.replace("data-said></p>", f"data-said></p>{again}", 1)
            route.fulfill(response=answer, body=body)

        def answer(route: Route) -> None:
            asked.append(route.request.url)
            if len(asked) > len(states):
                route.abort()
                return
            told = f'<div data-state="{states[len(asked) - 1]}"><strong data-sentence>'
            route.fulfill(body=f"{told}{len(asked)} di 2.</strong></div>")

        page.route("**/reports/", begin)
        page.route("**/work/**", answer)
        page.goto("/reports/")
        return page, asked


class TestReport:
    def test_is_read_and_kept(self, as_person: Enter, look: Look) -> None:
        page = as_person(INVESTOR)
        page.goto("/my-home/")
        keys.go(page, page.locator("main h3 a[href*='/reports/']").first)

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        look(page)
        with page.expect_download() as table:
            keys.press(page, page.locator('main a[href$="/csv/"]').first)
        assert table.value.path().read_text().count("\n") > 5
        assert _shown(page, 'main a[href$="/pdf/"]').startswith(PDF)

    def test_stands_beside_the_proof_of_what_is_theirs(self, as_person: Enter, look: Look) -> None:
        page = as_person(INVESTOR)
        page.goto("/my-home/")
        keys.go(page, page.locator("main a[href*='/statement']").first)

        look(page)
        assert _shown(page, 'main a[href*="/certificates/"]').startswith(PDF)


def _file(page: Page, look: Look) -> None:
    """The city files what it accepted under its own number, and prints it."""
    keys.go(page, page.locator('a[href$="/dossier/"]'))
    look(page)
    keys.write(page, page.locator("[name=protocol]"), PROTOCOL)
    keys.go(page, page.locator("main .button"))
    expect(page.locator("main")).to_contain_text(PROTOCOL)
    look(page)
    assert _shown(page, 'main a[href$="/pdf/"]').startswith(PDF)


def _issue(page: Page, look: Look) -> None:
    """Marta has the reports made; the worker makes them, and the page says how far it is."""
    page.goto("/reports/")
    look(page)
    card = page.locator("article", has=page.locator(f'time[datetime="{DAY}"]'))
    keys.go(page, card.locator("button"))
    # Nobody reloads the page: it follows the worker by itself.
    over = card.locator('[data-state="done"]')
    expect(over).to_be_visible(timeout=1000 * ISSUE_SECONDS)
    look(page)
    page.goto("/reports/")
    expect(card.locator("button")).to_have_count(0)
    look(page)


def _shown(page: Page, link: str) -> bytes:
    """The document that a link opens where one reads."""
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as opened:
        keys.press(page, page.locator(link).first)
    return page.request.get(opened.value.url).body()
