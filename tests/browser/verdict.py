"""What is wrong with a page as the browser shows it, in sentences; nothing when it is fit to be seen.

Judged: requests and console, language, one main heading, no sideways scroll at 320 px, and axe-core
(WCAG 2.2 AA and its best practices).
"""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import ConsoleMessage, Page, Request, Response, ViewportSize

Theme = Literal["light", "dark"]

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 700}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (tags) => {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: tags});
  return found.violations.map(v => `${v.id}: ${v.help}: ` +
    v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + n.html.slice(0, 120)).join(" | "));
}"""
# What differs in each answer without being content.
NOISE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|<time[^>]*>')
# What is folded away is part of the page.
DOUBLE_IDS = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  return [...new Set(ids.filter((id, n) => ids.indexOf(id) !== n))];
}"""
# What a page does when its width changes is done by then, however busy the machine is.
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
OPEN_ALL = "() => document.querySelectorAll('details').forEach(each => { each.open = true; })"
OVERFLOWING = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > room + 1 && !e.closest(".table-scroll"))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120));
}"""


@dataclass
class Listener:
    """Hears what goes wrong while pages load. Listens from the moment it is made."""

    page: Page
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.heard.append(f"script error: {error}"))
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)

    def take(self) -> list[str]:
        """What was heard since the last time."""
        heard, self.heard = self.heard, []
        return heard

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"console: {message.text}")

    def _on_failure(self, request: Request) -> None:
        # What was still on its way when we went on to the next page was aborted by us.
        if request.failure != "net::ERR_ABORTED":
            self.heard.append(f"failed: {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.heard.append(f"{response.status}: {response.url}")


@dataclass
class Judge:
    """Judges pages; one whose very content was judged before is not put to axe again."""

    judged: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)  # names of addresses known to answer with a page

    def of(self, page: Page, language: str) -> list[str]:
        """Everything wrong with the open page; over two languages both widths meet both themes."""
        themes: tuple[Theme, Theme] = ("light", "dark") if language == "it" else ("dark", "light")
        _show(page, WIDE, themes[0])
        page.evaluate(OPEN_ALL)
        wrong = _structure(page, language)
        is_new = self._is_new(page)
        if is_new:
            wrong += _axe(page, f"wide, {themes[0]}")
        _show(page, NARROW, themes[1])
        wrong += [f"wider than 320 px: {each}" for each in page.evaluate(OVERFLOWING)]
        if is_new:
            wrong += _axe(page, f"narrow, {themes[1]}")
        _show(page, WIDE, "light")
        return wrong

    def _is_new(self, page: Page) -> bool:
        content = NOISE.sub("", page.locator("main").inner_html())
        mark = hashlib.sha256(content.encode()).hexdigest()
        is_new = mark not in self.judged
        self.judged.add(mark)
        return is_new


def _structure(page: Page, language: str) -> list[str]:
    wrong = []
    if (found := page.locator("html").get_attribute("lang")) != language:
        wrong.append(f"html lang is {found}")
    if (count := page.locator("h1").count()) != 1:
        wrong.append(f"{count} main headings")
    if not page.title().removesuffix("Mattone").strip(" ·"):
        wrong.append("no title")
    wrong += [f"the id {each} is there twice" for each in page.evaluate(DOUBLE_IDS)]
    return wrong


def _show(page: Page, size: ViewportSize, theme: Theme) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)
    page.evaluate(TWO_FRAMES)


def _axe(page: Page, how: str) -> list[str]:
    return [f"axe ({how}): {each}" for each in page.evaluate(RUN_AXE, AXE_TAGS)]
