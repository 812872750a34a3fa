"""The site, one Chromium, and a fresh browser window per test."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from backend.core.cast import Person
from tests.browser import people, site
from tests.browser.verdict import WIDE

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium here: install one (apt-get install chromium) or name it with CHROMIUM=/path"
WAIT_MILLISECONDS = 20_000

Enter = Callable[[Person | None], Page]


@pytest.fixture(scope="session")
def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip(MISSING)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # A container's /dev/shm is small, and as root Chromium has no sandbox.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        opened = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the told demo answers."""
    with site.running(tmp_path_factory.mktemp("site") / "demo.log") as found:
        yield found


@pytest.fixture
def windows(browser: Browser, address: str) -> Iterator[Callable[[], BrowserContext]]:
    """Opens windows that share nothing, and shuts them all afterwards."""
    opened: list[BrowserContext] = []

    def open_one() -> BrowserContext:
        # Reduced motion: a colour on its way from one theme to the other is no colour to judge.
        context = browser.new_context(
            base_url=address,
            locale="it-IT",
            timezone_id="Europe/Rome",
            viewport=WIDE,
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def as_person(windows: Callable[[], BrowserContext]) -> Enter:
    """A window of its own in which this person is logged in; None is a visitor."""

    def enter(person: Person | None) -> Page:
        page = windows().new_page()
        page.goto("/")
        if person:
            people.enter(page, person)
        return page

    return enter
