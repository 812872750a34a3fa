"""The pictures of the docs, taken of the pages as they are: PICTURES=1 make test-browser ARGS=-kpictures."""

import os

import pytest
from playwright.sync_api import ViewportSize

from backend.core.cast import CITY_REVIEWER, FINANCE, INVESTOR, Person
from backend.embedded import BASE_DIR
from tests.browser import people
from tests.browser.conftest import Enter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("PICTURES"), reason="asked for with PICTURES=1"),
]

FOLDER = BASE_DIR / "docs" / "pictures"
SIZE: ViewportSize = {"width": 1280, "height": 1080}
# Each begins on the person's home page and follows a link, as a reader would.
PICTURES: dict[str, tuple[Person | None, str]] = {
    "campaign": (None, "main a[href$='/mattone-1/']"),
    "investor": (INVESTOR, "nav a[href='/my-home/']:visible"),
    "report": (INVESTOR, "main h3 a[href*='/reports/']"),
    "money": (FINANCE, "nav a[href='/treasury/']:visible"),
    "figures": (CITY_REVIEWER, "main li a[href*='/figures/']"),
}


class TestPictures:
    @pytest.mark.parametrize("name", PICTURES)
    def test_are_taken_in_english_by_day(self, name: str, as_person: Enter) -> None:
        person, link = PICTURES[name]
        page = as_person(person)
        people.speak(page.context, page.url, "en")
        page.set_viewport_size(SIZE)
        page.goto("/home/" if person else "/campaigns/")

        page.locator(link).first.click()
        page.wait_for_load_state("networkidle")

        page.screenshot(path=FOLDER / f"{name}.png")
