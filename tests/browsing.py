"""What a user does on the page, in the words of the tests that use a browser."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def ask(page: Page, question: str) -> Locator:
    """Types a question, presses Enter and waits for the whole answer."""
    before = page.locator(".reply.whole").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    answer = page.locator(".reply.whole").nth(before)
    answer.wait_for()
    expect(page.locator("#send")).to_be_visible()
    return answer


def citation(answer: Locator, number: int = 1) -> Locator:
    """The first link of a marker in an answer."""
    return answer.get_by_role("link", name=f"[{number}]", exact=True).first


def open_source(page: Page, link: Locator) -> Locator:
    """Opens a citation and waits for what its panel quotes."""
    link.click()
    panel = page.get_by_role("complementary")
    panel.locator("blockquote").wait_for()
    return panel


def focus_by_keyboard(page: Page, link: Locator) -> None:
    """Goes back from the question with the keyboard until a link has the focus."""
    page.locator("#question textarea").focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("link => link === document.activeElement"):
            return
    raise AssertionError("the keyboard does not reach the link")


def is_as_wide_as_the_window(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
