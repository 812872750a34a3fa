"""Going through pages with the keyboard alone: Tab to where one wants to be, then type or press.

The journeys beside it are walked so; what has the focus on the way can be seen.
"""

import datetime as dt

from playwright.sync_api import FilePayload, Locator, Page, expect

MOST_TABS = 250
HAS_OUTLINE = """e => {
  const style = getComputedStyle(e);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
}"""
DAY_ORDERS = ("%m%d%Y", "%d%m%Y")
HAS_FOCUS = "e => e === document.activeElement"


def reach(page: Page, goal: Locator) -> None:
    """Press Tab until the goal has the focus; that it has it can be seen."""
    expect(goal).to_be_visible()
    for _ in range(MOST_TABS):
        if goal.evaluate(HAS_FOCUS):
            assert goal.evaluate(HAS_OUTLINE), "the focus cannot be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} times Tab do not lead to {goal}")


def press(page: Page, goal: Locator, key: str = "Enter") -> None:
    """Tab to something and press it."""
    reach(page, goal)
    page.keyboard.press(key)


def go(page: Page, goal: Locator) -> None:
    """Tab to a link or a button, press it, and wait for the page that it leads to."""
    reach(page, goal)
    enter(page)


def enter(page: Page) -> None:
    """Press Enter where the focus is, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tick(page: Page, goal: Locator) -> None:
    """Tab to a box and tick it, unless it is ticked."""
    reach(page, goal)
    if not goal.is_checked():
        page.keyboard.press("Space")
    expect(goal).to_be_checked()


def write(page: Page, goal: Locator, text: str) -> None:
    """Tab to a field and replace what stands in it."""
    reach(page, goal)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def fill(page: Page, form: Locator, texts: dict[str, str]) -> None:
    """Write into a form's fields, by their names and in this order."""
    for name, text in texts.items():
        write(page, form.locator(f"[name={name}]"), text)


def date(page: Page, goal: Locator, day: dt.date) -> None:
    """Tab to a day and type it in the order that this browser wants, which no page can choose."""
    for order in DAY_ORDERS:
        reach(page, goal)
        page.keyboard.type(f"{day:{order}}")
        if goal.input_value() == day.isoformat():
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError(f"{goal} does not take {day}")


def choose(page: Page, goal: Locator, label: str) -> None:
    """Tab to a list of choices and type the first letters of one, as the browser offers."""
    reach(page, goal)
    page.keyboard.type(label)
    expect(goal.locator("option:checked")).to_have_text(label)


def hand_in(page: Page, goal: Locator, file: FilePayload) -> None:
    """Tab to a file field; the window in which one picks the file is the system's, not ours."""
    reach(page, goal)
    goal.set_input_files(file)


def unfold(page: Page, goal: Locator) -> None:
    """Tab to the line of something folded away and open it, unless it is open."""
    reach(page, goal.locator("summary").first)
    if goal.get_attribute("open") is None:
        page.keyboard.press("Enter")
    expect(goal).to_have_attribute("open", "")
