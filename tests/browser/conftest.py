"""The site, one Chromium, and a fresh browser window per test."""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright

from backend.core.cast import Person
from backend.demo.theatre import Ports
from tests.browser import people, site, walk
from tests.browser.verdict import WIDE, Judge

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium here: install one (apt-get install chromium) or name it with CHROMIUM=/path"
WAIT_MILLISECONDS = 20_000

Enter = Callable[[Person | None], Page]
Look = Callable[[Page], None]


@pytest.fixture(scope="session")
def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip(MISSING)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=WAIT_MILLISECONDS)
    with sync_playwright() as playwright:
        # A container's /dev/shm is small, and as root Chromium has no sandbox.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        opened = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def ports(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    """Where the told demo and its stand-ins answer."""
    with site.running(tmp_path_factory.mktemp("site") / "demo.log") as found:
        yield found


@pytest.fixture
def windows(browser: Browser, ports: Ports) -> Iterator[Callable[[], BrowserContext]]:
    """Opens windows that share nothing, and shuts them all afterwards."""
    opened: list[BrowserContext] = []

    def open_one() -> BrowserContext:
        # Reduced motion: a colour on its way from one theme to the other is no colour to judge.
        context = browser.new_context(
            base_url=ports.site,
            locale="it-IT",
            timezone_id="Europe/Rome",
            viewport=WIDE,
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        context.add_init_script(AXE_SCRIPT)  # a policy of ours does not see it come
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def as_person(windows: Callable[[], BrowserContext], visited: set[str]) -> Enter:
    """A window of its own in which this person is logged in; None is a visitor."""

    def enter(person: Person | None) -> Page:
        page = windows().new_page()
        page.on("response", lambda answer: visited.update(_opened(answer)))
        page.goto("/")
        if person:
            people.enter(page, person)
        return page

    return enter


def _opened(answer: Response) -> set[str]:
    """The page that was opened, if it was: not one that asked to log in first, or refused."""
    is_open = answer.status < 400 and "/login/" not in answer.headers.get("location", "")
    return {walk.name_of(urlsplit(answer.url).path)} if is_open else set()


@pytest.fixture(scope="session")
def visited() -> set[str]:
    """The names of all pages that were opened, by whomever."""
    return set()


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge()


@pytest.fixture
def look(judge: Judge) -> Look:
    """Stops on a road and sees whether the page there is fit to be seen."""

    def judged(page: Page) -> None:
        wrong = judge.of(page, "it")
        assert wrong == [], "\n".join([page.url, *wrong])

    return judged
