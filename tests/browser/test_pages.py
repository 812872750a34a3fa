"""Every page × every role × both languages, wide and narrow, light and dark, in a real browser."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser import people, walk
from tests.browser.conftest import Enter
from tests.browser.people import WALKERS
from tests.browser.verdict import Judge, Listener
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser
LANGUAGES = ("it", "en")
OWN_LINKS = "all => all.filter(a => a.origin === location.origin).map(a => a.href)"
LOGIN = "/login/"
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
        self.judge.prepare(self.page)
        people.speak(self.page.context, self.page.url, self.language)
        return [
            f"{path}: {each}"
            for path in self.walk
            for each in (*self._of(path), *self.listener.take())
        ]

    def _of(self, path: str) -> list[str]:
        if walk.is_file(path):
            status = self.page.request.get(path).status
            return [] if status == 200 else [f"{status} for a file"]
        answer = self.page.goto(path)
        assert answer is not None
        if self._is_turned_away(path, answer.status):
            self.walk.turn_away(path)
            self.listener.take()
            return []
        self.walk.add(self.page.locator("a[href]").evaluate_all(OWN_LINKS), of=path)
        return self.judge.of(self.page, self.language)

    def _is_turned_away(self, path: str, status: int) -> bool:
        """To the login, or from what a mail to somebody else links to."""
        if path in self.walk.mailed and status in (403, 404):
            return True
        return path != LOGIN and urlsplit(self.page.url).path == LOGIN


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge()


@pytest.fixture(scope="session")
def reached() -> dict[str, set[str]]:
    """The names of the pages that each role's walks reached."""
    return {}


class TestPages:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("role", WALKERS)
    def test_are_fit_to_be_seen(
        self, role: str, language: str, as_person: Enter, judge: Judge, reached: dict[str, set[str]]
    ) -> None:
        inspection = Inspection(as_person(WALKERS[role]), language, judge)

        wrong = inspection.run()

        reached.setdefault(role, set()).update(inspection.walk.taken)
        assert wrong == [], "\n".join([f"{len(wrong)} things are wrong:", *wrong])

    def test_are_all_reached_by_links(self, reached: dict[str, set[str]]) -> None:
        """A page that no link leads to is one that nobody finds."""
        if reached.keys() != WALKERS.keys():
            pytest.skip("only some roles walked")

        assert walk.expected() - set().union(*reached.values()) == set()
