"""Going through pages with the keyboard alone: Tab to where one wants to be, then type or press."""

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 80
HAS_OUTLINE = """e => {
  const style = getComputedStyle(e);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
}"""


def reach(page: Page, goal: Locator) -> None:
    """Press Tab until the goal has the focus; that it has it can be seen."""
    expect(goal).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if goal.evaluate("e => e === document.activeElement"):
            assert goal.evaluate(HAS_OUTLINE), "the focus cannot be seen"
            return
    raise AssertionError(f"{MOST_TABS} times Tab do not lead to {goal}")


def press(page: Page, goal: Locator, key: str = "Enter") -> None:
    """Tab to a link or button and press it."""
    reach(page, goal)
    page.keyboard.press(key)
    page.wait_for_load_state()


def write(page: Page, goal: Locator, text: str) -> None:
    """Tab to a field and replace what stands in it."""
    reach(page, goal)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
