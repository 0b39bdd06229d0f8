"""Saying what one thinks of an answer, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.feedback import FeedbackBox

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")

Open = Callable[..., Page]
Violations = Callable[[Page], str]
Picture = Callable[[Page, str], None]
CONTACT = "Qui contacter pour une CPTS ?"


def ask(page: Page, question: str) -> Locator:
    """The whole answer to a question."""
    before = page.locator(".reply.whole").count()
    page.get_by_role("textbox", name="Votre question").fill(question)
    page.keyboard.press("Enter")
    answer = page.locator(".reply.whole").nth(before)
    answer.wait_for()
    expect(page.get_by_role("button", name="Envoyer", exact=True)).to_be_visible()
    return answer


def form_of(page: Page, thumb: str) -> Locator:
    """The form that a thumb below the last answer opens."""
    page.get_by_role("button", name=thumb, exact=True).last.click()
    form = page.locator(".opinion-form")
    expect(form.get_by_role("heading")).to_be_focused()
    return form


def test_an_answer_is_judged_once_it_was_seen_what_is_kept(
    chat: Page, feedback: FeedbackBox, picture: Picture
) -> None:
    answer = ask(chat, CONTACT)
    before = feedback.count()
    form = form_of(chat, "Pas utile")
    expect(form).to_be_in_viewport(ratio=1)
    picture(chat, "avis-formulaire")
    form.get_by_role("radio", name="La source citée n’est pas la bonne").check()
    form.get_by_role("textbox", name="Précisions").fill("Voir la page 6.\nMerci.")
    form.get_by_role("button", name="Voir ce qui sera gardé").click()
    for told in (CONTACT, "Voir la page 6.", "cratb-cpias-exercice-coordonne, p. 5", "program"):
        expect(form).to_contain_text(told)
    assert feedback.count() == before
    picture(chat, "avis-apercu")
    form.get_by_role("button", name="Envoyer cet avis").click()
    thanks = chat.locator(".opinion-thanks")
    # Writing to the disk waits for its turn on a busy machine.
    expect(thanks).to_be_focused(timeout=30_000)
    expect(chat.locator("#status")).to_contain_text("Votre avis est gardé")
    kept = feedback.all()[0]
    assert kept.id in thanks.inner_text()
    assert (kept.question, kept.reason) == (CONTACT, "wrong-source")
    assert kept.comment == "Voir la page 6.\nMerci."
    assert kept.citations[0].guide == "cratb-cpias-exercice-coordonne"
    assert kept.answer.split("\n")[0] in answer.inner_text()
    assert "Sources" not in kept.answer


def test_a_follow_up_is_kept_with_the_questions_before_it(
    chat: Page, feedback: FeedbackBox
) -> None:
    ask(chat, CONTACT)
    ask(chat, "Et quelle composition pour une MSP ?")
    form = form_of(chat, "Utile")
    expect(form.get_by_role("radio")).to_have_count(0)
    form.get_by_role("button", name="Voir ce qui sera gardé").click()
    form.get_by_role("button", name="Envoyer cet avis").click()
    chat.locator(".opinion-thanks").wait_for()
    kept = feedback.all()[0]
    assert kept.helpful
    assert kept.question == "Et quelle composition pour une MSP ?"
    assert kept.earlier == (CONTACT,)


def test_a_reason_is_asked_for(chat: Page) -> None:
    ask(chat, CONTACT)
    form = form_of(chat, "Pas utile")
    form.get_by_role("button", name="Voir ce qui sera gardé").click()
    expect(form.get_by_role("alert")).to_have_text("Choisissez d’abord une raison.")
    expect(form.get_by_role("radio").first).to_be_focused()


def test_everything_is_done_by_keyboard(chat: Page, feedback: FeedbackBox) -> None:
    ask(chat, CONTACT)
    thumb = chat.get_by_role("button", name="Pas utile", exact=True)
    thumb.focus()
    chat.keyboard.press("Enter")
    for key in ("Tab", "ArrowDown", "Tab", "Tab", "Enter"):
        chat.keyboard.press(key)
    form = chat.locator(".opinion-form")
    expect(form.get_by_role("heading", name="Ce qui sera gardé")).to_be_focused()
    expect(form).to_contain_text("Elle est incomplète")
    before = feedback.count()
    chat.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(thumb).to_be_focused()
    expect(thumb).to_have_attribute("aria-expanded", "false")
    assert feedback.count() == before


def test_what_was_written_is_still_there_after_looking(chat: Page) -> None:
    ask(chat, CONTACT)
    form = form_of(chat, "Pas utile")
    form.get_by_role("radio", name="Elle est fausse").check()
    form.get_by_role("textbox", name="Précisions").fill("mot")
    form.get_by_role("button", name="Voir ce qui sera gardé").click()
    form.get_by_role("button", name="Modifier").click()
    expect(form.get_by_role("radio", name="Elle est fausse")).to_be_checked()
    expect(form.get_by_role("textbox", name="Précisions")).to_have_value("mot")


def test_hostile_text_is_shown_as_text(chat: Page) -> None:
    ask(chat, CONTACT)
    hostile = "<img src=http://evil.test/a onerror=alert(1)><script>1</script>"
    form = form_of(chat, "Utile")
    form.get_by_role("textbox", name="Précisions").fill(hostile)
    form.get_by_role("button", name="Voir ce qui sera gardé").click()
    expect(form).to_contain_text(hostile)
    expect(form.locator("img, script")).to_have_count(0)


def test_a_server_that_is_gone_is_told_and_nothing_is_lost(visit: Open, address: str) -> None:
    page = visit(address, tolerated="Failed to load resource")
    page.locator("body.ready").wait_for()
    ask(page, CONTACT)
    form = form_of(page, "Utile")
    form.get_by_role("textbox", name="Précisions").fill("mot")
    page.route("**/feedback/**", lambda route: route.abort())
    form.get_by_role("button", name="Voir ce qui sera gardé").click()
    expect(form.get_by_role("alert")).to_contain_text("Le programme ne répond plus.")
    expect(form.get_by_role("textbox", name="Précisions")).to_have_value("mot")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_form(
    visit: Open, address: str, scheme: str, violations: Violations, picture: Picture
) -> None:
    size = {"width": 360, "height": 740}
    page = visit(address, color_scheme=scheme, reduced_motion="reduce", viewport=size)
    page.locator("body.ready").wait_for()
    ask(page, CONTACT)
    form = form_of(page, "Pas utile")
    assert violations(page) == ""
    picture(page, f"avis-360-{scheme}")
    form.get_by_role("radio", name="Elle est fausse").check()
    form.get_by_role("button", name="Voir ce qui sera gardé").click()
    expect(form.get_by_role("heading", name="Ce qui sera gardé")).to_be_focused()
    picture(page, f"avis-360-apercu-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == ""
