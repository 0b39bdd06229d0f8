"""What users do on the page, for the tests in a browser."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

CONTACT = "Qui contacter pour une CPTS ?"
OTHER = "Qui contacter pour une MSP ?"


def ready(page: Page) -> Page:
    """The same page, once it takes a question."""
    page.locator("body.ready").wait_for()
    return page


def box_of(page: Page) -> Locator:
    """Where questions are typed."""
    return page.locator("#question textarea")


def ask(page: Page, question: str) -> Locator:
    """Types a question, presses Enter and waits for the whole answer."""
    box_of(page).fill(question)
    page.keyboard.press("Enter")
    return settled(page)


def settled(page: Page) -> Locator:
    """The last answer, once it is whole and the next question can be sent."""
    page.locator("body:not(.busy)").wait_for()
    page.locator(".message-row").last.locator(".reply.whole").wait_for()
    return page.locator(".reply.whole").nth(page.locator(".reply.whole").count() - 1)


def questions(page: Page) -> list[str]:
    """The questions of the conversation as they are shown."""
    shown = page.locator('[data-testid="user"]').all_inner_texts()
    return [" ".join(one.split()) for one in shown]


def conversations(page: Page) -> Locator:
    """Opens the list of conversations."""
    page.locator("#open-history").click()
    return page.get_by_role("dialog")


def kept(page: Page) -> str:
    """Everything that the browser keeps of the page, as text."""
    return str(page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
