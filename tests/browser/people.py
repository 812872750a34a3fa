"""Who sits at the browser: a visitor or one of the demo's cast, in a language."""

import datetime as dt
from urllib.parse import urljoin

from playwright.sync_api import BrowserContext, Page

from backend.core.cast import (
    ADMINISTRATOR,
    AUDITOR,
    CASEWORKER,
    CITY_REVIEWER,
    FINANCE,
    INVESTOR,
    MANAGER,
    Person,
)

# One per role of the cast.
WALKERS: dict[str, Person | None] = {
    "visitor": None,
    **{
        str(person.role): person
        for person in (
            INVESTOR,
            MANAGER,
            FINANCE,
            CASEWORKER,
            CITY_REVIEWER,
            AUDITOR,
            ADMINISTRATOR,
        )
    },
}


def enter(page: Page, person: Person) -> None:
    """Log in with one click, as the demo offers; ends on the person's home page."""
    page.goto("/login/")
    page.locator(f'button[value="{person.email}"]').click()
    page.wait_for_load_state()


def speak(context: BrowserContext, site: str, language: str) -> None:
    """Let the site answer in this language from now on, as its language button does."""
    root = urljoin(site, "/")
    context.add_cookies([{"name": "django_language", "value": language, "url": root}])


def today(page: Page) -> dt.date:
    """The demo's own day, which stands on every page."""
    return dt.date.fromisoformat(page.locator(".demo-day time").get_attribute("datetime") or "")
