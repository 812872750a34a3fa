"""Every page × every role × both languages, wide and narrow, light and dark, in a real browser."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from backend.core.cast import INVESTOR
from tests.browser import people, walk
from tests.browser.conftest import Enter, Look
from tests.browser.people import WALKERS
from tests.browser.verdict import Judge, Listener
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser
LANGUAGES = ("it", "en")
OWN_LINKS = "all => all.filter(a => a.origin === location.origin).map(a => a.href)"
LOGIN = "/login/"
HERE = Path(__file__).parent
FETCH = "path => fetch(path).then(answer => answer.blob()).then(() => null)"
STARTS = ("/", "/home/", LOGIN)


@dataclass
class Inspection:
    """One person's walk over the site in one language."""

    page: Page
    language: str
    judge: Judge
    walk: Walk = field(default_factory=lambda: Walk([*STARTS]))
    listener: Listener = field(init=False)

    def __post_init__(self) -> None:
        self.listener = Listener(self.page)

    def run(self) -> list[str]:
        """Everything that is wrong anywhere, each with its address."""
        people.speak(self.page.context, self.page.url, self.language)
        return [
            f"{path}: {each}"
            for path in self.walk
            for each in (*self._of(path), *self.listener.take())
        ]

    def _of(self, path: str) -> list[str]:
        if self._is_file(path):
            return []
        answer = self.page.goto(path)
        assert answer is not None
        if self._is_turned_away(path, answer.status):
            self.walk.turn_away(path)
            self.listener.take()
            return []
        self.walk.add(self.page.locator("a[href]").evaluate_all(OWN_LINKS), of=path)
        return self.judge.of(self.page, self.language)

    def _is_file(self, path: str) -> bool:
        """Whether the address answers with something to keep, which no page shows."""
        if walk.name_of(path) in self.judge.pages:
            return False
        answer = self.page.request.head(path)
        if not answer.ok:
            return False
        if answer.headers.get("content-type", "").startswith("text/html"):
            self.judge.pages.add(walk.name_of(path))
            return False
        self.page.evaluate(FETCH, path)
        return True

    def _is_turned_away(self, path: str, status: int) -> bool:
        """To the login, or from what a mail to somebody else links to."""
        if path in self.walk.mailed and status in (403, 404):
            return True
        return path != LOGIN and urlsplit(self.page.url).path == LOGIN


class TestPages:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("role", WALKERS)
    def test_are_fit_to_be_seen(
        self, role: str, language: str, as_person: Enter, judge: Judge
    ) -> None:
        inspection = Inspection(as_person(WALKERS[role]), language, judge)

        wrong = inspection.run()

        assert wrong == [], "\n".join([f"{len(wrong)} things are wrong:", *wrong])

    @pytest.mark.parametrize("path", ["/nowhere/", "/campaigns/no-such-campaign/", "/day/"])
    def test_that_are_not_there_are_fit_too(self, path: str, as_person: Enter, look: Look) -> None:
        page = as_person(INVESTOR)

        answer = page.goto(path)

        assert answer is not None
        assert answer.status in (403, 404)
        look(page)


class TestRoads:
    def test_lead_to_every_page(self, request: pytest.FixtureRequest, visited: set[str]) -> None:
        """A page that no link and no journey leads to is one that nobody finds."""
        chosen = {item.path.name for item in request.session.items if item.path.parent == HERE}
        if chosen != {each.name for each in HERE.glob("test_*.py")}:
            pytest.skip("only some roads were taken")

        lonely = sorted(walk.expected() - visited)

        assert lonely == [], ", ".join(lonely)
