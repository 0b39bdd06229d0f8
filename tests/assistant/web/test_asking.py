"""Asking: who asks and for where, again, otherwise, further; in both languages of the page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.assistant.web.acts import CONTACT, OTHER, ask, box_of, questions, ready, settled
from tests.doubles_web import CHOICES, NEXT

# gradio's queue counts with pandas, in ways that pandas has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")

Open = Callable[..., Page]
Violations = Callable[..., str]
Picture = Callable[[Page, str], None]
# Whatever scrolls, the conversation or the page, to a share of its way.
SCROLL = """share => {
  const whole = (part) => part.scrollHeight - part.clientHeight;
  const parts = [document.getElementById("chat"), document.scrollingElement];
  for (const part of parts) part.scrollTop = share * whole(part);
}"""


def test_who_asks_is_offered_their_own_questions_and_remembered(visit: Open, address: str) -> None:
    page = ready(visit(address, locale="fr-FR"))
    expect(page.locator(".starter")).to_have_count(4)
    page.get_by_role("radio", name="Porteur de projet").check()
    expect(page.locator(".starter").first).to_contain_text("statut juridique")
    page.reload()
    expect(ready(page).get_by_role("radio", name="Porteur de projet")).to_be_checked()


def test_the_region_is_chosen_once_and_told_with_each_question(visit: Open, address: str) -> None:
    page = ready(visit(address, locale="fr-FR"))
    page.get_by_role("combobox", name="Région").select_option("Occitanie")
    expect(page.locator("#status")).to_contain_text("Région : Occitanie")
    expect(ask(page, CONTACT)).to_contain_text("Pour Occitanie")
    page.reload()
    expect(ready(page).get_by_role("combobox", name="Région")).to_have_value("Occitanie")


def test_questions_to_go_on_with_follow_an_answer(chat: Page, picture: Picture) -> None:
    ask(chat, CONTACT)
    expect(chat.locator(".go-on button")).to_have_text(list(NEXT))
    picture(chat, "suites")
    chat.locator(".go-on").get_by_role("button", name=NEXT[0]).press("Enter")
    settled(chat)
    assert questions(chat) == [CONTACT, NEXT[0]]
    expect(box_of(chat)).to_be_focused()
    expect(chat.locator(".go-on").first).to_be_empty()


def test_choices_of_a_question_that_is_not_clear_are_buttons(chat: Page, picture: Picture) -> None:
    asked_back = ask(chat, "Et laquelle ?")
    expect(asked_back).to_contain_text("À préciser")
    expect(chat.locator(".go-on button")).to_have_text(list(CHOICES))
    picture(chat, "a-preciser")
    chat.get_by_role("button", name=CHOICES[1]).click()
    settled(chat)
    assert questions(chat)[1] == CHOICES[1]


def test_a_question_is_asked_again_in_its_place(chat: Page) -> None:
    ask(chat, OTHER)
    ask(chat, CONTACT)
    chat.get_by_role("button", name="Reposer").click()
    settled(chat)
    expect(chat.get_by_role("button", name="Reposer")).to_have_count(1)
    assert questions(chat) == [OTHER, CONTACT]


def test_a_question_that_failed_can_be_asked_again(chat: Page) -> None:
    expect(ask(chat, "Une panne ?")).to_contain_text("n’a pas pu être préparée")
    chat.get_by_role("button", name="Reposer").click()
    settled(chat)
    assert questions(chat) == ["Une panne ?"]
    ask(chat, CONTACT)
    assert questions(chat) == [CONTACT]


def test_the_last_question_is_edited_in_its_place(chat: Page, picture: Picture) -> None:
    ask(chat, OTHER)
    ask(chat, CONTACT)
    chat.get_by_role("button", name="Modifier").click()
    expect(box_of(chat)).to_have_value(CONTACT)
    expect(box_of(chat)).to_be_focused()
    picture(chat, "modifier")
    box_of(chat).fill("Qui contacter pour une ESP ?")
    chat.keyboard.press("Enter")
    expect(chat.locator('[data-testid="user"]').last).to_contain_text("ESP")
    settled(chat)
    assert questions(chat) == [OTHER, "Qui contacter pour une ESP ?"]
    expect(chat.locator("#editing")).to_be_hidden()


def test_editing_is_left_with_escape(chat: Page) -> None:
    ask(chat, CONTACT)
    chat.get_by_role("button", name="Modifier").press("Enter")
    chat.keyboard.press("Escape")
    expect(chat.locator("#editing")).to_be_hidden()
    expect(box_of(chat)).to_have_value("")
    ask(chat, OTHER)
    assert questions(chat) == [CONTACT, OTHER]


def test_a_question_that_was_stopped_leaves_no_trace(chat: Page) -> None:
    ask(chat, CONTACT)
    box_of(chat).fill("Réponds lentement, CPTS ?")
    chat.keyboard.press("Enter")
    expect(chat.locator("#working")).to_contain_text("Recherche dans les guides")
    chat.get_by_role("button", name="Arrêter").click()
    expect(chat.locator('[data-testid="user"]')).to_have_count(1)
    ask(chat, OTHER)
    assert questions(chat) == [CONTACT, OTHER]


def test_a_question_right_after_a_new_conversation_on_a_slow_network_is_answered(
    chat: Page,
) -> None:
    ask(chat, CONTACT)
    held: list[Route] = []
    chat.route("**/gradio_api/run/**", lambda route: held.append(route))
    chat.get_by_role("button", name="Nouvelle conversation").click()
    chat.wait_for_function("document.querySelector('#order :is(input, textarea)').value")
    box_of(chat).fill(OTHER)
    chat.keyboard.press("Enter")
    chat.wait_for_timeout(300)
    assert held, "showing no longer goes by the address that is held back here"
    for route in held:
        route.continue_()
    settled(chat)
    assert questions(chat) == [OTHER]


def test_a_second_question_waits_for_the_first_answer(chat: Page) -> None:
    box_of(chat).fill("Réponds lentement, CPTS ?")
    chat.keyboard.press("Enter")
    box_of(chat).fill(OTHER)
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("alert")).to_contain_text("Une réponse est en cours")
    expect(box_of(chat)).to_have_value(OTHER)
    chat.get_by_role("button", name="Arrêter").click()


def test_the_whole_page_speaks_english_when_asked_to(
    visit: Open, address: str, violations: Violations, picture: Picture
) -> None:
    page = ready(visit(address, locale="fr-FR"))
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    ready(page)
    expect(page.get_by_role("textbox", name="Your question")).to_have_attribute(
        "placeholder", "Ask your question…"
    )
    expect(page.locator(".starter").nth(2)).to_have_text("How is a CPTS funded?")
    expect(page).to_have_title(re.compile("questions about"))
    picture(page, "english")
    answer = ask(page, CONTACT)
    expect(answer).to_have_attribute("lang", "fr")
    expect(page.locator('[data-testid="user"]')).to_have_attribute("lang", "fr")
    for name in ("Ask again", "Edit", "Copy", "New conversation"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    assert violations(page) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_asking(
    visit: Open, address: str, scheme: str, violations: Violations, picture: Picture
) -> None:
    page = ready(visit(address, color_scheme=scheme, reduced_motion="reduce"))
    ask(page, "Et laquelle ?")
    expect(page.locator(".go-on button")).to_have_count(2)
    assert violations(page) == ""
    ask(page, "Une panne ?")
    assert violations(page) == ""
    ask(page, CONTACT)
    expect(page.locator(".go-on button")).to_have_count(2)
    page.get_by_role("button", name="Modifier").click()
    picture(page, f"modifier-{scheme}")
    assert violations(page) == ""
    box_of(page).fill("Réponds lentement, CPTS ?")
    page.keyboard.press("Enter")
    expect(page.locator("#working")).to_be_visible()
    assert violations(page) == ""


def test_everything_fits_at_twice_the_size(visit: Open, address: str, picture: Picture) -> None:
    page = ready(visit(address, viewport={"width": 640, "height": 400}, device_scale_factor=2))
    ask(page, CONTACT)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    picture(page, "deux-fois")
    box_of(page).scroll_into_view_if_needed()
    expect(box_of(page)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", [(1280, 800), (360, 640), (320, 640), (640, 400)])
def test_the_question_lies_over_nothing_wherever_one_scrolls(
    visit: Open, address: str, size: tuple[int, int], violations: Violations
) -> None:
    width, height = size
    page = ready(
        visit(address, viewport={"width": width, "height": height}, reduced_motion="reduce")
    )
    for question in (CONTACT, OTHER, CONTACT):
        ask(page, question)
    for part in range(12):
        page.evaluate(SCROLL, part / 11)
        assert violations(page, "target-size") == "", f"{size}, {part}/11"


def test_page_down_in_the_question_turns_the_conversation(visit: Open, address: str) -> None:
    page = ready(visit(address, viewport={"width": 1280, "height": 620}, reduced_motion="reduce"))
    for question in (CONTACT, OTHER):
        ask(page, question)
    box_of(page).press("PageUp")
    top = page.locator("#chat").evaluate("chat => chat.scrollTop")
    box_of(page).press("PageDown")
    page.wait_for_function("top => document.getElementById('chat').scrollTop > top", arg=top)
    expect(box_of(page)).to_be_focused()
