"""Figures of a day in the browser: taken by the manager, answered for, accepted."""

import datetime as dt

from playwright.sync_api import Page, expect

from tests.browser import keys

COMPUTE_SECONDS = 60


def take(page: Page, day: dt.date) -> None:
    """Have the figures of a day computed, wait for the worker, open them."""
    page.goto("/figures/")
    keys.date(page, page.locator("[name=as_of]"), day)
    keys.go(page, page.locator("main form button"))
    fresh = page.locator("main li", has=page.locator(f'time[datetime="{day}"]'))
    for _ in range(COMPUTE_SECONDS):
        if fresh.count():
            break
        page.wait_for_timeout(1000)
        page.goto("/figures/")
    keys.go(page, fresh.get_by_role("link"))


def say(page: Page, act: str, text: str) -> None:
    """Make a step with the open figures, and say something with it."""
    keys.write(page, page.locator("[name=text]"), text)
    keys.go(page, page.locator(f'button[formaction$="/{act}/"]'))
    expect(page.locator(".messages")).to_be_visible()
